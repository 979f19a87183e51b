package dev.percept.zoo;

import java.awt.Color;

/**
 * Colours of a creature. Every species takes them from one palette, so that colour tells nothing.
 *
 * @param main of the torso
 * @param second of wings, fins, shell
 * @param mark of the pattern
 */
record Coat(Color main, Color second, Color mark) {
  private static final Color[] PALETTE = {
    new Color(0xd98e4a), new Color(0x9a6b48), new Color(0xe6c27a), new Color(0x8d8f98),
    new Color(0xc4604a), new Color(0x6f8f5a), new Color(0x5f86b3), new Color(0xb79ad0),
    new Color(0xe9ddc8), new Color(0x4f5560), new Color(0x3fa196), new Color(0xd9a6a0),
  };
  private static final Color[] MARKS = {
    new Color(0x4a3526), new Color(0xfff4dc), new Color(0x2d3340), new Color(0xf2c14e),
  };

  /** A coat whose three colours can be told apart. */
  static Coat throwDice(Dice dice) {
    Color main = shade(dice.of(PALETTE), dice.in(0.88, 1.08));
    Color second = other(PALETTE, dice, main);
    Color mark = other(MARKS, dice, main, second);
    return new Coat(main, second, mark);
  }

  private static Color other(Color[] from, Dice dice, Color... taken) {
    Color best = from[0];
    double widest = -1;
    // A few throws, then the one farthest from what is taken: varied, and never the same twice.
    for (int i = 0; i < 3; i++) {
      Color c = dice.of(from);
      double nearest = Double.MAX_VALUE;
      for (Color t : taken) {
        nearest = Math.min(nearest, distance(c, t));
      }
      if (nearest > widest) {
        widest = nearest;
        best = c;
      }
    }
    return shade(best, dice.in(0.92, 1.06));
  }

  private static double distance(Color a, Color b) {
    return Math.abs(a.getRed() - b.getRed())
        + Math.abs(a.getGreen() - b.getGreen())
        + Math.abs(a.getBlue() - b.getBlue());
  }

  static Color darker(Color c) {
    return shade(c, 0.62);
  }

  static Color shade(Color c, double factor) {
    return new Color(
        clamp(c.getRed() * factor), clamp(c.getGreen() * factor), clamp(c.getBlue() * factor));
  }

  /** {@code a} mixed with a share of {@code b}. */
  static Color mix(Color a, Color b, double share) {
    return new Color(
        clamp(a.getRed() + share * (b.getRed() - a.getRed())),
        clamp(a.getGreen() + share * (b.getGreen() - a.getGreen())),
        clamp(a.getBlue() + share * (b.getBlue() - a.getBlue())));
  }

  private static int clamp(double v) {
    return (int) Math.max(0, Math.min(255, Math.round(v)));
  }
}
