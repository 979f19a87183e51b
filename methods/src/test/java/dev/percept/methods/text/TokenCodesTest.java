package dev.percept.methods.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.percept.core.Examples;
import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import dev.percept.methods.factorization.Factorization;
import dev.percept.methods.factorization.Nmf;
import java.nio.FloatBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class TokenCodesTest {
  /** Word 0 is padding's, 1 and 2 have a concept each, 3 has both, 4 has none of either. */
  private static final float[][] TABLE = {
    {9, 9, 9}, {4, 0, 0}, {0, 2, 0}, {4, 2, 0}, {0, 0, 0}, {-1, 2, 0}
  };

  /** Codes are solved exactly; a fit that stops at 1e-4 leaves about that much in its atoms. */
  private static final float FITTED = 5e-3f;

  private final SmallTextModel model = new SmallTextModel(TABLE, 6);
  private final Run run = Run.of(0).withThreads(1);

  /** A bank of two concepts, fitted to rows that have one each. */
  private Factorization bank() {
    float[] rows = new float[40 * 3];
    for (int i = 0; i < 40; i++) {
      rows[i * 3 + i % 2] = 1 + i % 5;
    }
    return Nmf.of(2).fit(Tensor.wrap(Shape.of(40, 3), rows), run);
  }

  /** Which concept is that of word 1. */
  private static int first(Factorization bank) {
    return bank.dictionary().atoms().get(0, 0) > bank.dictionary().atoms().get(1, 0) ? 0 : 1;
  }

  @Test
  void aTokenHasTheCodeOfItsOwnRow() {
    Factorization bank = bank();
    int a = first(bank);
    Tensor codes = TokenCodes.directions(model, bank, model.text(1, 4, 2, 3), run);
    assertEquals(Shape.of(1, 6, 2), codes.shape());
    float one = codes.get(a);
    float two = codes.get(2 * 2 + 1 - a);
    assertEquals(one, codes.get(3 * 2 + a), FITTED * one);
    assertEquals(two, codes.get(3 * 2 + 1 - a), FITTED * two);
    for (int zero : new int[] {1 - a, 2, 3, 2 * 2 + a, 8, 9, 10, 11}) {
      assertEquals(0, codes.get(zero), FITTED, "value " + zero);
    }
  }

  @Test
  void whatIsNegativeInATokenCountsAsNothing() {
    Factorization bank = bank();
    Tensor with = TokenCodes.directions(model, bank, model.text(5), run);
    Tensor without = TokenCodes.directions(model, bank, model.text(2), run);
    for (int k = 0; k < 2; k++) {
      assertEquals(without.get(k), with.get(k));
    }
  }

  @Test
  void gradientTimesEmbeddingAddsUpToTheCodeOfALinearModel() {
    Factorization bank = bank();
    Tensor text = model.text(1, 4, 2, 3, 1);
    Tensor codes = bank.encode(model.pooled(text), run);
    Tensor gradients = TokenCodes.gradients(model, bank, text, run);
    for (int k = 0; k < 2; k++) {
      double sum = 0;
      for (int t = 0; t < 6; t++) {
        sum += gradients.get(t * 2 + k);
      }
      // The code is positive and the model linear, so it is homogeneous: rounding of float32.
      assertEquals(codes.get(0, k), sum, 1e-5 * codes.get(0, k) + 1e-6);
      assertEquals(0, gradients.get(5 * 2 + k), 0.0);
    }
    assertEquals(
        gradients.get(first(bank)), gradients.get(4 * 2 + first(bank)), 1e-6, "the same word");
  }

  /** Texts that are there already. */
  private record Given(List<Tensor> texts) implements Examples {
    @Override
    public int size() {
      return texts.size();
    }

    @Override
    public Shape shape() {
      return Shape.of(3, 6);
    }

    @Override
    public String name(int index) {
      return "text " + index;
    }

    @Override
    public void read(int index, FloatBuffer target) {
      target.put(texts.get(index).buffer());
    }
  }

  @Test
  void leavingOutAWordLosesItsConcept() {
    Factorization bank = bank();
    int a = first(bank);
    Given whole = new Given(List.of(model.text(1, 2), model.text(1, 1)));
    Given parts = new Given(List.of(model.text(2), model.text(1), model.text(1)));
    Tensor drops = LeftOut.drops(model, bank, whole, parts, new int[] {0, 0, 1}, 2, run);
    Tensor codes = bank.encode(model.pooled(whole.batch(0, 2)), run);
    // Without its word the concept is gone, and the other one is all of a shorter text.
    assertEquals(codes.get(0, a), drops.get(0, a), FITTED);
    assertEquals(-codes.get(0, 1 - a), drops.get(0, 1 - a), FITTED);
    // One of two equal words more or less leaves the mean as it is.
    assertEquals(0, drops.get(2, a), FITTED);
  }

  @Test
  void aVariantOfNoTextIsRefused() {
    Factorization bank = bank();
    Given texts = new Given(List.of(model.text(1)));
    assertThrows(
        IllegalArgumentException.class,
        () -> LeftOut.drops(model, bank, texts, texts, new int[] {1}, 2, run));
    assertThrows(
        IllegalArgumentException.class,
        () -> LeftOut.drops(model, bank, texts, texts, new int[0], 2, run));
  }
}
