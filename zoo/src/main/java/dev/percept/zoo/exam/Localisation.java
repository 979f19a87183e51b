package dev.percept.zoo.exam;

import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Target;
import dev.percept.core.Tensor;
import dev.percept.zoo.Creatures;
import dev.percept.zoo.Part;
import dev.percept.zoo.Scene;
import dev.percept.zoo.SceneExamples;
import dev.percept.zoo.Species;
import dev.percept.zoo.Split;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Which way of showing a concept finds parts best: up-sampled codes, or maps by an attribution
 * method of the code. For each part of each species the best concept is taken, for each way by
 * itself, as the main exam does; a way is then compared with codes part by part.
 *
 * <p>The last row is chance: each picture gets the codes of another one, so that maps keep their
 * shapes and places but not what they are of.
 *
 * @param scenes pictures of each species, at least 10
 * @param split of the scenes
 */
public record Localisation(int scenes, Split split) {
  /** The name of the row of chance. */
  public static final String CHANCE = "codes of another picture";

  private static final int RESAMPLES = 2000;

  public Localisation {
    if (scenes < 10) {
      throw new IllegalArgumentException("scenes: at least 10, found " + scenes);
    }
  }

  /**
   * How well one way finds parts.
   *
   * @param method the way
   * @param auroc mean over the parts of the best concept's area under the ROC curve
   * @param iou mean over the parts of the best concept's intersection over union
   * @param overCodes by how much {@code auroc} is above that of codes
   * @param iouOverCodes by how much {@code iou} is above that of codes
   * @param parts how many parts of all species
   */
  public record Row(
      String method,
      double auroc,
      double iou,
      Difference overCodes,
      Difference iouOverCodes,
      int parts) {}

  /**
   * A mean difference.
   *
   * @param value mean over the parts
   * @param low lower end of a 95 % bootstrap interval over parts
   * @param high upper end
   */
  public record Difference(double value, double low, double high) {}

  /** One row a way, codes first and chance last. */
  public List<Row> take(MapExplainer explainer, Run run) {
    List<String> methods = new ArrayList<>();
    List<List<Double>> auroc = new ArrayList<>();
    List<List<Double>> iou = new ArrayList<>();
    for (Species species : Species.values()) {
      run.throwIfCancelled();
      List<Scene> drawn = Creatures.scenes(split, species, 0, scenes);
      PartLabels labels = PartLabels.of(drawn, run);
      Target target = new Target(species.index(), species.label());
      List<MapExplainer.Shown> shown =
          new ArrayList<>(explainer.explain(new SceneExamples(drawn), target, run));
      shown.add(new MapExplainer.Shown(CHANCE, shifted(shown.get(0).maps())));
      for (int m = 0; m < shown.size(); m++) {
        if (methods.size() <= m) {
          methods.add(shown.get(m).method());
          auroc.add(new ArrayList<>());
          iou.add(new ArrayList<>());
        } else if (!methods.get(m).equals(shown.get(m).method())) {
          throw new IllegalArgumentException(
              "maps: the same ways for every class, found "
                  + shown.get(m).method()
                  + " for "
                  + methods.get(m));
        }
        Marks marks = Marks.of(shown.get(m).maps(), labels, run);
        for (Part part : labels.parts()) {
          auroc.get(m).add(marks.bestAuroc(part).value());
          iou.get(m).add(marks.bestIou(part).value());
        }
      }
    }
    List<Row> rows = new ArrayList<>();
    for (int m = 0; m < methods.size(); m++) {
      rows.add(
          new Row(
              methods.get(m),
              mean(auroc.get(m)),
              mean(iou.get(m)),
              difference(auroc.get(m), auroc.get(0), run),
              difference(iou.get(m), iou.get(0), run),
              auroc.get(m).size()));
    }
    return rows;
  }

  /** Picture i gets the maps of picture i + 1. */
  private static Explained shifted(Explained explained) {
    Shape shape = explained.codes().shape();
    float[] codes = explained.codes().toArray();
    float[] moved = new float[codes.length];
    int each = shape.example().size();
    for (int i = 0; i < shape.dim(0); i++) {
      System.arraycopy(codes, (i + 1) % shape.dim(0) * each, moved, i * each, each);
    }
    return new Explained(Tensor.wrap(shape, moved), explained.grid(), explained.importance());
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average().orElse(0);
  }

  private static Difference difference(List<Double> a, List<Double> b, Run run) {
    double[] differences = new double[a.size()];
    for (int i = 0; i < differences.length; i++) {
      differences[i] = a.get(i) - b.get(i);
    }
    return Bootstrap.mean(differences, RESAMPLES, run.random("exam.maps"));
  }

  /** Means of resampled lists. */
  static final class Bootstrap {
    private Bootstrap() {}

    static Difference mean(double[] values, int resamples, RandomGenerator random) {
      double[] means = new double[resamples];
      double mean = 0;
      for (double value : values) {
        mean += value / values.length;
      }
      for (int s = 0; s < resamples; s++) {
        for (int i = 0; i < values.length; i++) {
          means[s] += values[random.nextInt(values.length)] / values.length;
        }
      }
      Arrays.sort(means);
      return new Difference(
          mean, means[(int) (0.025 * resamples)], means[(int) (0.975 * resamples) - 1]);
    }
  }
}
