package dev.percept.methods.contrast;

/**
 * How much of what two classes rest on is common to both. Every concept weighs as much as its share
 * of the importance, averaged over the two classes; the three parts add up to 1.
 *
 * @param shared on concepts that both have alike
 * @param discriminating on concepts that one has more of
 * @param undecided on the others
 * @param verdict what follows
 */
public record Overlap(Part shared, Part discriminating, double undecided, Verdict verdict) {

  /**
   * A part, with a 95 % bootstrap interval over examples of both classes.
   *
   * @param value 0 to 1
   * @param low lower end
   * @param high upper end
   */
  public record Part(double value, double low, double high) {}

  /** What can be said of a pair of classes. */
  public enum Verdict {
    /** More than half of the importance lies on what both share, for certain. */
    OVERLAPPING,
    /** More than half of the importance lies on what tells them apart, for certain. */
    DISTINCT,
    /** Neither can be said. */
    UNDECIDED
  }

  static Overlap of(Part shared, Part discriminating) {
    Verdict verdict =
        shared.low > 0.5
            ? Verdict.OVERLAPPING
            : discriminating.low > 0.5 ? Verdict.DISTINCT : Verdict.UNDECIDED;
    return new Overlap(
        shared, discriminating, Math.max(0, 1 - shared.value - discriminating.value), verdict);
  }
}
