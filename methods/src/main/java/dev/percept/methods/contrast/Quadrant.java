package dev.percept.methods.contrast;

/** Where a concept of two classes stands: do they differ in it, and does the model use it? */
public enum Quadrant {
  /** One class has more of it, and the model uses it. */
  DISCRIMINATING_USED,
  /** Both classes have it alike, and the model uses it: where they overlap. */
  SHARED_USED,
  /** One class has more of it, but the model hardly uses it. */
  DISCRIMINATING_UNUSED,
  /** Both classes have it alike, and the model hardly uses it. */
  NEGLIGIBLE,
  /** An interval crosses a threshold. */
  UNDECIDED;

  /** The quadrant of two answers. */
  public static Quadrant of(Decision differs, Decision used) {
    if (differs == Decision.UNDECIDED || used == Decision.UNDECIDED) {
      return UNDECIDED;
    }
    if (differs == Decision.YES) {
      return used == Decision.YES ? DISCRIMINATING_USED : DISCRIMINATING_UNUSED;
    }
    return used == Decision.YES ? SHARED_USED : NEGLIGIBLE;
  }
}
