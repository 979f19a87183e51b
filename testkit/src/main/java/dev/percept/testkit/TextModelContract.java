package dev.percept.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import dev.percept.core.TextModel;
import dev.percept.testkit.text.Texts;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What every engine must keep of models of texts, beside what it must keep of every model. Texts
 * are of many lengths.
 */
public abstract class TextModelContract extends SplitModelContract {
  /**
   * Another length of batch is another blocking of sums, which float32 rounds otherwise: some 1e-6
   * of the scale after a few blocks. What padding adds, where it is read, is of the scale itself.
   */
  protected static final double PADDING = 2e-5;

  private static final int N = 7;

  /** What the head reads, as far as its tokens can be compared with activations. */
  public enum Reads {
    /** The first token: its row of the tokens is the activation. */
    FIRST,
    /** The mean, cut where it is taken: the tokens' mean is the activation. */
    MEAN,
    /** Something else. */
    OTHER
  }

  @Override
  protected abstract TextModel open();

  /** The same model for texts of up to {@code tokens}; null where the file fixes the length. */
  protected abstract @Nullable TextModel open(int tokens);

  /** The size of the vocabulary. */
  protected abstract int words();

  /** What the head reads. */
  protected abstract Reads reads();

  @Override
  protected Tensor inputs(int n) {
    return Texts.batch(n, texts().maxTokens(), words());
  }

  private TextModel texts() {
    return (TextModel) model();
  }

  private int length(Tensor inputs, int row) {
    int columns = texts().maxTokens();
    int length = 0;
    for (int t = 0; t < columns; t++) {
      length += (int) inputs.get((row * TextModel.ROWS + TextModel.MASK) * columns + t);
    }
    return length;
  }

  @Test
  void readsRowsOfTokens() {
    assertEquals(Shape.of(TextModel.ROWS, texts().maxTokens()), model().inputShape());
    assertEquals(1, model().grid().size());
  }

  @Test
  void paddingAmongLongerTextsChangesNothing() {
    Tensor x = inputs(N);
    Tensor activations = model().pooled(x);
    Tensor logits = model().logits(x);
    Tensor tokens = texts().tokens(x);
    for (int i = 0; i < N; i++) {
      Tensor alone = x.slice(i, i + 1);
      assertClose(model().pooled(alone), activations.slice(i, i + 1), PADDING);
      assertClose(model().logits(alone), logits.slice(i, i + 1), PADDING);
      assertClose(texts().tokens(alone), tokens.slice(i, i + 1), PADDING);
    }
  }

  /** A text alone loses its padding before it goes in, so not even a bit may differ. */
  @Test
  void paddingOfATextAloneChangesNoBit() {
    int[] widths = {8, 13, texts().maxTokens()};
    List<float[]> found = new ArrayList<>();
    for (int width : widths) {
      TextModel model = open(width);
      if (model == null) {
        return;
      }
      try (model) {
        Tensor x = Texts.among(3, 6, width, words()).reshape(1, TextModel.ROWS, width);
        found.add(model.pooled(x).toArray());
        found.add(
            model.tokens(x).slice(0, 1).reshape(width, model.features()).slice(0, 6).toArray());
      }
    }
    for (int i = 2; i < found.size(); i++) {
      assertArrayEquals(found.get(i % 2), found.get(i));
    }
  }

  @Test
  void whatStandsAtPaddingDoesNotMatter() {
    Tensor x = inputs(N);
    float[] other = x.toArray();
    int columns = texts().maxTokens();
    for (int i = 0; i < N; i++) {
      int start = i * TextModel.ROWS * columns;
      for (int t = 0; t < columns; t++) {
        if (x.get(start + TextModel.MASK * columns + t) == 0) {
          other[start + TextModel.IDS * columns + t] = words() - 1 - t % 2;
          other[start + TextModel.TYPES * columns + t] = 1;
        }
      }
    }
    Tensor filled = Tensor.wrap(x.shape(), other);
    assertArrayEquals(model().pooled(x).toArray(), model().pooled(filled).toArray());
    assertArrayEquals(model().logits(x).toArray(), model().logits(filled).toArray());
  }

