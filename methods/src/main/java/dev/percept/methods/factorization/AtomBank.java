package dev.percept.methods.factorization;

import dev.percept.core.ConceptBank;
import dev.percept.core.Dictionary;

/**
 * A bank that is its dictionary and a way to encode, so that concepts can be reordered or drawn.
 */
public interface AtomBank extends ConceptBank {
  /** Another dictionary, encoded in the same way. */
  AtomBank withDictionary(Dictionary dictionary);
}
