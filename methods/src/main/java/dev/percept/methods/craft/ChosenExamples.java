package dev.percept.methods.craft;

import dev.percept.core.Examples;
import dev.percept.core.Shape;
import java.nio.FloatBuffer;
import java.util.List;

/** Some of the examples of a collection, in an order of their own. */
record ChosenExamples(Examples all, List<Integer> chosen) implements Examples {
  ChosenExamples {
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
