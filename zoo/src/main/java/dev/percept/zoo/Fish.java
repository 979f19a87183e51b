package dev.percept.zoo;

import static dev.percept.zoo.Outline.drop;
import static dev.percept.zoo.Outline.ellipse;
import static dev.percept.zoo.Outline.fan;
import static dev.percept.zoo.Outline.polygon;

import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.Path2D;

/** Tail fan, fins, torso with a pattern, head. */
final class Fish implements Creature {
  @Override
  public double tilt() {
    return 18;
  }

  @Override
  public void draw(Sketch sketch, Coat coat, Dice dice) {
    sketch.rimmed(Part.FAN, fan(-0.6, 0, 0.68, 0.5, dice.in(-14, 14)), coat.second());
    double high = dice.in(0.2, 0.36);
    Path2D back = new Path2D.Double();
    back.moveTo(-0.45, -0.3);
    back.quadTo(-0.25, -0.55 - high, 0.05, -0.5 - high);
    back.quadTo(0.1, -0.45, 0.42, -0.32);
    back.closePath();
    sketch.rimmed(Part.FINS, back, coat.second());
    sketch.rimmed(Part.FINS, polygon(-0.15, 0.34, 0.22, 0.38, -0.2, 0.55 + high), coat.second());
    Shape torso = ellipse(0.05, 0, 0.86, 0.48 + dice.in(-0.05, 0.06));
    sketch.rimmed(Part.TORSO, torso, coat.main());
    Patterns.throwDice(sketch, dice, ellipse(-0.15, 0, 0.6, 0.42), coat.mark());
    Shape cheek = ellipse(0.78, 0, 0.36, 0.6);
    sketch.on(Part.HEAD, torso, cheek, Coat.mix(coat.main(), Color.WHITE, 0.35));
    Face.eye(sketch, 0.62, -0.12, 0.13);
    Face.smile(sketch, 0.74, 0.12, 0.18);
    sketch.rimmed(Part.FINS, drop(0.28, 0.08, 0.42, 0.2, 150 + dice.in(-20, 25)), coat.second());
  }
}
