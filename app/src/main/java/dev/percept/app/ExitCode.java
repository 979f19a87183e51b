package dev.percept.app;

/** What the exit status says; part of the stable interface. */
public final class ExitCode {
  /** Everything went well. */
  public static final int OK = 0;

  /** A fault of Percept's own. */
  public static final int BUG = 1;

  /** A malformed command or option value. */
  public static final int USAGE = 2;

  /** Something that was named is missing or unfit: a file, a class, a layer, a bundle. */
  public static final int UNFIT = 3;

  /** A native engine cannot be loaded. */
  public static final int ENGINE = 4;

  /** Stopped by the user. */
  public static final int CANCELLED = 130;

  private ExitCode() {}
}
