package dev.percept.methods.factorization;

import dev.percept.core.Dictionary;
import dev.percept.core.DifferentiableConceptBank;

/** Linear codes, as of PCA. */
class LinearCodeDerivativeTest extends CodeDerivativeContract {
  @Override
  DifferentiableConceptBank bank(Dictionary dictionary) {
    return new LinearBank(dictionary);
  }

  @Override
  boolean signed() {
    return true;
  }

  @Override
  boolean offset() {
    return true;
  }
}
