package dev.percept.zoo;

import static dev.percept.zoo.Outline.circle;
import static dev.percept.zoo.Outline.polygon;
import static dev.percept.zoo.Outline.spiral;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.Rectangle2D;

/** Spots, stripes or a spiral: every species wears each of them as often, so they tell nothing. */
final class Patterns {
  private static final float LINE = 0.1f;

  private Patterns() {}

  /** One of the three on {@code ground}. */
  static void throwDice(Sketch sketch, Dice dice, Shape ground, Color color) {
    Rectangle2D box = ground.getBounds2D();
    switch (dice.integer(3)) {
      case 0 -> spots(sketch, dice, ground, box, color);
      case 1 -> stripes(sketch, dice, ground, box, color);
      default -> {
        double r = 0.42 * Math.min(box.getWidth(), box.getHeight());
        Shape line =
            new BasicStroke(LINE, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND)
                .createStrokedShape(
                    spiral(
                        box.getCenterX(),
                        box.getCenterY(),
                        r,
                        Math.max(1.2, Math.min(2.3, r / 0.25)),
                        dice.in(0, 360)));
        sketch.on(Part.PATTERN, ground, line, color);
      }
    }
  }

  private static void spots(Sketch sketch, Dice dice, Shape ground, Rectangle2D box, Color color) {
    for (int i = 0; i < 5; i++) {
      double x = box.getX() + box.getWidth() * (0.14 + 0.18 * i) + dice.in(-0.04, 0.04);
      double y = box.getCenterY() + box.getHeight() * (i % 2 == 0 ? -0.17 : 0.16);
      sketch.on(
          Part.PATTERN, ground, circle(x, y + dice.in(-0.05, 0.05), dice.in(0.1, 0.15)), color);
    }
  }

  private static void stripes(
      Sketch sketch, Dice dice, Shape ground, Rectangle2D box, Color color) {
    double top = box.getMinY();
    double bottom = box.getMinY() + 0.8 * box.getHeight();
    for (int i = 0; i < 4; i++) {
      double x = box.getX() + box.getWidth() * (0.2 + 0.2 * i) + dice.in(-0.03, 0.03);
      sketch.on(
          Part.PATTERN, ground, polygon(x - 0.07, top, x + 0.07, top, x + 0.01, bottom), color);
    }
  }
}
