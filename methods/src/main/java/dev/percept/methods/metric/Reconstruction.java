package dev.percept.methods.metric;

import dev.percept.core.ConceptBank;
import dev.percept.core.Run;
import dev.percept.core.Tensor;
import java.util.List;

/**
 * How much of the activations the concepts keep.
 *
 * @param relativeError {@code ‖A − Â‖ / ‖A‖}; 0 is perfect, and codes of 0 give 1
 * @param r2 share of the variance kept: {@code 1 − Σ(a − â)² / Σ(a − ā_j)²} with the mean of each
 *     feature of its own. With one mean for all features, as some libraries have it, predicting the
 *     means alone looks excellent
 * @param r2PerFeature the same of each of the p features; 0 for a feature that does not vary
 * @param rows how many rows were compared
 */
public record Reconstruction(
    double relativeError, double r2, List<Double> r2PerFeature, long rows) {
  public Reconstruction {
    r2PerFeature = List.copyOf(r2PerFeature);
  }

  /** Reconstruction of {@code activations}, n x p, by a bank with the codes that it gives. */
  public static Reconstruction of(Tensor activations, ConceptBank bank, Run run) {
    ReconstructionTally tally = new ReconstructionTally(bank.dictionary());
    tally.add(activations, bank.encode(activations, run), run);
    return tally.result();
  }
}
