package dev.percept.fact.bcos;

import java.util.function.Supplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/** Native memory of intermediate results. */
final class Scopes {
  private Scopes() {}

  /**
   * A handle of its own for an element of a tuple or vector: that of the element dies with them,
   * unnoticed until somebody reads it.
   */
  static Tensor owned(Tensor element) {
    return element.contiguous();
  }

  /**
   * What {@code work} makes, owned by the scope around this call; everything else that it has made
   * is given back at once, as far as no recorded gradient needs it.
   */
  @SuppressWarnings("try") // scopes are there to be closed
  static Tensor inner(Supplier<Tensor> work) {
    Tensor made;
    try (PointerScope scope = new PointerScope()) {
      made = work.get();
      made.retainReference();
    }
    PointerScope around = PointerScope.getInnerScope();
    if (around != null) {
      around.attach(made);
    }
    made.releaseReference();
    return made;
  }
}
