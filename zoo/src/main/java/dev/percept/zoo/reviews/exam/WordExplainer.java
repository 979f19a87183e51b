package dev.percept.zoo.reviews.exam;

import dev.percept.core.Run;
import dev.percept.core.Target;
import java.util.List;

/** Finds concepts of a class in texts and shows which words carry them. */
@FunctionalInterface
public interface WordExplainer {
  /**
   * Explains.
   *
   * @param texts of the class; the truth about them is not given
   * @param target the class
   * @param run seed, threads, progress
   */
  WordMaps explain(List<String> texts, Target target, Run run);
}
