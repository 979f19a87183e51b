package dev.percept.report;

/** How a check came out; on the page a filled, half or empty dot with the word. */
enum Verdict {
  GOOD,
  DOUBTFUL,
  POOR;

  /**
   * {@code GOOD} from {@code good} up, {@code DOUBTFUL} from {@code doubtful} up, else {@code
   * POOR}.
   */
  static Verdict atLeast(double value, double good, double doubtful) {
    // A value that is not a number is at least nothing.
    return value >= good ? GOOD : value >= doubtful ? DOUBTFUL : POOR;
  }

  /** The same where less is better. */
  static Verdict atMost(double value, double good, double doubtful) {
    return value <= good ? GOOD : value <= doubtful ? DOUBTFUL : POOR;
  }

  /** This or {@code other}, whichever is worse. */
  Verdict worse(Verdict other) {
    return compareTo(other) >= 0 ? this : other;
  }

  String word() {
    return switch (this) {
      case GOOD -> "good";
      case DOUBTFUL -> "doubtful";
      case POOR -> "poor";
    };
  }
}
