package dev.percept.fact.bcos;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.core.DynamicLinearModel;
import dev.percept.core.Pullback;
import dev.percept.core.RectifierRule;
import dev.percept.core.Tensor;
import java.util.function.UnaryOperator;

/** Contributions add up to the logit, and are no plain gradient times input. */
final class Completeness {
  /** Of the sum of absolute contributions: float32 sums of thousands of terms. */
  static final double ROUNDING = 1e-5;

  private Completeness() {}

  /**
   * At the cut, and at the input where the model says so, of all classes (two of many) of every
   * picture.
   */
  static void check(DynamicLinearModel model, Tensor x) {
    Tensor a = model.activations(x).values();
    boolean someDiffer = false;
    int step = model.outputs() > 100 ? model.outputs() / 2 : 1;
    for (int c = 0; c < model.outputs(); c += step) {
      UnaryOperator<Tensor> one = only(c);
      Pullback atCut = model.explanation().pullHead(a, one);
      assertSums(model, c, a, atCut);
      Pullback plain = model.pullHead(a, one);
      // In place or not, alone or in a sum: the same values.
      assertArrayEquals(plain.values().toArray(), atCut.values().toArray(), 1e-6f);
      someDiffer |= Near.relative(atCut.gradients(), plain.gradients()) > 0.01;
      if (model.completeAtInput()) {
        Pullback atInput = model.explanation().pullLogits(x, one, RectifierRule.EXACT);
        assertSums(model, c, x, atInput);
        Pullback plainAtInput = model.pullLogits(x, one, RectifierRule.EXACT);
        assertTrue(Near.relative(atInput.gradients(), plainAtInput.gradients()) > 0.01);
      }
    }
    assertTrue(someDiffer, "a plain gradient sums, too: this must be another");
  }

  private static void assertSums(DynamicLinearModel model, int c, Tensor values, Pullback pulled) {
    int each = values.shape().example().size();
    for (int i = 0; i < values.rows(); i++) {
      double sum = 0;
      double absolute = 0;
      for (int j = i * each; j < (i + 1) * each; j++) {
        double contribution = (double) values.get(j) * pulled.gradients().get(j);
        sum += contribution;
        absolute += Math.abs(contribution);
      }
      double logit = pulled.values().get(i, c) - (double) model.constants().get(c);
      assertTrue(absolute > 0, "contributions of nothing prove nothing");
      assertEquals(logit, sum, ROUNDING * absolute, model + ", class " + c + ", picture " + i);
    }
  }

  /** 1 for class {@code c}. */
  static UnaryOperator<Tensor> only(int c) {
    return y -> {
      float[] v = new float[y.shape().size()];
      for (int i = 0; i < y.rows(); i++) {
        v[i * y.shape().dim(1) + c] = 1;
      }
      return Tensor.wrap(y.shape(), v);
    };
  }
}
