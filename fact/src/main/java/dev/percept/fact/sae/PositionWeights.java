package dev.percept.fact.sae;

import dev.percept.core.Activations;
import dev.percept.core.DifferentiableHead;
import dev.percept.core.DynamicLinearModel;
import dev.percept.core.Pullback;
import dev.percept.core.Shape;
import dev.percept.core.SplitModel;
import dev.percept.core.Tensor;
import java.util.Arrays;
import java.util.function.UnaryOperator;

/**
 * How much each position of a picture has to say about what the network answers, so that an
 * autoencoder is trained on positions that matter (FaCT, section 3).
 */
public interface PositionWeights {
  /** {@code exact}, {@code estimated} or {@code uniform}. */
  String name();

  /**
   * Activations and the weights of their positions.
   *
   * @param inputs n inputs of the model
   */
  Weighted of(Tensor inputs);

  /**
   * Activations and weights.
   *
   * @param activations n x L x p
   * @param weights n x L, at least 0
   */
  record Weighted(Activations activations, Tensor weights) {}

  /**
   * The best that a model allows. {@code exact} for a network that multiplies: {@code |Σ_p a W|} of
   * the class that it answers, in explanation mode. {@code estimated} where there are gradients:
   * {@code |Σ_p a ∂logit/∂a|}, a first-order guess of what the position does. {@code uniform}
   * elsewhere.
   */
  static PositionWeights of(SplitModel model) {
    if (model instanceof DynamicLinearModel dynamic) {
      return products("exact", dynamic.explanation());
    }
    if (model instanceof DifferentiableHead head) {
      return products("estimated", head);
    }
    return uniform(model);
  }

  /** Every position alike. */
  static PositionWeights uniform(SplitModel model) {
    return new PositionWeights() {
      @Override
      public String name() {
        return "uniform";
      }

      @Override
      public Weighted of(Tensor inputs) {
        Activations a = model.activations(inputs);
        float[] ones = new float[a.size() * a.grid().size()];
        Arrays.fill(ones, 1);
        return new Weighted(a, Tensor.wrap(Shape.of(a.size(), a.grid().size()), ones));
      }
    };
  }

  private static PositionWeights products(String name, DifferentiableHead model) {
    return new PositionWeights() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public Weighted of(Tensor inputs) {
        Activations a = model.activations(inputs);
        UnaryOperator<Tensor> answer = PositionWeights::largest;
        Pullback pulled = model.pullHead(a.values(), answer);
        int locations = a.grid().size();
        int p = a.features();
        float[] weights = new float[a.size() * locations];
        for (int i = 0; i < weights.length; i++) {
          double sum = 0;
          for (int j = i * p; j < (i + 1) * p; j++) {
            sum += (double) a.values().get(j) * pulled.gradients().get(j);
          }
          weights[i] = (float) Math.abs(sum);
        }
        return new Weighted(a, Tensor.wrap(Shape.of(a.size(), locations), weights));
      }
    };
  }

  /** 1 at the largest logit of each row. */
  private static Tensor largest(Tensor logits) {
    int n = logits.rows();
    int outputs = logits.shape().dim(1);
    float[] one = new float[n * outputs];
    for (int i = 0; i < n; i++) {
      int best = 0;
      for (int c = 1; c < outputs; c++) {
        best = logits.get(i, c) > logits.get(i, best) ? c : best;
      }
      one[i * outputs + best] = 1;
    }
    return Tensor.wrap(logits.shape(), one);
  }
}
