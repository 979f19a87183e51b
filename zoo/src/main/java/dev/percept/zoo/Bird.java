package dev.percept.zoo;

import static dev.percept.zoo.Outline.circle;
import static dev.percept.zoo.Outline.drop;
import static dev.percept.zoo.Outline.ellipse;
import static dev.percept.zoo.Outline.fan;
import static dev.percept.zoo.Outline.polygon;
import static dev.percept.zoo.Outline.polyline;
import static dev.percept.zoo.Outline.turned;

import java.awt.Color;
import java.awt.Shape;

/** Fan of tail feathers, wings, legs, torso with a pattern, head, beak. */
final class Bird implements Creature {
  @Override
  public double tilt() {
    return 14;
  }

  @Override
  public void draw(Sketch sketch, Coat coat, Dice dice) {
    double lift = dice.in(-55, 25);
    Color orange = new Color(0xe08a2e);
    wing(sketch, coat.second(), 0.12, -0.16, 180 - lift * 0.8, 0.8);
    Shape tail = fan(-0.45, 0.08, 0.75, 0.36, dice.in(-12, 22));
    sketch.rimmed(Part.FAN, tail, coat.second());
    double step = dice.in(-0.12, 0.12);
    for (int i = 0; i < 2; i++) {
      double hip = -0.1 + 0.3 * i;
      double foot = hip + (i == 0 ? step : -step);
      sketch.line(Part.LEGS, polyline(hip, 0.3, foot, 0.92), 0.09, orange);
      sketch.line(
          Part.LEGS, polyline(foot - 0.12, 0.94, foot, 0.9, foot + 0.2, 0.94), 0.08, orange);
    }
    Shape torso = turned(ellipse(0.02, 0.05, 0.66, 0.43), -16, 0, 0);
    sketch.rimmed(Part.TORSO, torso, coat.main());
    sketch.on(
        Part.TORSO,
        turned(ellipse(0.02, 0.05, 0.6, 0.38), -16, 0, 0),
        ellipse(0.3, 0.32, 0.45, 0.34),
        Coat.mix(coat.main(), Color.WHITE, 0.45));
    Patterns.throwDice(sketch, dice, torso, coat.mark());
    double x = 0.6 + dice.in(-0.05, 0.08);
    double y = -0.42 + dice.in(-0.1, 0.08);
    double open = dice.in(0, 0.1);
    sketch.rimmed(
        Part.BEAK,
        polygon(x + 0.2, y + 0.02, x + 0.3, y + 0.24, x + 0.64, y + 0.1 + open),
        Coat.shade(orange, 0.85));
    sketch.rimmed(
        Part.BEAK,
        polygon(x + 0.22, y - 0.14, x + 0.24, y + 0.12, x + 0.7, y + 0.08 - open),
        orange);
    sketch.rimmed(Part.HEAD, circle(x, y, 0.33), coat.main());
    Face.eye(sketch, x + 0.1, y - 0.07, 0.11);
    wing(sketch, coat.second(), 0.2, -0.05, 180 + lift, 0.98);
  }

  private static void wing(
      Sketch sketch, Color color, double x, double y, double degrees, double length) {
    sketch.rimmed(Part.WINGS, drop(x, y, length, 0.36, degrees), color);
    sketch.line(
        Part.WINGS,
        turned(polyline(x + 0.3, y - 0.02, x + length * 0.85, y - 0.06), degrees, x, y),
        0.05,
        Coat.darker(color));
  }
}
