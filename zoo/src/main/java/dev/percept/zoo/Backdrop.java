package dev.percept.zoo;

import static dev.percept.zoo.Outline.circle;
import static dev.percept.zoo.Outline.curve;
import static dev.percept.zoo.Outline.ellipse;
import static dev.percept.zoo.Outline.polygon;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.geom.Rectangle2D;

/** What lies behind a creature, in pixels. All of it is {@link Part#SCENERY}. */
enum Backdrop {
  GRASS {
    @Override
    void paint(Sketch sketch, Dice dice) {
      double horizon = dice.in(26, 46);
      sky(sketch, dice, horizon + 8, new Color(0x9cc8ec), new Color(0xdff0fa));
      Color green = Coat.shade(new Color(0x6aa84f), dice.in(0.85, 1.15));
      hill(sketch, dice, horizon, Coat.mix(green, new Color(0xffffff), 0.25));
      hill(sketch, dice, horizon + 9, green);
      for (int i = 0; i < 26; i++) {
        double x = dice.in(0, SIZE);
        double y = dice.in(horizon + 16, SIZE + 4);
        double h = dice.in(4, 9);
        Color blade = Coat.shade(green, dice.in(0.7, 1.2));
        sketch.fill(Part.SCENERY, polygon(x - 1, y, x + 1, y, x + dice.in(-3, 3), y - h), blade);
      }
      for (int i = dice.integer(5); i > 0; i--) {
        double x = dice.in(4, SIZE - 4);
        double y = dice.in(horizon + 18, SIZE - 3);
        Color petal = dice.chance(0.5) ? Color.WHITE : new Color(0xf4d35e);
        sketch.fill(Part.SCENERY, circle(x, y, 2.2), petal);
        sketch.fill(Part.SCENERY, circle(x, y, 0.9), new Color(0xd98324));
      }
    }
  },
  WATER {
    @Override
    void paint(Sketch sketch, Dice dice) {
      Color top = Coat.shade(new Color(0x7cc7e0), dice.in(0.88, 1.08));
      Color deep = Coat.shade(new Color(0x2b6c9e), dice.in(0.85, 1.15));
      ground(sketch, 0, top, deep);
      for (int i = 0; i < 9; i++) {
        double x = dice.in(-8, SIZE - 12);
        double y = dice.in(4, SIZE - 4);
        double w = dice.in(8, 15);
        Color crest = Coat.mix(Coat.mix(top, deep, y / SIZE), Color.WHITE, dice.in(0.15, 0.4));
        sketch.line(
            Part.SCENERY, curve(x, y, x + w / 3, y - 3, x + w / 1.5, y + 3, x + w, y), 1.3, crest);
      }
      for (int i = 3 + dice.integer(6); i > 0; i--) {
        double r = dice.in(1.2, 3);
        double x = dice.in(3, SIZE - 3);
        double y = dice.in(3, SIZE - 3);
        sketch.line(Part.SCENERY, circle(x, y, r), 0.9, Coat.mix(top, Color.WHITE, 0.6));
      }
    }
  },
  SNOW {
    @Override
    void paint(Sketch sketch, Dice dice) {
      double horizon = dice.in(34, 56);
      sky(sketch, dice, horizon + 8, new Color(0xaab8cc), new Color(0xdbe3ec));
      hill(sketch, dice, horizon, new Color(0xdfe8f2));
      hill(sketch, dice, horizon + 10, new Color(0xf6f9fc));
      for (int i = 0; i < 24; i++) {
        sketch.fill(
            Part.SCENERY,
            circle(dice.in(0, SIZE), dice.in(0, SIZE), dice.in(0.8, 1.7)),
            dice.chance(0.7) ? Color.WHITE : new Color(0xcfd9e6));
      }
    }
  },
  SKY {
    @Override
    void paint(Sketch sketch, Dice dice) {
      Color[] tops = {new Color(0x6fb1e8), new Color(0x8a9fd6), new Color(0xf0a987)};
      Color top = Coat.shade(dice.of(tops), dice.in(0.92, 1.06));
      ground(sketch, 0, top, Coat.mix(top, new Color(0xfff1dc), 0.75));
      for (int i = 2 + dice.integer(3); i > 0; i--) {
        double x = dice.in(0, SIZE);
        double y = dice.in(6, SIZE - 6);
        double w = dice.in(6, 12);
        Color white = Coat.mix(top, Color.WHITE, dice.in(0.65, 0.95));
        sketch.fill(Part.SCENERY, ellipse(x, y, w, w * 0.38), white);
        sketch.fill(Part.SCENERY, circle(x - w * 0.3, y - w * 0.25, w * 0.38), white);
        sketch.fill(Part.SCENERY, circle(x + w * 0.25, y - w * 0.3, w * 0.45), white);
      }
    }
  },
  STUDIO {
    @Override
    void paint(Sketch sketch, Dice dice) {
      Color[] papers = {
        new Color(0xd9d4c7), new Color(0xc9d6d2), new Color(0xe4d3cf), new Color(0xb9b6c9)
      };
      Color paper = Coat.shade(dice.of(papers), dice.in(0.8, 1.1));
      ground(sketch, 0, paper, Coat.shade(paper, dice.in(0.85, 1.1)));
    }
  };

  private static final double SIZE = Creatures.SIDE;

  abstract void paint(Sketch sketch, Dice dice);

  private static void ground(Sketch sketch, double from, Color top, Color bottom) {
    sketch.fill(
        Part.SCENERY,
        new Rectangle2D.Double(0, from, SIZE, SIZE - from),
        new GradientPaint(0, (float) from, top, 0, (float) SIZE, bottom));
  }

  private static void sky(Sketch sketch, Dice dice, double to, Color top, Color low) {
    Color tinted = Coat.shade(top, dice.in(0.9, 1.1));
    sketch.fill(
        Part.SCENERY,
        new Rectangle2D.Double(0, 0, SIZE, to + 8),
        new GradientPaint(0, 0, tinted, 0, (float) to, low));
  }

  private static void hill(Sketch sketch, Dice dice, double y, Color color) {
    java.awt.geom.Path2D.Double path = new java.awt.geom.Path2D.Double();
    path.moveTo(-2, y + dice.in(-4, 4));
    path.curveTo(
        SIZE * 0.3,
        y + dice.in(-9, 5),
        SIZE * 0.7,
        y + dice.in(-5, 9),
        SIZE + 2,
        y + dice.in(-4, 4));
    path.lineTo(SIZE + 2, SIZE + 2);
    path.lineTo(-2, SIZE + 2);
    path.closePath();
    sketch.fill(Part.SCENERY, path, color);
  }
}
