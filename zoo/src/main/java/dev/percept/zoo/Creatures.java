package dev.percept.zoo;

import static dev.percept.zoo.Outline.circle;
import static dev.percept.zoo.Outline.star;

import java.awt.Color;
import java.awt.geom.AffineTransform;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Small pictures drawn by code, with what no photograph has: the truth. Every scene shows one
 * creature of a {@link Species}, made of {@link Part}s that species share, over a backdrop that
 * goes with the species more often than not. One species carries a sticker in a corner most of the
 * time, the others hardly ever: a network may learn the sticker, and an explanation should say so.
 *
 * <p>A scene depends on its split and number alone, never on other scenes or on the machine.
 */
public final class Creatures {
  /** Width and height of a picture in pixels. */
  public static final int SIDE = 96;

  /** The species that the sticker goes with. */
  public static final Species STICKER_SPECIES = Species.FISH;

  /** How often that species carries the sticker. */
  public static final double STICKER_RATE = 0.9;

  /** How often any other species does. */
  public static final double STICKER_ELSEWHERE = 0.02;

  /** How often a creature is seen where its species is at home; otherwise anywhere. */
  private static final double AT_HOME = 0.4;

  private Creatures() {}

  /** The names of the classes, in the order of the model's logits. */
  public static List<String> labels() {
    return Stream.of(Species.values()).map(Species::label).toList();
  }

  /**
   * Scene {@code index} of a split. Species take turns: scene {@code index} shows species {@code
   * index mod 6}.
   *
   * @throws IllegalArgumentException if {@code index} is negative
   */
  public static Scene scene(Split split, int index) {
    if (index < 0) {
      throw new IllegalArgumentException("scene: index must be at least 0, found " + index);
    }
    Species[] all = Species.values();
    Species species = all[index % all.length];
    // One stream a scene: an odd factor, then SplittableRandom's own mixing.
    Dice dice = new Dice((split.stream() * 0x9e3779b97f4a7c15L) ^ (index * 0xd1342543de82ef95L));
    Sketch sketch = new Sketch();
    Backdrop backdrop = dice.chance(AT_HOME) ? species.home(dice) : dice.of(Backdrop.values());
    backdrop.paint(sketch, dice);
    sketch.pose(pose(species.creature().tilt(), dice));
    species.creature().draw(sketch, Coat.throwDice(dice), dice);
    double rate = species == STICKER_SPECIES ? STICKER_RATE : STICKER_ELSEWHERE;
    if (dice.chance(rate)) {
      sticker(sketch, dice);
    }
    return new Scene(split, index, species, sketch.layers());
  }

  /** Scenes {@code from} to {@code to - 1} among those of {@code species}, counted from 0. */
  public static List<Scene> scenes(Split split, Species species, int from, int to) {
    int step = Species.values().length;
    return IntStream.range(from, to)
        .mapToObj(k -> scene(split, k * step + species.index()))
        .toList();
  }

  private static AffineTransform pose(double tilt, Dice dice) {
    double scale = dice.in(25, 36);
    // Larger creatures have less room, so that at most a tip is cut off.
    double aside = Math.max(2, SIDE / 2.0 - scale * 1.25);
    double above = Math.max(2, SIDE / 2.0 - scale * 1.1);
    double x = SIDE / 2.0 + dice.in(-aside, aside);
    double y = SIDE / 2.0 + dice.in(-above, above);
    double turn = dice.in(-tilt, tilt);
    boolean flipped = dice.chance(0.5);
    AffineTransform pose = AffineTransform.getTranslateInstance(x, y);
    pose.concatenate(Outline.turn(turn));
    pose.scale(flipped ? -scale : scale, scale);
    return pose;
  }

  private static void sticker(Sketch sketch, Dice dice) {
    double r = dice.in(7.5, 9.5);
    double near = r + dice.in(1.5, 4);
    double x = dice.chance(0.5) ? near : SIDE - near;
    double y = dice.chance(0.5) ? near : SIDE - near;
    sketch.pose(new AffineTransform());
    sketch.fill(Part.STICKER, circle(x, y, r), Color.WHITE);
    sketch.fill(Part.STICKER, circle(x, y, r - 1.2), new Color(0xc2187a));
    double turn = dice.in(-25, 25);
    sketch.fill(
        Part.STICKER, Outline.turned(star(x, y, r * 0.66, 5), turn, x, y), new Color(0xffe14d));
  }
}
