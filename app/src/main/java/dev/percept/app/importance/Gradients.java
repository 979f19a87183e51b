package dev.percept.app.importance;

import dev.percept.app.explain.Inputs;
import dev.percept.app.explain.Opened;
import dev.percept.core.DifferentiableSplitModel;
import dev.percept.core.PerceptException;
import dev.percept.core.Shape;
import dev.percept.core.Target;
import dev.percept.core.Tensor;
import dev.percept.methods.craft.CodeScore;
import dev.percept.methods.craft.Craft;
import dev.percept.methods.craft.DifferentiableCodeScore;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The same model in the engine that has gradients; or why there are none, which stops nothing else.
 */
final class Gradients implements AutoCloseable {
  /**
   * How far the two engines may differ in a logit, relative to its size: float32 through layers.
   */
  private static final double AGREE = 1e-3;

  private final @Nullable DifferentiableSplitModel model;
  private final String missing;

  private Gradients(@Nullable DifferentiableSplitModel model, String missing) {
    this.model = model;
    this.missing = missing;
  }

  static Gradients open(Opened opened, Inputs inputs) {
    try {
      return new Gradients(opened.explainedWithGradients(inputs.gradients()), "");
    } catch (PerceptException e) {
      // No libtorch on this machine, or an operator without a gradient: both are told.
      return new Gradients(null, String.valueOf(e.getMessage()));
    }
  }

  /** None were asked for. */
  static Gradients none() {
    return new Gradients(null, "");
  }

  /**
   * Scores with gradients; null where there are none.
   *
   * @param plain the same scores in the other engine
   * @throws PerceptException if the two engines do not agree
   */
  @Nullable List<DifferentiableCodeScore> scores(
      Craft.Concepts concepts, List<CodeScore> plain, Target target) {
    if (model == null) {
      return null;
    }
    List<DifferentiableCodeScore> scores = concepts.scores(model, target);
    float[] full = new float[scores.get(0).concepts()];
    Arrays.fill(full, 1);
    Tensor mask = Tensor.of(Shape.of(1, full.length), full);
    double ours = scores.get(0).gradient(mask).scores().get(0);
    double theirs = plain.get(0).score(mask)[0];
    if (!(Math.abs(ours - theirs) <= AGREE * Math.max(1, Math.abs(theirs)))) {
      throw new PerceptException(
          String.format(
              Locale.ROOT,
              "libtorch gives a logit of %.5f where ONNX Runtime gives %.5f, so its gradients are"
                  + " not those of this model; leave estimators with gradients out",
              ours,
              theirs));
    }
    return scores;
  }

  /** Why there are none; empty where there are, or where nobody asked. */
  String missing() {
    return missing;
  }

  @Override
  public void close() {
    if (model != null) {
      model.close();
    }
  }
}
