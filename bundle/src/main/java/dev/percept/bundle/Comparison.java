package dev.percept.bundle;

import java.util.List;
import java.util.Map;

/**
 * {@code importance-comparison.json}: what several importance estimators say about the same
 * concepts of one class on the same pictures, and how well each fits what the model does. All but
 * the seconds is a function of model, pictures, options and seed.
 *
 * @param schema {@link #SCHEMA}
 * @param options of the command, by name without dashes, no path
 * @param seed the seed
 * @param model name of the model file
 * @param modelSha256 hash of the model file
 * @param layer the tensor at which it is cut
 * @param target the class
 * @param pictures how many pictures
 * @param affine whether the head was verified to be affine in the concepts: estimators then agree
 *     with the closed form
 * @param concepts one entry a concept, in the order of the first estimator
 * @param estimators one entry an estimator
 * @param random marks of a random order and of random values
 * @param agreement rank correlation of the totals, estimators x estimators
 * @param missing estimators that were asked for and could not run, and why
 * @param notes sentences for the reader
 * @param versions of Percept, Java and the engines
 */
public record Comparison(
    String schema,
    Map<String, String> options,
    long seed,
    String model,
    String modelSha256,
    String layer,
    Bundle.Label target,
    int pictures,
    boolean affine,
    List<ConceptPart> concepts,
    List<Estimator> estimators,
    Marks random,
    List<List<Double>> agreement,
    List<Missing> missing,
    List<String> notes,
    Map<String, String> versions) {
  /** The name and version of this format; readers refuse a newer major version. */
  public static final String SCHEMA = "percept.importance-comparison/1.0";

  /**
   * A concept.
   *
   * @param id its number
   * @param crop its strongest crop as JPEG in base64
   */
  public record ConceptPart(int id, String crop) {}

  /**
   * What one estimator says.
   *
   * @param name {@code occlusion}
   * @param scale what its totals mean: {@code variance}, {@code score} or {@code dependence}
   * @param gradients whether it needs gradients of the head
   * @param masks masks a picture that were drawn at random; 0 where nothing was sampled
   * @param seconds how long it took, over all pictures
   * @param values one entry a concept
   * @param marks how well it fits
   * @param behind by how much its deletion is above that of the best estimator, picture by picture;
   *     where the interval holds 0 the two cannot be told apart
   */
  public record Estimator(
      String name,
      String scale,
      boolean gradients,
      int masks,
      double seconds,
      List<OfConcept> values,
      Marks marks,
      Mean behind) {}

  /**
   * Importance of one concept.
   *
   * @param id the concept
   * @param total on the estimator's own scale
   * @param low lower end of the estimator's 95 % interval
   * @param high upper end
   * @param dataLow lower end of the 95 % interval over pictures
   * @param dataHigh upper end; null where there is one picture
   * @param share total as a share of the sum of the totals: comparable between estimators
   * @param sign 1 raises the logit, -1 lowers it, 0 neither
   */
  public record OfConcept(
      int id,
      double total,
      double low,
      double high,
      double dataLow,
      double dataHigh,
      double share,
      int sign) {}

  /**
   * How well a ranking fits; logits.
   *
   * @param deletion mean logit as concepts go, less is better
   * @param insertion mean logit as they come, more is better
   * @param fidelity µFidelity
   * @param deletionGain by how much deletion is below random orders of the same pictures
   * @param insertionGain by how much insertion is above them
   * @param deletionCurve mean logit after 0 ... r steps
   * @param insertionCurve the same as concepts come
   */
  public record Marks(
      Mean deletion,
      Mean insertion,
      Mean fidelity,
      Mean deletionGain,
      Mean insertionGain,
      List<Double> deletionCurve,
      List<Double> insertionCurve) {}

  /** A mean over pictures with its 95 % bootstrap interval. */
  public record Mean(double mean, double low, double high) {}

  /** An estimator that could not run, and why. */
  public record Missing(String name, String why) {}
}
