package dev.percept.zoo;

import static dev.percept.zoo.Outline.circle;

import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.Rectangle2D;

/** Marks that several species share. */
final class Patterns {
  private Patterns() {}

  /** Five round spots on {@code ground}. */
  static void spots(Sketch sketch, Dice dice, Shape ground, Color color) {
    Rectangle2D box = ground.getBounds2D();
    for (int i = 0; i < 5; i++) {
      double x = box.getX() + box.getWidth() * (0.14 + 0.18 * i);
      double y = box.getCenterY() + box.getHeight() * (i % 2 == 0 ? -0.17 : 0.16);
      double r = dice.in(0.1, 0.15);
      sketch.on(
          Part.PATTERN,
          ground,
          circle(x + dice.in(-0.04, 0.04), y + dice.in(-0.05, 0.05), r),
          color);
    }
  }
}
