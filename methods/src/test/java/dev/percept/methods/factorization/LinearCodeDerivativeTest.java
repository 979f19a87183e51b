package dev.percept.methods.factorization;

import dev.percept.core.Dictionary;
import dev.percept.core.DifferentiableConceptBank;
import dev.percept.testkit.CodeDerivativeContract;

/** Linear codes, as of PCA. */
class LinearCodeDerivativeTest extends CodeDerivativeContract {
  @Override
  protected DifferentiableConceptBank bank(Dictionary dictionary) {
    return new LinearBank(dictionary);
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
