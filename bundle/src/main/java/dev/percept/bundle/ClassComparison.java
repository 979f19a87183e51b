package dev.percept.bundle;

import java.util.List;
import java.util.Map;

/**
 * {@code class-comparison.json}: two classes in the concepts of both, what tells them apart, what
 * they share, and which of it the model uses. A function of model, examples, options and seed.
 *
 * @param schema {@link #SCHEMA}
 * @param modality {@code pictures} or {@code texts}
 * @param options of the command, by name without dashes, no path
 * @param seed the seed
 * @param model name of the model file
 * @param modelSha256 its hash
 * @param layer the tensor at which it is cut
 * @param extractor how concepts were found
 * @param estimator how importance was found
 * @param a the first class; Δ is positive where it has more
 * @param b the second class
 * @param confusion of all classes that there were examples of
 * @param thresholds by which it was decided
 * @param overlap how the importance of both classes divides
 * @param tooFew whether there are so few examples that nothing is decided
 * @param concepts in the order of their importance for both
 * @param notes sentences for the reader
 * @param versions of Percept, Java and the engine
 */
public record ClassComparison(
    String schema,
    String modality,
    Map<String, String> options,
    long seed,
    String model,
    String modelSha256,
    String layer,
    String extractor,
    String estimator,
    Side a,
    Side b,
    Confusion confusion,
    Thresholds thresholds,
    Overlap overlap,
    boolean tooFew,
    List<OfConcept> concepts,
    List<String> notes,
    Map<String, String> versions) {
  /** The name and version of this format; readers refuse a newer major version. */
  public static final String SCHEMA = "percept.class-comparison/1.0";

  public ClassComparison {
    concepts = List.copyOf(concepts);
    notes = List.copyOf(notes);
  }

  /**
   * A class.
   *
   * @param label what it is called
   * @param examples how many pictures or texts
   * @param units how many crops, or parts of texts
   * @param kept share of the examples whose top-1 answer stays when activations are rebuilt
   * @param randomKept the same with random concepts
   * @param r2 variance of the activations that the concepts keep
   * @param randomR2 the same of random concepts
   * @param fingerprint of the examples
   */
  public record Side(
      Bundle.Label label,
      int examples,
      int units,
      double kept,
      double randomKept,
      double r2,
      double randomR2,
      String fingerprint) {}

  /**
   * Who is taken for whom.
   *
   * @param classes rows, and columns but the last
   * @param counts one row a true class; the last column is any other answer
   */
  public record Confusion(List<Bundle.Label> classes, List<List<Integer>> counts) {}

  /**
   * What a concept must reach.
   *
   * @param shared differences below this, in units of the concept, are none
   * @param differs differences above this are some
   * @param chance what the most different concept reaches when examples are dealt at random
   * @param usedA an index above this is use by the first class
   * @param usedB the same for the second
   * @param fewest examples of a class that allow a decision
   */
  public record Thresholds(
      double shared, double differs, double chance, double usedA, double usedB, int fewest) {}

  /**
   * Importance, divided by what the classes have of each concept.
   *
   * @param shared on what both have alike
   * @param discriminating on what one has more of
   * @param undecided on the rest
   * @param verdict {@code overlapping}, {@code distinct} or {@code undecided}
   */
  public record Overlap(Part shared, Part discriminating, double undecided, String verdict) {}

  /** A share with its 95 % interval. */
  public record Part(double value, double low, double high) {}

  /**
   * A concept.
   *
   * @param id its number
   * @param difference of mean codes
   * @param a its use by the first class's logit
   * @param b its use by the second class's logit
   * @param quadrant {@code discriminating-used}, {@code shared-used}, {@code
   *     discriminating-unused}, {@code negligible} or {@code undecided}: used is what either class
   *     uses
   * @param quadrantA the same for the first class's logit alone
   * @param quadrantB the same for the second class's logit alone
   * @param overlaps {@code yes} if both have it alike and both use it, {@code no}, {@code
   *     undecided}
   * @param ofA where it is strongest in the first class
   * @param ofB where it is strongest in the second class
   */
  public record OfConcept(
      int id,
      Difference difference,
      Use a,
      Use b,
      String quadrant,
      String quadrantA,
      String quadrantB,
      String overlaps,
      List<Excerpt> ofA,
      List<Excerpt> ofB) {
    public OfConcept {
      ofA = List.copyOf(ofA);
      ofB = List.copyOf(ofB);
    }
  }

  /**
   * The difference of mean codes.
   *
   * @param meanA of the first class
   * @param meanB of the second class
   * @param delta {@code meanA − meanB}
   * @param low lower end of its 95 % interval
   * @param high upper end
   * @param unit what differences of this concept are measured in
   * @param differs {@code yes}, {@code no} or {@code undecided}
   */
  public record Difference(
      double meanA,
      double meanB,
      double delta,
      double low,
      double high,
      double unit,
      String differs) {}

  /**
   * What a logit depends on.
   *
   * @param total total Sobol index
   * @param low lower end of its 95 % interval
   * @param high upper end
   * @param sign 1 if it raises the logit, -1 if it lowers it
   * @param used {@code yes}, {@code no} or {@code undecided}
   */
  public record Use(double total, double low, double high, int sign, String used) {}

  /**
   * A crop or a part of a text.
   *
   * @param content JPEG in base64, or the text
   * @param strength its code, the strongest of both classes being 1
   * @param source the example that it comes from
   */
  public record Excerpt(String content, double strength, String source) {}
}
