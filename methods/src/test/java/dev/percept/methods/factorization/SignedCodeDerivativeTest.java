package dev.percept.methods.factorization;

import dev.percept.core.Dictionary;
import dev.percept.core.DifferentiableConceptBank;

/** Non-negative codes of signed activations, as of semi-NMF, with an offset. */
class SignedCodeDerivativeTest extends CodeDerivativeContract {
  @Override
  DifferentiableConceptBank bank(Dictionary dictionary) {
    return NonNegativeBank.of(dictionary, true);
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
