package dev.percept.methods.importance;

import dev.percept.core.Importance;
import dev.percept.core.ImportanceEstimator;
import dev.percept.core.MaskedScore;
import dev.percept.core.Progress;
import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import java.util.List;

/**
 * Total Sobol indices of any score under concept masks, by Jansen's estimator on replicated designs
 * of a randomised Sobol sequence, or another {@link Sampler} (Fel et al., NeurIPS 2021; Jansen,
 * 1999). Every example has randomisations of its own; from their scatter comes a 95 % interval of
 * the mean over examples. The designs are doubled until the ranking is settled or the budget is
 * spent.
 *
 * <p>Each {@link MaskedScore} is used by one thread at a time, different ones at the same time.
 *
 * @param randomisations independent ones an example, at least 2; more of them make the interval
 *     more reliable, fewer make the points more even
 * @param firstDesigns points of design A a randomisation to begin with, a power of two
 * @param budget no doubling that would need more masks in all, over all examples; the first round
 *     is always made
 * @param resolution concepts whose indices differ by less than this need no ranking
 * @param sampler of the designs
 */
public record SobolImportance(
    int randomisations, int firstDesigns, long budget, double resolution, Sampler sampler)
    implements ImportanceEstimator<MaskedScore> {
  /** Its name in files. */
  public static final String NAME = "jansen";

  /** Masks of one call: bounds memory. */
  private static final int MASKS_PER_CALL = 1024;

  /** Far beyond any budget. */
  private static final int MAX_DESIGNS = 1 << 24;

  public SobolImportance {
    if (randomisations < 2) {
      throw new IllegalArgumentException(
          "importance randomisations: at least 2, found " + randomisations);
    }
    if (firstDesigns < 1 || Integer.bitCount(firstDesigns) != 1 || firstDesigns > MAX_DESIGNS) {
      throw new IllegalArgumentException(
          "importance firstDesigns: a power of two up to "
              + MAX_DESIGNS
              + ", found "
              + firstDesigns);
    }
    if (budget < 1) {
      throw new IllegalArgumentException("importance budget: at least 1, found " + budget);
    }
    if (!(resolution >= 0 && resolution <= 1)) {
      throw new IllegalArgumentException("importance resolution: 0 to 1, found " + resolution);
    }
  }

  /** With a randomised Sobol sequence. */
  public SobolImportance(int randomisations, int firstDesigns, long budget, double resolution) {
    this(randomisations, firstDesigns, budget, resolution, Sampler.SOBOL);
  }

  /** The default options: 8 randomisations, 32 designs to begin with, 200,000 masks, 0.01. */
  public static SobolImportance defaults() {
    return new SobolImportance(8, 4, 200_000, 0.01);
  }

  /** The same with another budget of masks. */
  public SobolImportance withBudget(long budget) {
    return new SobolImportance(randomisations, firstDesigns, budget, resolution, sampler);
  }

  /** The same with other designs. */
  public SobolImportance withSampler(Sampler sampler) {
    return new SobolImportance(randomisations, firstDesigns, budget, resolution, sampler);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Importance estimate(List<? extends MaskedScore> examples, Run run) {
    int r = Checks.examples(examples);
    JansenTally[][] tallies = new JansenTally[examples.size()][randomisations];
    for (JansenTally[] example : tallies) {
      for (int b = 0; b < randomisations; b++) {
        example[b] = new JansenTally(r);
      }
    }
    int done = 0;
    int next = firstDesigns;
    while (true) {
      sample(examples, tallies, done, next, run);
      done = next;
      JansenSummary summary = JansenSummary.of(tallies);
      boolean settled = summary.settled(resolution);
      next = 2 * done;
      if (settled || next > MAX_DESIGNS || masks(examples.size(), next, r) > budget) {
        return summary.importance(randomisations * done, settled, run);
      }
    }
  }

  private long masks(int examples, int designs, int r) {
    return (long) examples * randomisations * designs * (r + 1);
  }

  /** Adds the points {@code from} to {@code to} of every randomisation of every example. */
  private void sample(
      List<? extends MaskedScore> examples, JansenTally[][] tallies, int from, int to, Run run) {
    int r = examples.get(0).concepts();
    Design design = sampler.design(2 * r, from, to);
    try (Progress.Stage stage = run.stage("importance", masks(examples.size(), to - from, r))) {
      run.parallel(
          examples.size(),
          e -> {
            for (int b = 0; b < randomisations; b++) {
              run.throwIfCancelled();
              Design.Points points =
                  Design.inRandomColumns(
                      design.randomised(run.random("importance.sobol." + e + "." + b)),
                      2 * r,
                      run.random("importance.columns." + e + "." + b));
              if (tallies[e][b].points == 0 && b > 0) {
                tallies[e][b].reference = tallies[e][0].reference;
              }
              evaluate(examples.get(e), points, to - from, tallies[e][b]);
              stage.advance((long) (to - from) * (r + 1));
            }
          });
    }
  }

  private static void evaluate(
      MaskedScore score, Design.Points points, int designs, JansenTally tally) {
    int r = score.concepts();
    int each = Math.max(1, MASKS_PER_CALL / (r + 1));
    for (int first = 0; first < designs; first += each) {
      int count = Math.min(each, designs - first);
      float[] masks = new float[count * (r + 1) * r];
      for (int n = 0; n < count; n++) {
        Replicates.write(points, first + n, r, r + 1, masks, n * (r + 1) * r);
      }
      float[] f = score.score(Tensor.wrap(Shape.of(count * (r + 1), r), masks));
      Checks.finite(f);
      if (tally.points == 0 && tally.reference == 0) {
        tally.reference = f[0];
      }
      for (int n = 0; n < count; n++) {
        double a = f[n * (r + 1)];
        tally.base(a);
        for (int i = 0; i < r; i++) {
          int of = n * (r + 1) * r + i;
          float moved = masks[of] - masks[of + (i + 1) * r];
          tally.replica(i, a, f[n * (r + 1) + 1 + i], moved);
        }
      }
    }
  }
}
