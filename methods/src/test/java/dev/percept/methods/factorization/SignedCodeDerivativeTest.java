package dev.percept.methods.factorization;

import dev.percept.core.Dictionary;
import dev.percept.core.DifferentiableConceptBank;
import dev.percept.testkit.CodeDerivativeContract;

/** Non-negative codes of signed activations, as of semi-NMF, with an offset. */
class SignedCodeDerivativeTest extends CodeDerivativeContract {
  @Override
  protected DifferentiableConceptBank bank(Dictionary dictionary) {
    return NonNegativeBank.of(dictionary, true);
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
