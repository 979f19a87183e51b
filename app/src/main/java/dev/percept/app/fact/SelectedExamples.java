package dev.percept.app.fact;

import dev.percept.core.Examples;
import dev.percept.core.Shape;
import java.nio.FloatBuffer;
import java.util.List;

/** Some of a collection's inputs, in the order given. */
record SelectedExamples(Examples all, List<Integer> chosen) implements Examples {
  SelectedExamples {
    chosen = List.copyOf(chosen);
  }

  @Override
  public int size() {
    return chosen.size();
  }

  @Override
  public Shape shape() {
    return all.shape();
  }

  @Override
  public String name(int index) {
    return all.name(chosen.get(index));
  }

  @Override
  public void read(int index, FloatBuffer target) {
    all.read(chosen.get(index), target);
  }
}
