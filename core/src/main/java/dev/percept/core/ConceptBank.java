package dev.percept.core;

/** What a {@link ConceptExtractor} has found: r concepts in a p-dimensional activation space. */
public interface ConceptBank {
  /** The concepts, and how codes become activations. */
  Dictionary dictionary();

  /**
   * The codes of activations. The code of a row depends on that row alone, never on its batch.
   *
   * @param activations n x p
   * @return n x r
   * @throws IllegalArgumentException if the number of features differs or a value is unfit for this
   *     bank (not finite; negative, for non-negative factorisations)
   */
  Tensor encode(Tensor activations, Run run);

  /** r, the number of concepts. */
  default int concepts() {
    return dictionary().concepts();
  }

  /** p, the number of features. */
  default int features() {
    return dictionary().features();
  }
}
