package dev.percept.methods.metric.attribution;

import dev.percept.core.Attributor;
import dev.percept.core.Run;
import dev.percept.core.Score;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Whether the map changes when what it explains does: the likeness of the maps of a score and of
 * another score of the same pictures. A method whose map stays the same explains the picture, not
 * the model. The sign of a likeness is dropped: a map turned inside out still lies on the same
 * places, and must not win over one that has nothing in common with the first.
 *
 * <ul>
 *   <li><b>Model randomisation</b> (Adebayo et al., 2018, <i>Sanity Checks for Saliency Maps</i>):
 *       the other score is the same logit of a copy of the model with weights drawn anew, from the
 *       last layer down to the first. What it does not show (Binder et al., 2023, <i>Shortcomings
 *       of Top-Down Randomization-Based Sanity Checks</i>): early layers that are still intact pass
 *       edges of the picture on whatever the layers above say, so that maps resemble each other
 *       with good reason; random networks still compute related functions; and likeness falls
 *       fastest for noisy maps. Low says that a method depends on the weights, not that its maps
 *       are right, and small differences between methods mean nothing.
 *   <li><b>Random logit</b> (Sixt et al., 2020, <i>When Explanations Lie</i>): the other score is
 *       the logit of another class. Where one object fills the picture, maps of two classes may
 *       rightly lie on the same places with other signs.
 * </ul>
 *
 * @param name {@code model-randomisation} or {@code random-logit}
 * @param similarity how likeness is measured; lower is better
 */
public record SanityCheck(String name, Similarity similarity) implements AttributionMetric {
  /** The name of the check by a randomised model. */
  public static final String MODEL = "model-randomisation";

  /** The name of the check by another class. */
  public static final String LOGIT = "random-logit";

  /** Likeness with the maps of a randomised copy of the model. */
  public static SanityCheck modelRandomisation(Similarity similarity) {
    return new SanityCheck(MODEL, similarity);
  }

  /** Likeness with the maps of another class; {@link #otherClass} draws it. */
  public static SanityCheck randomLogit(Similarity similarity) {
    return new SanityCheck(LOGIT, similarity);
  }

  @Override
  public Better better() {
    return Better.LOWER;
  }

  @Override
  public String settings() {
    return "magnitude of the " + similarity.name();
  }

  /**
   * Likeness of maps, 0 to 1.
   *
   * @param other the score whose maps are compared, of inputs of the same shape
   * @param inputs n inputs
   * @param maps maps of the first score, n x height x width
   * @return n values
   */
  public <S extends Score> List<Double> of(
      Attributor<? super S> attributor, S other, Tensor inputs, Tensor maps, Run run) {
    Places.check(maps, inputs, other.inputShape());
    return of(maps, Places.of(attributor.attribute(other, inputs, run), other.inputShape()));
  }

  /** Likeness of maps with others of the same shape. */
  public List<Double> of(Tensor maps, Tensor others) {
    Places.check(maps);
    Places.check(others);
    Shape shape = maps.shape();
    if (!others.shape().equals(shape)) {
      throw new IllegalArgumentException(
          "other maps: expected " + shape + ", found " + others.shape());
    }
    List<Double> values = new ArrayList<>();
    for (int i = 0; i < maps.rows(); i++) {
      float[] a = maps.row(i).toArray();
      float[] b = others.row(i).toArray();
      values.add(Math.abs(similarity.of(a, b, shape.dim(1), shape.dim(2))));
    }
    return values;
  }

  /**
   * A class other than {@code target}, each with the same chance.
   *
   * @throws IllegalArgumentException if there is no other
   */
  public static int otherClass(int outputs, int target, RandomGenerator random) {
    if (outputs < 2 || target < 0 || target >= outputs) {
      throw new IllegalArgumentException(
          "random logit: a class among at least 2, found " + target + " of " + outputs);
    }
    int drawn = random.nextInt(outputs - 1);
    return drawn < target ? drawn : drawn + 1;
  }
}
