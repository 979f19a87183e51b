package dev.percept.core;

/** Somebody who watches long work. */
@FunctionalInterface
public interface Progress {
  /** Nobody watches. */
  Progress NONE = (what, steps) -> done -> {};

  /**
   * A stage of work begins.
   *
   * @param what for the user, for example {@code "crops"}
   * @param steps how many steps it has
   */
  Stage begin(String what, long steps);

  /** A stage under way. Safe for use from several threads. */
  @FunctionalInterface
  interface Stage extends AutoCloseable {
    /** {@code steps} more steps are done. */
    void advance(long steps);

    /** The stage has ended, well or not. */
    @Override
    default void close() {}
  }
}
