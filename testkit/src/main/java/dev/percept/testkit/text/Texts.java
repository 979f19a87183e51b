package dev.percept.testkit.text;

import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import dev.percept.core.TextModel;
import java.util.random.RandomGenerator;

/** Random texts as a {@link TextModel} takes them. */
public final class Texts {
  private Texts() {}

  /**
   * Text {@code i} of a stream that is always the same, 3 x {@code length}.
   *
   * @param words size of the vocabulary; identities from 2 on are used
   */
  public static Tensor one(int i, int length, int words) {
    return among(i, length, length, words);
  }

  /** The same text padded to {@code columns}. */
  public static Tensor among(int i, int length, int columns, int words) {
    RandomGenerator random = Run.of(i).random("text");
    float[] values = new float[TextModel.ROWS * columns];
    for (int t = 0; t < length; t++) {
      values[TextModel.IDS * columns + t] = 2 + random.nextInt(words - 2);
      values[TextModel.MASK * columns + t] = 1;
      values[TextModel.TYPES * columns + t] = t > length / 2 ? 1 : 0;
    }
    return Tensor.wrap(Shape.of(TextModel.ROWS, columns), values);
  }

  /** {@code n} texts of different lengths from 1 to {@code columns}, n x 3 x {@code columns}. */
  public static Tensor batch(int n, int columns, int words) {
    Shape shape = Shape.of(n, TextModel.ROWS, columns);
    float[] values = new float[shape.size()];
    for (int i = 0; i < n; i++) {
      int length = 1 + (i * 7 + 4) % columns;
      Tensor one = among(i, length, columns, words);
      one.copyTo(0, values, i * TextModel.ROWS * columns, one.shape().size());
    }
    return Tensor.wrap(shape, values);
  }
}
