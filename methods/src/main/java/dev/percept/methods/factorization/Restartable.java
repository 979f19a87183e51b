package dev.percept.methods.factorization;

import dev.percept.core.ConceptExtractor;

/**
 * An extractor whose start can be drawn at random, so that stability over seeds means something.
 */
public interface Restartable extends ConceptExtractor {
  /** The same method from a random start. */
  ConceptExtractor withRandomStart();
}
