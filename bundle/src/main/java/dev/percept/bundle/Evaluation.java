package dev.percept.bundle;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code evaluation.json}: how well attribution methods do on a model, metric by metric, beside
 * random maps.
 *
 * @param schema version of this format, {@value #SCHEMA}
 * @param model the model
 * @param classes whose pictures were explained
 * @param pictures how many pictures in all
 * @param baseline what stands for pixels that the metrics take away, in words
 * @param confidence of every interval, 0.95
 * @param seed of all random choices
 * @param options of the command, by name
 * @param versions of what computed it
 * @param metrics the columns
 * @param methods the rows
 * @param curves deletion and insertion, for each metric that has them
 * @param cascade likeness of maps as more and more weights are random; empty where not asked for
 * @param notes what the reader should know about the choice of pictures
 */
public record Evaluation(
    int schema,
    Model model,
    List<OfClass> classes,
    int pictures,
    String baseline,
    double confidence,
    long seed,
    Map<String, String> options,
    Map<String, String> versions,
    List<Metric> metrics,
    List<Method> methods,
    List<Curve> curves,
    List<Stage> cascade,
    List<String> notes) {
  /** The version of this format. */
  public static final int SCHEMA = 1;

  /**
   * A model.
   *
   * @param name its file's name
   * @param sha256 of the file
   * @param layer where methods that look at activations cut it
   */
  public record Model(String name, String sha256, String layer) {}

  /**
   * A class.
   *
   * @param index of its logit
   * @param label its name
   * @param pictures how many of it were explained
   */
  public record OfClass(int index, String label, int pictures) {}

  /**
   * A metric.
   *
   * @param name its name
   * @param better {@code higher} or {@code lower}
   * @param settings what it was measured with, in words; may be empty
   */
  public record Metric(String name, String better, String settings) {}

  /**
   * A method and how it does.
   *
   * @param name its name
   * @param settings what it ran with, in words
   * @param baseline what stands for absent parts in the method itself; null where it has none
   * @param random whether its maps are random
   * @param forwards passes forward for one picture
   * @param backwards passes backward for one picture
   * @param secondsPerPicture time to make one map
   * @param cells one a metric
   */
  public record Method(
      String name,
      String settings,
      @Nullable String baseline,
      boolean random,
      long forwards,
      long backwards,
      double secondsPerPicture,
      List<Cell> cells) {}

  /**
   * One method by one metric.
   *
   * @param mean over pictures
   * @param low lower end of the interval over pictures
   * @param high upper end
   * @param pictures over how many
   * @param best whether no method has a better mean
   * @param tied whether it cannot be told from the best
   * @param overRandom difference from the best random row, positive being better; null for these
   *     and for checks that a random map passes
   */
  public record Cell(
      double mean,
      double low,
      double high,
      int pictures,
      boolean best,
      boolean tied,
      @Nullable Difference overRandom) {}

  /**
   * A mean difference over the same pictures.
   *
   * @param mean over pictures
   * @param low lower end of the interval
   * @param high upper end
   */
  public record Difference(double mean, double low, double high) {}

  /**
   * The curves of all methods by one metric.
   *
   * @param metric its name
   * @param lines one a method, in the order of the rows
   */
  public record Curve(String metric, List<Line> lines) {}

  /**
   * A mean curve.
   *
   * @param method whose
   * @param values steps + 1 means over pictures
   * @param low lower ends of the interval
   * @param high upper ends
   */
  public record Line(String method, List<Double> values, List<Double> low, List<Double> high) {}

  /**
   * A stage of random weights.
   *
   * @param name what is random, in words
   * @param layers how many layers are
   * @param likeness of each method's maps with its maps of the model itself, in the order of the
   *     rows
   */
  public record Stage(String name, int layers, List<Cell> likeness) {}
}
