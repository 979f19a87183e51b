package dev.percept.core;

/** A way to find concepts in activations. Holds options only; what it finds is a new object. */
public interface ConceptExtractor {
  /** The name under which it is chosen, for example {@code nmf}. */
  String name();

  /**
   * Finds concepts.
   *
   * @param activations n x p, not modified
   * @param run seed, threads, progress
   * @throws IllegalArgumentException if {@code activations} are unfit: too few rows, not finite,
   *     negative where the method needs non-negative values (the message names the remedies)
   */
  ConceptBank fit(Tensor activations, Run run);

  /** The same method with another number of concepts. */
  ConceptExtractor withConcepts(int concepts);
}
