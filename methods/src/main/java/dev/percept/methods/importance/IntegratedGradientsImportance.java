package dev.percept.methods.importance;

import dev.percept.core.Attribution.Gap;
import dev.percept.core.DifferentiableMaskedScore;
import dev.percept.core.Importance;
import dev.percept.core.ImportanceEstimator;
import dev.percept.core.MaskedScore;
import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.hipparchus.analysis.integration.gauss.GaussIntegrator;
import org.hipparchus.analysis.integration.gauss.GaussIntegratorFactory;

/**
 * Integrated Gradients on concepts (Sundararajan, Taly and Yan, ICML 2017): slopes in the masks,
 * averaged over the straight way from no concept at all to the example. The values of an example
 * add up to {@code f(1) − f(0)}; by how much they miss it is the error of the quadrature.
 *
 * @param steps points of the Gauss-Legendre rule, 1 to {@value #MOST}
 */
public record IntegratedGradientsImportance(int steps)
    implements ImportanceEstimator<DifferentiableMaskedScore> {
  /** Its name in files. */
  public static final String NAME = "integrated-gradients";

  /** Roots of polynomials of a higher order take longer to find than any model to ask. */
  private static final int MOST = 200;

  public IntegratedGradientsImportance {
    if (steps < 1 || steps > MOST) {
      throw new IllegalArgumentException(
          "integrated gradients steps: 1 to " + MOST + ", found " + steps);
    }
  }

  /** 32 steps. */
  public static IntegratedGradientsImportance defaults() {
    return new IntegratedGradientsImportance(32);
  }

  /**
   * Importance with its completeness.
   *
   * @param gaps one an example: what the values add up to, beside {@code f(1) − f(0)}
   */
  public record Explained(Importance importance, List<Gap> gaps) {
    public Explained {
      gaps = List.copyOf(gaps);
    }
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Importance estimate(List<? extends DifferentiableMaskedScore> examples, Run run) {
    GaussIntegrator rule = new GaussIntegratorFactory().legendre(steps, 0, 1);
    double[] weights = IntStream.range(0, steps).mapToDouble(rule::getWeight).toArray();
    return Exactly.estimate(
        NAME,
        examples,
        run,
        (DifferentiableMaskedScore score) ->
            Gradients.mean(score, way(rule, score.concepts()), weights));
  }

  /** Importance, and how far each example's values are from adding up. */
  public Explained explain(List<? extends DifferentiableMaskedScore> examples, Run run) {
    Importance importance = estimate(examples, run);
    return new Explained(importance, gaps(importance, examples, run));
  }

  /**
   * How far each example's values are from adding up.
   *
   * @param importance what {@link #estimate} gave for these examples
   */
  public List<Gap> gaps(
      Importance importance, List<? extends DifferentiableMaskedScore> examples, Run run) {
    Tensor each = importance.perExample();
    int r = each.shape().dim(1);
    Gap[] gaps = new Gap[examples.size()];
    run.parallel(
        gaps.length,
        e -> {
          double sum = 0;
          for (int k = 0; k < r; k++) {
            sum += each.get(e, k);
          }
          gaps[e] = new Gap(sum, whole(examples.get(e)));
        });
    return List.of(gaps);
  }

  /** f(1) − f(0). */
  private static double whole(MaskedScore score) {
    int r = score.concepts();
    float[] masks = new float[2 * r];
    Arrays.fill(masks, 0, r, 1);
    float[] f = score.score(Tensor.wrap(Shape.of(2, r), masks));
    return (double) f[0] - f[1];
  }

  private static Tensor way(GaussIntegrator rule, int r) {
    int steps = rule.getNumberOfPoints();
    float[] masks = new float[steps * r];
    for (int i = 0; i < masks.length; i++) {
      masks[i] = (float) rule.getPoint(i / r);
    }
    return Tensor.wrap(Shape.of(steps, r), masks);
  }
}
