package dev.percept.zoo;

import static dev.percept.zoo.Outline.circle;
import static dev.percept.zoo.Outline.curve;

import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.Path2D;

/** A creeping torso with a raised front, feelers, a round shell with a pattern. */
final class Snail implements Creature {
  @Override
  public double tilt() {
    return 12;
  }

  @Override
  public void draw(Sketch sketch, Coat coat, Dice dice) {
    double lean = dice.in(-0.1, 0.14);
    double up = dice.in(-0.16, 0.08);
    Color skin = coat.main();
    for (int i = 0; i < 2; i++) {
      double from = 0.8 + 0.2 * i + lean;
      double tip = from + 0.02 + 0.16 * i + dice.in(-0.08, 0.1);
      double top = -0.72 + up + dice.in(-0.08, 0.08);
      sketch.line(
          Part.ANTENNAE,
          curve(from, -0.2 + up, from, -0.4 + up, tip, -0.5 + up, tip, top),
          0.15,
          Coat.darker(skin));
      sketch.fill(Part.ANTENNAE, circle(tip, top, 0.14), new Color(0x2f2830));
    }
    Path2D foot = new Path2D.Double();
    foot.moveTo(-1.2, 0.68);
    foot.curveTo(-0.9, 0.3, -0.4, 0.3, 0.3, 0.3);
    foot.curveTo(0.62, 0.28, 0.62, -0.2 + up, 0.72 + lean, -0.24 + up);
    foot.curveTo(0.9 + lean, -0.42 + up, 1.25 + lean, -0.3 + up, 1.16 + lean, 0 + up);
    foot.curveTo(1.12, 0.35, 1.0, 0.66, 0.8, 0.68);
    foot.closePath();
    sketch.rimmed(Part.TORSO, foot, skin);
    sketch.line(
        Part.TORSO,
        curve(
            0.92 + lean,
            -0.02 + up,
            0.98 + lean,
            0.06 + up,
            1.04 + lean,
            0.06 + up,
            1.1 + lean,
            0 + up),
        0.05,
        new Color(0x26222b));
    double r = dice.in(0.56, 0.66);
    Shape shell = circle(-0.2, -0.08, r);
    sketch.rimmed(Part.SHELL, shell, coat.second());
    Patterns.throwDice(sketch, dice, shell, coat.mark());
  }
}
