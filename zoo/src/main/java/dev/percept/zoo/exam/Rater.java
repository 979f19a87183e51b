package dev.percept.zoo.exam;

import dev.percept.core.Examples;
import dev.percept.core.Run;
import dev.percept.core.Target;

/** Finds concepts of a class on pictures once, and says how much they matter in several ways. */
@FunctionalInterface
public interface Rater {
  /**
   * Rates the concepts of one class; the same estimators for every class.
   *
   * @param pictures inputs of the model; the truth about them is not given
   * @param target the class
   * @param run seed, threads, progress
   */
  Rated rate(Examples pictures, Target target, Run run);
}