  @Test
  void theOrderOfTextsDoesNotMatter() {
    Tensor x = inputs(N);
    Tensor expected = model().pooled(x);
    int each = model().inputShape().size();
    float[] reversed = new float[x.shape().size()];
    for (int i = 0; i < N; i++) {
      x.copyTo(i * each, reversed, (N - 1 - i) * each, each);
    }
    Tensor found = model().pooled(Tensor.wrap(x.shape(), reversed));
    for (int i = 0; i < N; i++) {
      assertClose(expected.row(i), found.row(N - 1 - i), PADDING);
    }
  }

  @Test
  void anotherWordIsAnotherText() {
    Tensor x = inputs(N);
    float[] other = x.toArray();
    int columns = texts().maxTokens();
    for (int i = 0; i < N; i++) {
      // The last word: the first token's row must have looked at all of them.
      int last = i * TextModel.ROWS * columns + length(x, i) - 1;
      other[last] = other[last] < words() / 2f ? words() - 1 : 2;
    }
    Tensor before = model().logits(x);
    Tensor after = model().logits(Tensor.wrap(x.shape(), other));
    for (int i = 0; i < N; i++) {
      double difference = 0;
      for (int c = 0; c < model().outputs(); c++) {
        difference = Math.max(difference, Math.abs(before.get(i, c) - after.get(i, c)));
      }
      assertTrue(difference > 1e-4, "text " + i + " answers as before: " + difference);
    }
  }

  @Test
  void tokensArePaddedWithZeros() {
    Tensor x = inputs(N);
    Tensor tokens = texts().tokens(x);
    int p = model().features();
    int columns = texts().maxTokens();
    assertEquals(Shape.of(N, columns, p), tokens.shape());
    assertEquals(Shape.of(0, columns, p), texts().tokens(inputs(0)).shape());
    for (int i = 0; i < N; i++) {
      for (int t = 0; t < columns; t++) {
        double size = 0;
        for (int f = 0; f < p; f++) {
          size += Math.abs(tokens.get((i * columns + t) * p + f));
        }
        assertEquals(t < length(x, i), size > 0, "text " + i + ", token " + t);
      }
    }
  }

  @Test
  void tokensAreWhatTheHeadReads() {
    Tensor x = inputs(N);
    Tensor tokens = texts().tokens(x);
    Tensor expected = model().pooled(x);
    int p = model().features();
    int columns = texts().maxTokens();
    float[] found = new float[N * p];
    for (int i = 0; i < N && reads() != Reads.OTHER; i++) {
      int terms = reads() == Reads.FIRST ? 1 : length(x, i);
      for (int f = 0; f < p; f++) {
        double sum = 0;
        for (int t = 0; t < terms; t++) {
          sum += tokens.get((i * columns + t) * p + f);
        }
        found[i * p + f] = (float) (sum / terms);
      }
    }
    if (reads() != Reads.OTHER) {
      assertClose(expected, Tensor.wrap(expected.shape(), found), PADDING);
    }
  }

  @Test
  void tokensFromSeveralThreads() {
    Tensor x = inputs(12);
    Tensor expected = texts().tokens(x);
    List<Tensor> found = new ArrayList<>(Collections.nCopies(12, x));
    try (TextModel fresh = open()) {
      Run.of(0).withThreads(4).parallel(12, i -> found.set(i, fresh.tokens(x.slice(i, i + 1))));
    }
    for (int i = 0; i < 12; i++) {
      assertClose(expected.slice(i, i + 1), found.get(i), PADDING);
    }
  }

  @Test
  void tokensOfAnotherShapeAndAfterCloseAreRefused() {
    Tensor x = inputs(2);
    Tensor narrow = Tensor.zeros(Shape.of(1, TextModel.ROWS, texts().maxTokens() + 1));
    assertThrows(IllegalArgumentException.class, () -> texts().tokens(narrow));
    texts().tokens(x);
    model().close();
    assertThrows(IllegalStateException.class, () -> texts().tokens(x));
  }
}
