package dev.percept.methods.factorization;

/** Where a factorisation starts. */
public enum Start {
  /**
   * From the singular vectors (Boutsidis and Gallopoulos, 2008), zeros filled with a small value so
   * that every coordinate can move: good for dense solutions. The seed changes nothing but
   * rounding.
   */
  NNDSVDA,
  /** From the singular vectors; zeros stay near zero, which favours sparse solutions. */
  NNDSVD,
  /** Random values of the right size: for measuring how much the result depends on the start. */
  RANDOM
}
