package dev.percept.zoo.exam;

import dev.percept.core.Run;
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
 * Whether parts that one concept mixes come apart when it is taken apart. A concept mixes parts if
 * its crops, weighted by its code, show at least two of them with a share of 20 % each or more. Of
 * each such concept two things are asked, of the concept itself, of its sub-concepts, and of
 * sub-concepts whose codes were dealt to the crops at random:
 *
 * <ul>
 *   <li>purity: the share of the part that is shown most, averaged over sub-concepts by their
 *       weight;
 *   <li>AUROC: how well a code tells crops that show a mixed part most from the others, best
 *       sub-concept for each part, averaged over the parts.
 * </ul>
 *
 * <p>What is shown is counted in pixels of animal parts; scenery counts where a crop holds nothing
 * else.
 *
 * @param scenes pictures of each species, at least 10
 * @param split of the scenes
 */
public record Separation(int scenes, Split split) {
  /** From this share on a part is mixed in. */
  static final double MIXED = 0.2;

  private static final int DEALS = 50;
  private static final int RESAMPLES = 2000;

  public Separation {
    if (scenes < 10) {
      throw new IllegalArgumentException("scenes: at least 10, found " + scenes);
    }
  }

  /**
   * What came out.
   *
   * @param concepts how many concepts there were
   * @param mixing how many of them mix parts
   * @param purity of mixing concepts, their sub-concepts, and sub-concepts at random
   * @param auroc the same
   * @param agreementOfMixing mean over the mixing concepts
   * @param agreementOfPure mean over the others
   */
  public record Report(
      int concepts,
      int mixing,
      Mark purity,
      Mark auroc,
      double agreementOfMixing,
      double agreementOfPure) {}

  /**
   * Means over the mixing concepts.
   *
   * @param whole of the concepts themselves
   * @param apart of their sub-concepts
   * @param random of random sub-concepts
   * @param overRandom {@code apart − random} with an interval over concepts
   */
  public record Mark(
      double whole, double apart, double random, Localisation.Difference overRandom) {}

  /** Holds this part of the exam. */
  public Report take(TakenApart.Explainer explainer, Run run) {
    List<double[]> purity = new ArrayList<>();
    List<double[]> auroc = new ArrayList<>();
    List<Double> mixing = new ArrayList<>();
    List<Double> pure = new ArrayList<>();
    RandomGenerator random = run.random("exam.deals");
    for (Species species : Species.values()) {
      run.throwIfCancelled();
      List<Scene> drawn = Creatures.scenes(split, species, 0, scenes);
      PartCounts counts = PartCounts.of(drawn, run);
      Target target = new Target(species.index(), species.label());
      for (TakenApart one : explainer.explain(new SceneExamples(drawn), target, run)) {
        double[][] shown = new double[one.crops().size()][];
        for (int i = 0; i < shown.length; i++) {
          shown[i] = counts.shares(one.crops().get(i));
        }
        double[] weights = one.weights().stream().mapToDouble(Double::doubleValue).toArray();
        double[] all = shares(shown, weights);
        List<Integer> mixed = new ArrayList<>();
        for (int p = 0; p < all.length; p++) {
          if (all[p] >= MIXED) {
            mixed.add(p);
          }
        }
        if (mixed.size() < 2) {
          pure.add(one.agreement());
          continue;
        }
        mixing.add(one.agreement());
        double[][] codes = columns(one.codes());
        double[] byChance = new double[2];
        for (int d = 0; d < DEALS; d++) {
          double[][] dealt = dealt(codes, random);
          byChance[0] += purity(shown, dealt) / DEALS;
          byChance[1] += auroc(shown, dealt, mixed) / DEALS;
        }
        purity.add(
            new double[] {Arrays.stream(all).max().orElse(0), purity(shown, codes), byChance[0]});
        auroc.add(
            new double[] {
              auroc(shown, new double[][] {weights}, mixed), auroc(shown, codes, mixed), byChance[1]
            });
      }
    }
    return new Report(
        mixing.size() + pure.size(),
        mixing.size(),
        mark(purity, run),
        mark(auroc, run),
        mixing.stream().mapToDouble(v -> v).average().orElse(0),
        pure.stream().mapToDouble(v -> v).average().orElse(0));
  }

