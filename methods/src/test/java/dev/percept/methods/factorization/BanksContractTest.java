package dev.percept.methods.factorization;

import dev.percept.core.ConceptBank;
import dev.percept.core.Dictionary;
import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import dev.percept.testkit.ConceptBankContract;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Nested;

/** Banks of given dictionaries; those that are fitted have a longer contract of their own. */
class BanksContractTest {
  private static Dictionary dictionary() {
    RandomGenerator random = Run.of(3).random("atoms");
    float[] atoms = new float[6 * 20];
    for (int i = 0; i < atoms.length; i++) {
      atoms[i] = (float) random.nextDouble();
    }
    return new Dictionary(Tensor.wrap(Shape.of(6, 20), atoms), null);
  }

  @Nested
  class NonNegative extends ConceptBankContract {
    @Override
    protected ConceptBank bank() {
      return NonNegativeBank.of(dictionary(), false);
    }

    @Override
    protected boolean signed() {
      return false;
    }
  }

  @Nested
  class Linear extends ConceptBankContract {
    @Override
    protected ConceptBank bank() {
      return new LinearBank(dictionary());
    }

    @Override
    protected boolean signed() {
      return true;
    }
  }
}
