package dev.percept.zoo;

import static dev.percept.zoo.Outline.circle;
import static dev.percept.zoo.Outline.curve;
import static dev.percept.zoo.Outline.drop;
import static dev.percept.zoo.Outline.ellipse;

import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Area;

/** Wings with a pattern, a slim torso, feelers; seen from above. */
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
    Color ink = new Color(0x3a2f35);
    double bend = dice.in(-0.1, 0.2);
    Area wings = new Area();
    for (int side = -1; side <= 1; side += 2) {
      AffineTransform mirror = AffineTransform.getScaleInstance(side < 0 ? -far : 1, 1);
      Shape hind = mirror.createTransformedShape(drop(0.04, 0.05, lower, 0.42, 42 + open));
      Shape fore = mirror.createTransformedShape(drop(0.04, -0.02, upper, 0.5, -36 + open));
      sketch.rimmed(
          Part.WINGS, mirror.createTransformedShape(hind), Coat.shade(coat.second(), 0.9));
      sketch.rimmed(Part.WINGS, hind, Coat.shade(coat.second(), 0.9));
      sketch.rimmed(Part.WINGS, fore, coat.second());
      wings.add(new Area(hind));
      wings.add(new Area(fore));
      Shape feeler =
          mirror.createTransformedShape(
              curve(0.04, -0.55, 0.1, -0.85, 0.2 + bend, -1, 0.34 + bend, -1.1));
      sketch.line(Part.ANTENNAE, feeler, 0.13, ink);
      sketch.fill(
          Part.ANTENNAE, mirror.createTransformedShape(circle(0.34 + bend, -1.1, 0.14)), ink);
    }
    Patterns.throwDice(sketch, dice, wings, coat.mark());
    sketch.rimmed(Part.TORSO, ellipse(0, 0.05, 0.13, 0.58), coat.main());
    sketch.rimmed(Part.TORSO, circle(0, -0.52, 0.15), coat.main());
  }
}
