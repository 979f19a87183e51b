package dev.percept.app.sweep;

import dev.percept.core.Examples;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Rows of a tensor as inputs of a {@link RememberedModel}.
 *
 * @param rows any number of rows, of any shape
 * @param chosen which of them, in their order
 * @param names of rows
 */
record RememberedExamples(Tensor rows, List<Integer> chosen, IntFunction<String> names)
    implements Examples {
  RememberedExamples {
    chosen = List.copyOf(chosen);
  }

  @Override
  public int size() {
    return chosen.size();
  }

  @Override
  public Shape shape() {
    return Shape.of(rows.shape().example().size());
  }

  @Override
  public String name(int index) {
    return names.apply(chosen.get(index));
  }

  @Override
  public void read(int index, FloatBuffer target) {
    target.put(rows.row(chosen.get(index)).buffer());
  }
}
