package dev.percept.bundle;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code bundle.json}: everything about an explanation but importance, tensors, excerpts and times.
 * Lists keep their order and maps are written in the order of their keys, so the same explanation
 * gives the same bytes. A double that is not a number is written as null and read as NaN.
 *
 * @param schema {@link #SCHEMA}
 * @param kind {@code pictures} or, since 1.2, {@code texts}; texts take the place of pictures, and
 *     their units that of crops
 * @param provenance what it was made from
 * @param model the model and its cut
 * @param splitCheck the proof that h(g(x)) = f(x)
 * @param crops how the pictures were cut
 * @param extractor the factorisation, for example {@code nmf}
 * @param reconstruction that of the only class; null where there are several
 * @param accuracy that of the only class; null where there are several
 * @param warnings sentences for the reader about the whole run
 * @param classes one entry a class
 */
public record Bundle(
    String schema,
    String kind,
    Provenance provenance,
    Model model,
    Split splitCheck,
    Crops crops,
    String extractor,
    @Nullable Reconstruction reconstruction,
    @Nullable Accuracy accuracy,
    List<String> warnings,
    List<ClassPart> classes) {

  /** The name and version of this format; readers refuse a newer major version. */
  public static final String SCHEMA = "percept.bundle/1.2";

  /**
   * What the explanation was made from.
   *
   * @param options the options of the command, by name without dashes, no absolute path
   * @param seed the seed
   * @param modelSha256 hash of the model file
   * @param dataFingerprint SHA-256 over names and contents of the pictures used
   * @param pictures how many pictures were used
   * @param skipped names of pictures that could not be read, with the reason
   * @param versions of Percept, Java and the engines
   */
  public record Provenance(
      Map<String, String> options,
      long seed,
      String modelSha256,
      String dataFingerprint,
      int pictures,
      List<String> skipped,
      Map<String, String> versions) {}

  /**
   * The model and its cut.
   *
   * @param file name of the model file, without folder
   * @param layer the tensor at which it is cut
   * @param operator that makes it
   * @param nonNegative whether its values are non-negative by construction
   * @param rows of the map of places
   * @param columns of the map of places
   * @param leading tokens before the places that are none, such as a class token; since 1.2
   * @param trailing such tokens behind the places; since 1.2
   * @param features p
   * @param outputs number of logits
   * @param input shape of one input
   * @param preprocess name of the preprocessing
   */
  public record Model(
      String file,
      String layer,
      String operator,
      boolean nonNegative,
      int rows,
      int columns,
      int leading,
      int trailing,
      int features,
      int outputs,
      List<Integer> input,
      String preprocess) {}

  /** The proof that h(g(x)) = f(x), on {@code inputs} real pictures. */
  public record Split(double maxAbsDiff, double maxAbsLogit, int inputs, boolean passed) {}

  /** How the pictures were cut: side of a crop in pixels, {@code even} or {@code paper} grid. */
  public record Crops(int patch, String grid, int perPicture) {}

  /**
   * How much of the activations the concepts rebuild, A ≈ U W. R² is per dimension.
   *
   * @param relativeError ‖A − U W‖ / ‖A‖ of the crops that the concepts were found in
   * @param r2 share of the crops' variation that is rebuilt
   * @param randomRelativeError the same for random concepts
   * @param randomR2 the same for random concepts
   * @param picturesRelativeError at all locations of whole pictures
   * @param picturesR2 at all locations of whole pictures
   * @param randomPicturesR2 the same for random concepts
   */
  public record Reconstruction(
      double relativeError,
      double r2,
      double randomRelativeError,
      double randomR2,
      double picturesRelativeError,
      double picturesR2,
      double randomPicturesR2) {}

  /**
   * Top-1 shares over the pictures of the class.
   *
   * @param model share that the model gives the class
   * @param reconstructed the same with activations replaced by their reconstruction
   * @param random the same with reconstructions from random concepts
   * @param agreement share whose top-1 answer is unchanged by the reconstruction
   * @param randomAgreement the same for random concepts
   */
  public record Accuracy(
      double model,
      double reconstructed,
      double random,
      double agreement,
      double randomAgreement) {}

  /**
   * Mean cosine of concepts with their matched partners in other fits.
   *
   * @param mean over seeds and halves
   * @param seeds over other seeds
   * @param halves over disjoint halves of the data
   * @param random what random concepts reach
   * @param fits how many other fits there were
   */
  public record Stability(double mean, double seeds, double halves, double random, int fits) {}

  /**
   * A concept deletion or insertion curve, averaged over pictures; entry i is after i concepts.
   *
   * @param order concept ids, in the order in which they go or come
   */
  public record Curve(
      List<Integer> order,
      List<Double> logit,
      List<Double> probability,
      Random randomLogit,
      Random randomProbability,
      double areaLogit,
      double areaProbability) {}

  /** The same in random orders: mean, band of 90 % of the orders, and area under the mean. */
  public record Random(List<Double> mean, List<Double> low, List<Double> high, double area) {}

  /** A class: index among the logits, and its name. */
  public record Label(int index, String label) {}

  /**
   * One explained class. Its tensors are {@code <key>/dictionary} (r x p) and, where the bank has
   * one, {@code <key>/offset} in {@code dictionary.safetensors}; {@code <key>/codes} (n x rows x
   * columns x r), {@code <key>/tokens} (n x tokens x r, only where the cut has tokens that are no
   * place), {@code <key>/crops} (m x r) and {@code <key>/importance} (n x r, total index of each
   * picture) in {@code codes.safetensors}.
   *
   * @param key of its tensors, for example {@code class-701}
   * @param files names of all n pictures, in the order of the tensors
   * @param crops number m of crops
   * @param pictures those that are shown
   * @param warnings sentences for the reader about this class
   * @param rankCurve how the number of concepts was chosen; null where it was given
   * @param maps concept maps beside the codes; since 1.1
   * @param tree concepts taken apart at earlier layers; null where that was not asked for; since
   *     1.1
   * @param rectification what was done to negative activations; null where nothing was; since 1.2
   * @param texts words of shown texts; null for pictures; since 1.2
   */
  public record ClassPart(
      Label target,
      String key,
      List<String> files,
      int crops,
      Reconstruction reconstruction,
      Accuracy accuracy,
      Stability stability,
      Curve deletion,
      Curve insertion,
      List<ConceptPart> concepts,
      List<PicturePart> pictures,
      List<String> warnings,
      @Nullable RankCurve rankCurve,
      List<ConceptMaps> maps,
      @Nullable ConceptTree tree,
      @Nullable Rectification rectification,
      @Nullable ClassTexts texts) {}

  /**
   * What taking max(0, a) for the activations a cost; everything else about the class is said of
   * h(max(0, g(x))), not of the model f.
   *
   * @param negative share of the activations that were below 0
   * @param variance share of their variance, per dimension, that was taken away
   * @param accuracy top-1 share of h(max(0, g(x))) over the pictures of the class
   * @param whole the same of f
   * @param agreement share whose top-1 answer is the same
   */
  public record Rectification(
      double negative, double variance, double accuracy, double whole, double agreement) {}

  /**
   * How the number of concepts was chosen: of the numbers whose concepts have a mean stability of
   * at least {@code stable}, the one with the largest held-out R² less {@code worth} a concept;
   * where none is so stable, the most stable.
   *
   * @param points what was tried, by ascending number of concepts
   * @param chosen one of these numbers
   */
  public record RankCurve(List<RankPoint> points, double stable, double worth, int chosen) {}

  /**
   * A number of concepts that was tried.
   *
   * @param heldOutR2 share of the variance kept, in crops of pictures held out of the fit
   * @param stability mean over the concepts fitted to the other pictures
   * @param chance the same of random concepts
   */
  public record RankPoint(int concepts, double heldOutR2, double stability, double chance) {}

  /** A concept's excerpts, strongest first, then further quantiles, then counter-examples. */
  public record ConceptPart(int id, List<Excerpt> excerpts) {}

  /**
   * A crop that shows a concept (or, in group {@code counter}, does not though it looks alike).
   *
   * @param group {@code top}, {@code p90}, {@code p75}, {@code median} or {@code counter}
   * @param file in the bundle, for example {@code excerpts/class-701/c0-top-1.jpg}
   * @param picture row of the class's tensors
   * @param x left edge in the picture as the model sees it, share of its side
   * @param y top edge
   * @param width share of the side
   * @param height share of the side
   * @param value code, the concept's strongest crop being 1
   */
  public record Excerpt(
      String group,
      String file,
      int picture,
      double x,
      double y,
      double width,
      double height,
      double value) {}

  /**
   * A picture that is shown.
   *
   * @param row of the class's tensors
   * @param name file name, relative to the folder of pictures
   * @param file in the bundle: the picture as the model sees it
   * @param predicted the model's top-1 answer
   * @param predictedProbability its probability
   * @param logit of the target
   * @param probability of the target
   * @param without per concept, what the model says with that concept alone taken away
   * @param scores contributions that add up to logits, target first, then its strongest rivals;
   *     empty where the head is not affine
   * @param restLogSumExp log-sum-exp of all logits that have no entry in {@code scores}; null where
   *     there are none, or {@code scores} is empty
   */
  public record PicturePart(
      int row,
      String name,
      String file,
      Label predicted,
      double predictedProbability,
      double logit,
      double probability,
      List<Answer> without,
      List<Score> scores,
      @Nullable Double restLogSumExp) {}

  /** Logit and probability of the target, and the model's top-1 answer. */
  public record Answer(double logit, double probability, Label predicted) {}

  /** {@code logit = start + sum(contributions) + other}; other is what no concept rebuilds. */
  public record Score(
      Label target, double start, List<Double> contributions, double other, double logit) {}
}
