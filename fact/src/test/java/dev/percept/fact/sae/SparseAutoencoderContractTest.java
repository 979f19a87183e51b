package dev.percept.fact.sae;

import dev.percept.core.ConceptBank;
import dev.percept.core.Dictionary;
import dev.percept.core.DifferentiableConceptBank;
import dev.percept.testkit.CodeDerivativeContract;
import dev.percept.testkit.ConceptBankContract;
import org.junit.jupiter.api.Nested;

/** The contracts of concept banks and of their derivatives, for each kind. */
class SparseAutoencoderContractTest {
  private static final int R = 37;

  abstract static class Bank extends ConceptBankContract {
    abstract Gate gate();

    @Override
    protected ConceptBank bank() {
      return Weights.random(gate(), R, 19);
    }

    @Override
    protected boolean signed() {
      return true;
    }
  }

  @Nested
  class TopK extends Bank {
    @Override
    Gate gate() {
      return new Gate.TopK(3);
    }
  }

  @Nested
  class BatchTopK extends Bank {
    @Override
    Gate gate() {
      return new Gate.BatchTopK(3, 4f);
    }
  }

  @Nested
  class JumpRelu extends Bank {
    @Override
    Gate gate() {
      return Weights.jump(R, 2f);
    }
  }

  /** Tied weights: the encoder is the dictionary, so concepts permute together with it. */
  abstract static class Derivative extends CodeDerivativeContract {
    abstract Gate gate();

    @Override
    protected DifferentiableConceptBank bank(Dictionary dictionary) {
      return SparseAutoencoder.of(gate(), dictionary.atoms(), null, dictionary);
    }

    @Override
    protected boolean signed() {
      return true;
    }

    @Override
    protected boolean offset() {
      return true;
    }
  }

  @Nested
  class TopKDerivative extends Derivative {
    @Override
    Gate gate() {
      return new Gate.TopK(2);
    }
  }

  @Nested
  class BatchTopKDerivative extends Derivative {
    @Override
    Gate gate() {
      return new Gate.BatchTopK(2, 0.7f);
    }
  }

  @Nested
  class JumpReluDerivative extends Derivative {
    @Override
    Gate gate() {
      return Weights.jump(5, 0.3f);
    }
  }
}
