package dev.percept.app.exam;

import dev.percept.core.ConceptBank;
import dev.percept.core.Dictionary;
import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import java.util.List;

/**
 * Several banks asked at once, so that a model runs once for all of them: their codes side by side.
 *
 * @param banks of the same activations
 */
record JoinedBank(List<ConceptBank> banks) implements ConceptBank {
  JoinedBank {
    banks = List.copyOf(banks);
  }

  @Override
  public Dictionary dictionary() {
    int p = banks.get(0).features();
    float[] atoms = new float[concepts() * p];
    int at = 0;
    for (ConceptBank bank : banks) {
      Tensor some = bank.dictionary().atoms();
      some.copyTo(0, atoms, at, some.shape().size());
      at += some.shape().size();
    }
    return new Dictionary(Tensor.wrap(Shape.of(concepts(), p), atoms), null);
  }

  @Override
  public int concepts() {
    return banks.stream().mapToInt(ConceptBank::concepts).sum();
  }

  @Override
  public int features() {
    return banks.get(0).features();
  }

  @Override
  public Tensor encode(Tensor activations, Run run) {
    int n = activations.rows();
    int r = concepts();
    float[] codes = new float[n * r];
    int at = 0;
    for (ConceptBank bank : banks) {
      Tensor some = bank.encode(activations, run);
      for (int i = 0; i < n; i++) {
        some.copyTo(i * bank.concepts(), codes, i * r + at, bank.concepts());
      }
      at += bank.concepts();
    }
    return Tensor.wrap(Shape.of(n, r), codes);
  }

  /** Where the codes of bank {@code b} begin. */
  int from(int b) {
    return banks.subList(0, b).stream().mapToInt(ConceptBank::concepts).sum();
  }
}
