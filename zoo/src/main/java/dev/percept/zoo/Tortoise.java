package dev.percept.zoo;

import static dev.percept.zoo.Outline.ellipse;
import static dev.percept.zoo.Outline.polygon;
import static dev.percept.zoo.Outline.polyline;

import java.awt.Color;
import java.awt.geom.Path2D;

/** Tail, legs, a domed shell with a pattern, head on a neck. */
final class Tortoise implements Creature {
  @Override
  public double tilt() {
    return 8;
  }

  @Override
  public void draw(Sketch sketch, Coat coat, Dice dice) {
    Color skin = coat.main();
    double wag = dice.in(-0.12, 0.15);
    sketch.rimmed(Part.TAIL, polygon(-0.7, 0.12, -0.7, 0.42, -1.18, 0.42 + wag), skin);
    Limbs.four(sketch, dice, skin, 0.64, 0.82);
    double x = 1.02 + dice.in(-0.06, 0.1);
    double y = -0.12 + dice.in(-0.22, 0.2);
    sketch.limb(Part.HEAD, polyline(0.62, 0.25, x - 0.12, y + 0.1), 0.24, skin);
    sketch.rimmed(Part.HEAD, ellipse(x, y, 0.27, 0.24), skin);
    Face.eye(sketch, x + 0.08, y - 0.06, 0.1);
    Face.smile(sketch, x + 0.12, y + 0.1, 0.2);
    double top = dice.in(-0.62, -0.46);
    Path2D shell = new Path2D.Double();
    shell.moveTo(-0.9, 0.36);
    shell.curveTo(-0.85, top - 0.15, -0.35, top - 0.1, 0, top - 0.1);
    shell.curveTo(0.35, top - 0.1, 0.85, top - 0.15, 0.9, 0.36);
    shell.quadTo(0, 0.56, -0.9, 0.36);
    shell.closePath();
    sketch.rimmed(Part.SHELL, shell, coat.second());
    Patterns.throwDice(sketch, dice, shell, coat.mark());
    sketch.line(
        Part.SHELL, polyline(-0.84, 0.34, 0, 0.44, 0.84, 0.34), 0.08, Coat.darker(coat.second()));
  }
}
