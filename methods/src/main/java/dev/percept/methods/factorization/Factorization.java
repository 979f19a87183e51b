package dev.percept.methods.factorization;

import dev.percept.core.CodePullback;
import dev.percept.core.Dictionary;
import dev.percept.core.DifferentiableConceptBank;
import dev.percept.core.Run;
import dev.percept.core.Tensor;

/**
 * What a factorisation has found, and how well it went. The rows of the dictionary have length 1 (0
 * for a concept that died), so codes are comparable between concepts; concepts are ordered by the
 * energy that they explain, {@code Σ u²}, largest first.
 *
 * @param bank the concepts
 * @param codes n x r, the codes of the data it was fitted on
 * @param relativeError {@code ‖A − U W‖ / ‖A‖} of those codes
 * @param sweeps how many sweeps were made
 * @param converged whether the tolerance was reached before the sweeps ran out
 */
public record Factorization(
    NonNegativeBank bank, Tensor codes, double relativeError, int sweeps, boolean converged)
    implements AtomBank, DifferentiableConceptBank {

  @Override
  public Dictionary dictionary() {
    return bank.dictionary();
  }

  @Override
  public NonNegativeBank withDictionary(Dictionary dictionary) {
    return bank.withDictionary(dictionary);
  }

  @Override
  public Tensor encode(Tensor activations, Run run) {
    return bank.encode(activations, run);
  }

  @Override
  public CodePullback pull(Tensor activations, Tensor cotangents, Run run) {
    return bank.pull(activations, cotangents, run);
  }

  /** Finishes a factorisation: unit rows, ordered. */
  static Factorization of(
      Alternation state, boolean signed, int sweeps, boolean converged, Run run) {
    double error = state.relativeError(run);
    UnitAtoms unit = UnitAtoms.of(state);
    NonNegativeBank bank = NonNegativeBank.of(new Dictionary(unit.atoms(), null), signed);
    return new Factorization(bank, unit.codes(), error, sweeps, converged);
  }
}
