package dev.percept.zoo;

import static dev.percept.zoo.Outline.circle;
import static dev.percept.zoo.Outline.curve;
import static dev.percept.zoo.Outline.ellipse;
import static dev.percept.zoo.Outline.polygon;
import static dev.percept.zoo.Outline.polyline;
import static dev.percept.zoo.Outline.turned;

import java.awt.Color;
import java.awt.Shape;

/** Tail, legs, torso with a pattern, ears, head with whiskers. */
final class Cat implements Creature {
  @Override
  public double tilt() {
    return 8;
  }

  @Override
  public void draw(Sketch sketch, Coat coat, Dice dice) {
    Color fur = coat.main();
    double sway = dice.in(-0.35, 0.35);
    sketch.limb(
        Part.TAIL,
        curve(-0.7, 0.05, -1.35, 0.15, -0.85 + sway, -0.75, -1.3 + sway, -0.95),
        0.19,
        fur);
    Limbs.four(sketch, dice, Coat.shade(fur, 0.9), 0.62, 0.95);
    Shape torso = ellipse(-0.05, 0.12, 0.82, 0.46);
    sketch.rimmed(Part.TORSO, torso, fur);
    Patterns.throwDice(sketch, dice, torso, coat.mark());
    double x = 0.72 + dice.in(-0.08, 0.1);
    double y = -0.42 + dice.in(-0.12, 0.15);
    double nod = dice.in(-14, 14);
    ear(sketch, fur, x, y, nod - 24);
    ear(sketch, fur, x, y, nod + 24);
    sketch.rimmed(Part.HEAD, turned(ellipse(x, y, 0.47, 0.41), nod, x, y), fur);
    Face.eye(sketch, x - 0.17, y - 0.06, 0.12);
    Face.eye(sketch, x + 0.19, y - 0.06, 0.12);
    sketch.fill(Part.HEAD, ellipse(x + 0.02, y + 0.1, 0.07, 0.05), new Color(0xc96a72));
    Face.smile(sketch, x + 0.02, y + 0.18, 0.2);
    for (int side = -1; side <= 1; side += 2) {
      for (int i = 0; i < 2; i++) {
        double from = x + side * 0.2;
        double low = y + 0.14 + 0.09 * i;
        sketch.line(
            Part.HEAD,
            polyline(from, low, from + side * 0.42, low + 0.05 * (2 * i - 1)),
            0.03,
            new Color(0x3a3038));
      }
    }
  }

  private static void ear(Sketch sketch, Color fur, double x, double y, double degrees) {
    Shape outer = polygon(x - 0.22, y - 0.28, x + 0.22, y - 0.28, x + 0.02, y - 0.86);
    Shape inner = polygon(x - 0.1, y - 0.34, x + 0.11, y - 0.34, x + 0.01, y - 0.68);
    sketch.rimmed(Part.EARS, turned(outer, degrees, x, y), fur);
    sketch.fill(Part.EARS, turned(inner, degrees, x, y), new Color(0xe8a9a4));
    // A dot of fur where ears and head meet hides the seam.
    sketch.fill(Part.EARS, turned(circle(x, y - 0.3, 0.12), degrees, x, y), fur);
  }
}
