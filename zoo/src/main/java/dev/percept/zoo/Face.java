package dev.percept.zoo;

import static dev.percept.zoo.Outline.circle;
import static dev.percept.zoo.Outline.curve;

import java.awt.Color;

/** Eyes and mouths; they belong to the head. */
final class Face {
  private static final Color INK = new Color(0x26222b);

  private Face() {}

  static void eye(Sketch sketch, double x, double y, double r) {
    sketch.fill(Part.HEAD, circle(x, y, r), Color.WHITE);
    sketch.fill(Part.HEAD, circle(x + 0.2 * r, y, 0.66 * r), INK);
    sketch.fill(Part.HEAD, circle(x + 0.4 * r, y - 0.25 * r, 0.22 * r), Color.WHITE);
  }

  static void smile(Sketch sketch, double x, double y, double width) {
    double w = width / 2;
    sketch.line(
        Part.HEAD,
        curve(x - w, y, x - w / 2, y + w * 0.8, x + w / 2, y + w * 0.8, x + w, y),
        0.05,
        INK);
  }
}
