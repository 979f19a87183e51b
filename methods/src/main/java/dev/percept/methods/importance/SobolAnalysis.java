package dev.percept.methods.importance;

import dev.percept.core.MaskedScore;
import dev.percept.core.Progress;
import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.hipparchus.distribution.continuous.TDistribution;

/**
 * First-order Sobol indices beside total ones: whether a concept matters by itself or only together
 * with others. Exact where every score is verified to be affine in its masks, and then both are the
 * same; otherwise by {@link FirstOrderEstimator#SALTELLI} and {@link TotalEstimator#JANSEN} from
 * one replicated design, with intervals from independent randomisations.
 *
 * <p>A point costs r + 2 masks, one more than total indices alone; for these, {@link
 * SobolImportance} also grows its designs until the ranking is settled.
 *
 * <p>Each {@link MaskedScore} is used by one thread at a time, different ones at the same time.
 *
 * @param sampler of the design
 * @param randomisations independent ones an example, at least 2
 * @param designs points of design A a randomisation, at least 2
 */
public record SobolAnalysis(Sampler sampler, int randomisations, int designs) {
  /** Name of the pair of estimators. */
  public static final String NAME = "saltelli-jansen";

  /** Masks of one call: bounds memory. */
  private static final int MASKS_PER_CALL = 1024;

  public SobolAnalysis {
    if (randomisations < 2) {
      throw new IllegalArgumentException(
          "analysis randomisations: at least 2, found " + randomisations);
    }
    if (designs < 2 || designs > 1 << 20) {
      throw new IllegalArgumentException("analysis designs: 2 to 1048576, found " + designs);
    }
  }

  /** Sobol sequences, 8 randomisations, 256 designs. */
  public static SobolAnalysis defaults() {
    return new SobolAnalysis(Sampler.SOBOL, 8, 256);
  }

  /**
   * Indices of all concepts.
   *
   * @throws IllegalArgumentException if there is no example, or numbers of concepts differ
   */
  public SobolIndices estimate(List<? extends MaskedScore> examples, Run run) {
    AffineFits fits = AffineImportance.attempt(examples, run);
    return fits.areAffine() ? exact(fits) : sampled(examples, run);
  }

  private static SobolIndices exact(AffineFits fits) {
    double[][] totals = fits.fits().stream().map(AffineFit::totals).toArray(double[][]::new);
    double[] mean = Summary.mean(totals, totals[0].length);
    List<SobolIndices.OfConcept> concepts = new ArrayList<>();
    for (double m : mean) {
      SobolIndices.Index index = new SobolIndices.Index(m, m, m);
      concepts.add(new SobolIndices.OfConcept(index, index));
    }
    return new SobolIndices(AffineImportance.NAME, 0, concepts);
  }

  private SobolIndices sampled(List<? extends MaskedScore> examples, Run run) {
    int r = examples.get(0).concepts();
    IndexTally[][] tallies = new IndexTally[examples.size()][randomisations];
    Design design = sampler.design(2 * r, 0, designs);
    try (Progress.Stage stage = run.stage("Sobol indices", examples.size())) {
      run.parallel(
          examples.size(),
          e -> {
            double reference = examples.get(e).score(Tensor.wrap(Shape.of(1, r), new float[r]))[0];
            for (int b = 0; b < randomisations; b++) {
              run.throwIfCancelled();
              tallies[e][b] = new IndexTally(r, reference);
              Design.Points points =
                  Design.inRandomColumns(
                      design.randomised(run.random("importance.analysis." + e + "." + b)),
                      2 * r,
                      run.random("importance.analysis.columns." + e + "." + b));
              evaluate(examples.get(e), points, tallies[e][b]);
            }
            stage.advance(1);
          });
    }
    double[] all = mean(tallies, -1);
    double[][] without =
        IntStream.range(0, randomisations).mapToObj(b -> mean(tallies, b)).toArray(double[][]::new);
    List<SobolIndices.OfConcept> concepts = new ArrayList<>();
    for (int i = 0; i < r; i++) {
      concepts.add(new SobolIndices.OfConcept(index(all, without, i), index(all, without, r + i)));
    }
    return new SobolIndices(NAME, randomisations * designs, concepts);
  }

  private void evaluate(MaskedScore score, Design.Points points, IndexTally tally) {
    int r = score.concepts();
    int rows = r + 2;
    int each = Math.max(1, MASKS_PER_CALL / rows);
    for (int first = 0; first < designs; first += each) {
      int count = Math.min(each, designs - first);
      float[] masks = new float[count * rows * r];
      for (int n = 0; n < count; n++) {
        Replicates.write(points, first + n, r, rows, masks, n * rows * r);
      }
      float[] f = score.score(Tensor.wrap(Shape.of(count * rows, r), masks));
      Checks.finite(f);
      for (int n = 0; n < count; n++) {
        tally.add(f, n * rows);
      }
    }
  }

  /** Indices averaged over examples, of all randomisations but {@code without}. */
  private static double[] mean(IndexTally[][] tallies, int without) {
    double[][] each = new double[tallies.length][];
    for (int e = 0; e < each.length; e++) {
      each[e] = IndexTally.sum(tallies[e], without).indices();
    }
    return Summary.mean(each, each[0].length);
  }

  /** The jackknife over randomisations: less bias of the ratio, and an interval. */
  private SobolIndices.Index index(double[] all, double[][] without, int i) {
    double mean = 0;
    for (double[] w : without) {
      mean += w[i] / randomisations;
    }
    double variance = 0;
    for (double[] w : without) {
      variance += (w[i] - mean) * (w[i] - mean) * (randomisations - 1) / randomisations;
    }
    double value = randomisations * all[i] - (randomisations - 1) * mean;
    double t = new TDistribution(randomisations - 1).inverseCumulativeProbability(0.975);
    double half = t * Math.sqrt(variance);
    return new SobolIndices.Index(value, value - half, value + half);
  }
}
