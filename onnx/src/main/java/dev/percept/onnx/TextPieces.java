package dev.percept.onnx;

import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import dev.percept.core.TextModel;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Divides texts into pieces that go through a model at once. Where the model takes any length, a
 * piece holds texts of about the same length and no column that is padding in all of them.
 */
public final class TextPieces {
  /**
   * The length of a text by which a batch is counted. On a processor larger pieces are no faster:
   * an encoder of DistilBERT's size took 6.4 s for 192 texts in pieces of 256 tokens, 6.9 s in
   * 1,024 and 10.6 s in 4,096, whose activations no longer fit its caches.
   */
  public static final int USUAL_TOKENS = 32;

  private TextPieces() {}

  /**
   * Texts that go through together.
   *
   * @param rows their places among all texts
   * @param inputs them, rows x 3 x length
   */
  public record Piece(List<Integer> rows, Tensor inputs) {
    public Piece {
      rows = List.copyOf(rows);
    }

    /** The length to which they are padded. */
    public int length() {
      return inputs.shape().dim(2);
    }
  }

  /** How pieces are made. */
  public enum Lengths {
    /** The model fixes the length: nothing is trimmed. */
    FIXED,
    /** Texts of other lengths may share a piece: the model is known to ignore padding. */
    MIXED,
    /** Only texts of the same length share a piece, so no padding goes in. */
    EQUAL
  }

  /**
   * The pieces.
   *
   * @param inputs n x 3 x T
   * @param batch texts of {@link #USUAL_TOKENS} tokens a piece; more of shorter ones
   * @param fixedBatch the batch that the file fixes, which a piece does not exceed; 0 for none
   */
  public static List<Piece> of(Tensor inputs, Lengths lengths, int batch, int fixedBatch) {
    int n = inputs.rows();
    int width = inputs.shape().dim(2);
    List<Integer> length = IntStream.range(0, n).mapToObj(i -> length(inputs, i)).toList();
    List<Integer> order = new ArrayList<>(IntStream.range(0, n).boxed().toList());
    if (lengths != Lengths.FIXED) {
      order.sort(Comparator.comparingInt(length::get));
    }
    long budget = (long) batch * USUAL_TOKENS;
    List<Piece> pieces = new ArrayList<>();
    List<Integer> rows = new ArrayList<>();
    int longest = 0;
    for (int i : order) {
      int at = lengths == Lengths.FIXED ? width : length.get(i);
      boolean full = fixedBatch > 0 ? rows.size() == fixedBatch : (rows.size() + 1L) * at > budget;
      if (!rows.isEmpty() && (full || (lengths == Lengths.EQUAL && at != longest))) {
        pieces.add(piece(inputs, rows, longest));
        rows.clear();
      }
      rows.add(i);
      longest = at;
    }
    if (!rows.isEmpty()) {
      pieces.add(piece(inputs, rows, longest));
    }
    return pieces;
  }

  /** The number of columns up to the last that is no padding; at least 1. */
  static int length(Tensor inputs, int row) {
    int width = inputs.shape().dim(2);
    int mask = (row * TextModel.ROWS + TextModel.MASK) * width;
    for (int t = width - 1; t > 0; t--) {
      if (inputs.get(mask + t) != 0) {
        return t + 1;
      }
    }
    return 1;
  }

  /** Where the mask is 0 nothing else may say anything: identity and type are 0 there. */
  private static Piece piece(Tensor inputs, List<Integer> rows, int length) {
    int width = inputs.shape().dim(2);
    FloatBuffer to = Tensor.allocateDirect(rows.size() * TextModel.ROWS * length);
    for (int row : rows) {
      int start = row * TextModel.ROWS * width;
      for (int r = 0; r < TextModel.ROWS; r++) {
        for (int t = 0; t < length; t++) {
          boolean token = inputs.get(start + TextModel.MASK * width + t) != 0;
          to.put(token ? inputs.get(start + r * width + t) : 0);
        }
      }
    }
    return new Piece(rows, Tensor.wrap(Shape.of(rows.size(), TextModel.ROWS, length), to.flip()));
  }
}
