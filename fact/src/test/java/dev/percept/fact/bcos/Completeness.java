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

  /** At the cut and, where the model says so, at the input. */
  static void check(DynamicLinearModel model, Tensor x) {
    atCut(model, x);
    if (model.completeAtInput()) {
      atInput(model, x);
    }
  }

  /** Of the activations of the cut, for all classes (two of many) of every picture. */
  static void atCut(DynamicLinearModel model, Tensor x) {
    Tensor a = model.activations(x).values();
    boolean someDiffer = false;
    for (int c = 0; c < model.outputs(); c += step(model)) {
      Pullback explained = model.explanation().pullHead(a, only(c));
      assertSums(model, c, a, explained);
      Pullback plain = model.pullHead(a, only(c));
      // In place or not, alone or in a sum: the same values.
      assertArrayEquals(plain.values().toArray(), explained.values().toArray(), 1e-6f);
      someDiffer |= Near.relative(explained.gradients(), plain.gradients()) > 0.01;
    }
    assertTrue(someDiffer, "a plain gradient sums, too: this must be another");
  }

  /** Of the pixels, for all classes (two of many) of every picture. */
  static void atInput(DynamicLinearModel model, Tensor x) {
    for (int c = 0; c < model.outputs(); c += step(model)) {
      Pullback explained = model.explanation().pullLogits(x, only(c), RectifierRule.EXACT);
      assertSums(model, c, x, explained);
      Pullback plain = model.pullLogits(x, only(c), RectifierRule.EXACT);
      assertTrue(Near.relative(explained.gradients(), plain.gradients()) > 0.01);
    }
  }

  private static int step(DynamicLinearModel model) {
    return model.outputs() > 100 ? model.outputs() / 2 : 1;
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
