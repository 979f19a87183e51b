package dev.percept.zoo;

import static dev.percept.zoo.Outline.polyline;

import java.awt.Color;

/** Legs of cats and tortoises: the same round pillars, so that legs alone tell neither. */
final class Limbs {
  private Limbs() {}

  /** Four legs under a trunk that reaches {@code reach} to either side, down to {@code ground}. */
  static void four(Sketch sketch, Dice dice, Color color, double reach, double ground) {
    double stride = dice.in(-0.16, 0.16);
    double[] hips = {-reach, -reach + 0.3, reach - 0.38, reach - 0.08};
    for (int i = 0; i < 4; i++) {
      double foot = hips[i] + (i % 2 == 0 ? stride : -stride);
      sketch.limb(
          Part.LEGS,
          polyline(hips[i], 0.25, hips[i], 0.45, foot, ground - 0.1),
          0.2,
          i % 2 == 0 ? color : Coat.shade(color, 0.85));
    }
  }
}
