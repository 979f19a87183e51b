package dev.percept.fact;

import dev.percept.core.ConceptBank;
import dev.percept.core.Dictionary;
import dev.percept.core.DynamicLinearModel;
import dev.percept.core.Examples;
import dev.percept.core.Importance;
import dev.percept.core.Progress;
import dev.percept.core.Pullback;
import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import dev.percept.methods.compare.ConceptDeletion;
import dev.percept.methods.craft.CodeScore;
import dev.percept.methods.importance.OcclusionImportance;
import dev.percept.methods.importance.SobolImportance;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Whether exact contributions say which concepts to take away: deletion curves in their order and
 * in that of Sobol indices, saliency, gradient x input, taking each away alone, and chance. Every
 * picture's own concepts go, in the activation that they have replaced, and what is explained is
 * the class that the network then answers.
 *
 * @param all every concept can go
 * @param withoutAlwaysOn concepts that are there in nearly all pictures stay; the same as {@code
 *     all} where there are none
 * @param alwaysOn those concepts
 */
public record DeletionStudy(
    ConceptDeletion all, ConceptDeletion withoutAlwaysOn, List<Integer> alwaysOn) {
  /** A concept in more than this share of the pictures is always on. */
  public static final double ALWAYS_ON = 0.6;

  /** In the order of the rows. */
  public static final List<String> METHODS =
      List.of("exact", "sobol", "saliency", "gradient x input", "leave one out");

  public DeletionStudy {
    alwaysOn = List.copyOf(alwaysOn);
  }

  /**
   * How much is asked.
   *
   * @param steps of a curve, at least 1
   * @param randomOrders a picture, at least 1
   * @param masks of Sobol indices a picture; at least one round is made
   * @param batch pictures at once
   */
  public record Options(int steps, int randomOrders, long masks, int batch) {
    /** 20 steps, 5 random orders, 20,000 masks. */
    public static final Options DEFAULT = new Options(20, 5, 20_000, 16);

    public Options {
      if (steps < 1 || randomOrders < 1 || masks < 1 || batch < 1) {
        throw new IllegalArgumentException(
            "deletion steps, random orders, masks and batch: at least 1, found "
                + steps
                + ", "
                + randomOrders
                + ", "
                + masks
                + " and "
                + batch);
      }
    }
  }

  /**
   * One picture.
   *
   * @param concepts that are in it, in the numbers of the bank
   * @param values methods x concepts
   */
  @SuppressWarnings("ArrayRecordComponent") // Within this class, compared nowhere.
  private record Rated(List<Integer> concepts, CodeScore score, double[][] values, int target) {}

  /**
   * Takes concepts away.
   *
   * @param pictures inputs of the model
   * @param labels the class of each
   * @throws IllegalArgumentException if labels and pictures differ in number, or a picture has no
   *     concept at all
   */
  public static DeletionStudy measure(
      DynamicLinearModel model,
      ConceptBank bank,
      Examples pictures,
      List<Integer> labels,
      Options options,
      Run run) {
    int n = pictures.size();
    if (labels.size() != n) {
      throw new IllegalArgumentException(
          "labels: one a picture, " + n + ", found " + labels.size());
    }
    Rated[] rated = new Rated[n];
    try (Progress.Stage stage = run.stage("what matters", n)) {
      for (int from = 0; from < n; from += options.batch()) {
        run.throwIfCancelled();
        int to = Math.min(n, from + options.batch());
        rate(model, bank, model.activations(pictures.batch(from, to)).values(), from, rated, run);
        int start = from;
        run.parallel(to - from, i -> sample(rated[start + i], options, run));
        stage.advance(to - from);
      }
    }
    Set<Integer> always = alwaysOn(rated, bank.concepts());
    ConceptDeletion all = curves(rated, labels, Set.of(), options, run);
    return new DeletionStudy(
        all,
        always.isEmpty() ? all : curves(rated, labels, always, options, run),
        List.copyOf(always));
  }

  private static Set<Integer> alwaysOn(Rated[] rated, int concepts) {
    int[] count = new int[concepts];
    for (Rated r : rated) {
      r.concepts.forEach(k -> count[k]++);
    }
    Set<Integer> always = new TreeSet<>();
    for (int k = 0; k < concepts; k++) {
      if (count[k] > ALWAYS_ON * rated.length) {
        always.add(k);
      }
    }
    return always;
  }

  /** What gradients say: exact contributions, saliency, gradient x input. */
  private static void rate(
      DynamicLinearModel model,
      ConceptBank bank,
      Tensor activations,
      int from,
      Rated[] rated,
      Run run) {
    Coded coded = Coded.of(activations, bank, run);
    ConceptContributions exact = new Contributions(model, bank).toPredicted(activations, run);
    Pullback plain = model.pullHead(coded.decoded(), DeletionStudy::predicted);
    int locations = activations.shape().dim(1);
    int p = activations.shape().dim(2);
    Tensor atoms = bank.dictionary().atoms();
    run.parallel(
        activations.rows(),
        i -> {
          Tensor own = coded.codes().slice(i * locations, (i + 1) * locations);
          List<Integer> there =
              IntStream.range(0, bank.concepts())
                  .filter(k -> IntStream.range(0, locations).anyMatch(l -> own.get(l, k) != 0))
                  .boxed()
                  .toList();
          if (there.isEmpty()) {
            throw new IllegalArgumentException(
                "deletion: a concept in every picture, found none in picture " + (from + i));
          }
          int r = there.size();
          float[] codes = new float[locations * r];
          float[] rows = new float[r * p];
          double[][] values = new double[METHODS.size()][r];
          for (int c = 0; c < r; c++) {
            int k = there.get(c);
            atoms.copyTo(k * p, rows, c * p, p);
            values[0][c] = exact.contributions().get(i, k);
            for (int l = 0; l < locations; l++) {
              float code = own.get(l, k);
              codes[l * r + c] = code;
              double slope = 0;
              for (int j = 0; j < p && code != 0; j++) {
                slope +=
                    (double) plain.gradients().get((i * locations + l) * p + j) * rows[c * p + j];
              }
              values[2][c] += Math.abs(slope);
              values[3][c] += code * slope;
            }
          }
          int target = exact.targets().get(i);
          Dictionary dictionary =
              new Dictionary(Tensor.wrap(Shape.of(r, p), rows), bank.dictionary().offset());
          CodeScore score =
              new CodeScore(model, dictionary, Tensor.wrap(Shape.of(locations, r), codes), target);
          rated[from + i] = new Rated(there, score, values, target);
        });
  }

  private static Tensor predicted(Tensor logits) {
    int outputs = logits.shape().dim(1);
    float[] v = new float[logits.shape().size()];
    for (int i = 0; i < logits.rows(); i++) {
      int best = 0;
      for (int c = 1; c < outputs; c++) {
        best = logits.get(i, c) > logits.get(i, best) ? c : best;
      }
      v[i * outputs + best] = 1;
    }
    return Tensor.wrap(logits.shape(), v);
  }

  /** What asking again and again says: Sobol indices, and each concept away alone. */
  private static void sample(Rated rated, Options options, Run run) {
    Run alone = run.withThreads(1).withProgress(Progress.NONE);
    Importance sobol =
        SobolImportance.defaults()
            .withBudget(options.masks())
            .estimate(List.of(rated.score), alone);
    Importance away = new OcclusionImportance().estimate(List.of(rated.score), alone);
    for (int c = 0; c < rated.concepts.size(); c++) {
      // Without its sign an index would take away what speaks against the class, too.
      rated.values[1][c] = sobol.perExample().get(0, c) * (double) sobol.concepts().get(c).sign();
      rated.values[4][c] = away.perExample().get(0, c);
    }
  }

  private static ConceptDeletion curves(
      Rated[] rated, List<Integer> labels, Set<Integer> kept, Options options, Run run) {
    List<ConceptDeletion.Picture> pictures = new ArrayList<>();
    for (int i = 0; i < rated.length; i++) {
      Rated of = rated[i];
      List<List<Integer>> orders = new ArrayList<>();
      for (double[] values : of.values) {
        orders.add(
            IntStream.range(0, of.concepts.size())
                .filter(c -> !kept.contains(of.concepts.get(c)))
                .boxed()
                .sorted(Comparator.comparingDouble((Integer c) -> -values[c]))
                .toList());
      }
      pictures.add(new ConceptDeletion.Picture(of.score, orders, of.target, labels.get(i)));
    }
    return ConceptDeletion.measure(METHODS, pictures, options.steps(), options.randomOrders(), run);
  }
}