  private static Mark mark(List<double[]> values, Run run) {
    double[] difference = values.stream().mapToDouble(v -> v[1] - v[2]).toArray();
    return new Mark(
        mean(values, 0),
        mean(values, 1),
        mean(values, 2),
        difference.length == 0
            ? new Localisation.Difference(0, 0, 0)
            : Localisation.Bootstrap.mean(difference, RESAMPLES, run.random("exam.apart")));
  }

  private static double mean(List<double[]> values, int column) {
    return values.stream().mapToDouble(v -> v[column]).average().orElse(0);
  }

  /** One array a sub-concept. */
  private static double[][] columns(Tensor codes) {
    double[][] columns = new double[codes.shape().dim(1)][codes.rows()];
    for (int j = 0; j < columns.length; j++) {
      for (int i = 0; i < codes.rows(); i++) {
        columns[j][i] = Math.max(0, codes.get(i, j));
      }
    }
    return columns;
  }

  /** The same codes, crop by crop, given to other crops. */
  private static double[][] dealt(double[][] codes, RandomGenerator random) {
    int n = codes[0].length;
    int[] order = new int[n];
    Arrays.setAll(order, i -> i);
    for (int i = n - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      int kept = order[i];
      order[i] = order[other];
      order[other] = kept;
    }
    double[][] dealt = new double[codes.length][n];
    for (int j = 0; j < codes.length; j++) {
      for (int i = 0; i < n; i++) {
        dealt[j][i] = codes[j][order[i]];
      }
    }
    return dealt;
  }

  private static double[] shares(double[][] shown, double[] weights) {
    double[] sum = new double[shown.length == 0 ? 0 : shown[0].length];
    double total = 0;
    for (int i = 0; i < shown.length; i++) {
      total += weights[i];
      for (int p = 0; p < sum.length; p++) {
        sum[p] += weights[i] * shown[i][p];
      }
    }
    for (int p = 0; p < sum.length; p++) {
      sum[p] = total > 0 ? sum[p] / total : 0;
    }
    return sum;
  }

  /** The share of the part that each sub-concept shows most, by the weight of the sub-concept. */
  static double purity(double[][] shown, double[][] codes) {
    double sum = 0;
    double total = 0;
    for (double[] code : codes) {
      double weight = Arrays.stream(code).sum();
      sum += weight * Arrays.stream(shares(shown, code)).max().orElse(0);
      total += weight;
    }
    return total > 0 ? sum / total : 0;
  }

  /** Best sub-concept for each mixed part, averaged over the parts. */
  static double auroc(double[][] shown, double[][] codes, List<Integer> mixed) {
    double sum = 0;
    for (int part : mixed) {
      double best = 0;
      for (double[] code : codes) {
        best = Math.max(best, auroc(shown, code, part));
      }
      sum += best;
    }
    return sum / mixed.size();
  }

  private static double auroc(double[][] shown, double[] code, int part) {
    double[] ranks = RankCorrelation.ranks(code);
    double inside = 0;
    double rankSum = 0;
    for (int i = 0; i < code.length; i++) {
      if (largest(shown[i]) == part) {
        inside++;
        rankSum += ranks[i];
      }
    }
    double outside = code.length - inside;
    return inside == 0 || outside == 0
        ? 0.5
        : (rankSum - inside * (inside + 1) / 2) / (inside * outside);
  }

  private static int largest(double[] values) {
    int best = 0;
    for (int i = 1; i < values.length; i++) {
      best = values[i] > values[best] ? i : best;
    }
    return best;
  }

  /** Which part is seen at each pixel of each scene. */
  private record PartCounts(List<Part[]> seen) {
    static PartCounts of(List<Scene> scenes, Run run) {
      Part[][] seen = new Part[scenes.size()][];
      run.parallel(seen.length, i -> seen[i] = scenes.get(i).seen());
      return new PartCounts(List.of(seen));
    }

    double[] shares(TakenApart.Crop crop) {
      double[] count = new double[Part.values().length];
      Part[] picture = seen.get(crop.picture());
      double animal = 0;
      for (int y = crop.box().y(); y < crop.box().y() + crop.box().height(); y++) {
        for (int x = crop.box().x(); x < crop.box().x() + crop.box().width(); x++) {
          Part part = picture[y * Creatures.SIDE + x];
          if (part != Part.SCENERY) {
            count[part.index()]++;
            animal++;
          }
        }
      }
      if (animal == 0) {
        count[Part.SCENERY.index()] = 1;
        animal = 1;
      }
      for (int p = 0; p < count.length; p++) {
        count[p] /= animal;
      }
      return count;
    }
  }
}
