package dev.percept.zoo.exam;

import dev.percept.core.Examples;
import dev.percept.core.Run;
import dev.percept.core.Target;

/** Who takes the exam: a method that finds concepts of a class on pictures. */
@FunctionalInterface
public interface Explainer {
  /**
   * Explains one class on pictures of it.
   *
   * @param pictures inputs of the model; the truth about them is not given
   * @param target the class
   * @param run seed, threads, progress
   */
  Explained explain(Examples pictures, Target target, Run run);
}
