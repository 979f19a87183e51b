package dev.percept.zoo;

import static dev.percept.zoo.Outline.circle;
import static dev.percept.zoo.Outline.curve;
import static dev.percept.zoo.Outline.drop;
import static dev.percept.zoo.Outline.ellipse;

import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.AffineTransform;

/** Wings with spots, a slim torso, feelers; seen from above. */
final class Butterfly implements Creature {
  @Override
  public double tilt() {
    return 35;
  }

  @Override
  public void draw(Sketch sketch, Coat coat, Dice dice) {
    double open = dice.in(-12, 12);
    double upper = dice.in(0.98, 1.15);
    double lower = dice.in(0.72, 0.85);
    double far = dice.in(0.72, 1);
    double dot = dice.in(0.13, 0.18);
    boolean eyed = dice.chance(0.5);
    Color ink = new Color(0x3a2f35);
    double bend = dice.in(-0.1, 0.2);
    for (int side = -1; side <= 1; side += 2) {
      AffineTransform mirror = AffineTransform.getScaleInstance(side < 0 ? -far : 1, 1);
      Shape hind = drop(0.04, 0.05, lower, 0.42, 42 + open);
      Shape fore = drop(0.04, -0.02, upper, 0.5, -36 + open);
      sketch.rimmed(
          Part.WINGS, mirror.createTransformedShape(hind), Coat.shade(coat.second(), 0.9));
      sketch.rimmed(Part.WINGS, mirror.createTransformedShape(fore), coat.second());
      spot(sketch, mirror, fore, 0.62, -0.62, dot * 1.3, coat, eyed);
      spot(sketch, mirror, fore, 0.42, -0.32, dot * 0.9, coat, false);
      spot(sketch, mirror, hind, 0.42, 0.38, dot, coat, eyed);
      Shape feeler =
          mirror.createTransformedShape(
              curve(0.04, -0.55, 0.1, -0.85, 0.2 + bend, -1, 0.34 + bend, -1.1));
      sketch.line(Part.ANTENNAE, feeler, 0.085, ink);
      sketch.fill(
          Part.ANTENNAE, mirror.createTransformedShape(circle(0.34 + bend, -1.1, 0.09)), ink);
    }
    sketch.rimmed(Part.TORSO, ellipse(0, 0.05, 0.13, 0.58), coat.main());
    sketch.rimmed(Part.TORSO, circle(0, -0.52, 0.15), coat.main());
  }

  private static void spot(
      Sketch sketch,
      AffineTransform mirror,
      Shape wing,
      double x,
      double y,
      double r,
      Coat coat,
      boolean eyed) {
    Shape ground = mirror.createTransformedShape(wing);
    sketch.on(Part.PATTERN, ground, mirror.createTransformedShape(circle(x, y, r)), coat.mark());
    if (eyed) {
      sketch.on(
          Part.PATTERN, ground, mirror.createTransformedShape(circle(x, y, r * 0.5)), coat.main());
    }
  }
}
