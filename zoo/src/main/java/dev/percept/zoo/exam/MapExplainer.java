package dev.percept.zoo.exam;

import dev.percept.core.Examples;
import dev.percept.core.Run;
import dev.percept.core.Target;
import java.util.List;

/** Who shows where concepts are in several ways. */
@FunctionalInterface
public interface MapExplainer {
  /**
   * The same concepts in the same order, shown in each way.
   *
   * @param method the way, {@code codes} for the first
   * @param maps of the concepts; the finer the grid, the finer the map
   */
  record Shown(String method, Explained maps) {}

  /**
   * Finds concepts of a class on pictures of it and shows where they are.
   *
   * @return codes first, then other ways
   */
  List<Shown> explain(Examples pictures, Target target, Run run);
}
