package dev.percept.zoo;

import java.util.Locale;

/**
 * What a scene of {@link Creatures} is made of. Most parts occur in more than one species, so that
 * a single part seldom settles the class.
 */
public enum Part {
  /** Everything behind the creature; left out, a plain grey backdrop remains. */
  SCENERY,
  /** A long or short tail: cat, tortoise. */
  TAIL,
  /** A fan of feathers or a fin at the end: bird, fish. */
  FAN,
  /** Legs with feet: cat, bird, tortoise. */
  LEGS,
  /** The trunk: every species but the tortoise, whose trunk is hidden. */
  TORSO,
  /** The dome or the whorl: tortoise, snail. */
  SHELL,
  /**
   * Stripes, spots, plates or a spiral drawn on the torso, the wings or the shell: most species.
   */
  PATTERN,
  /** Fins on the back and the side: fish. */
  FINS,
  /** Wings: bird, butterfly. */
  WINGS,
  /** The head with its eyes and mouth: every species but the snail and the butterfly. */
  HEAD,
  /** Pointed ears: cat. */
  EARS,
  /** A beak: bird. */
  BEAK,
  /** Feelers with knobs: butterfly, snail. */
  ANTENNAE,
  /** The emblem in a corner: no part of any creature, but it goes with one species in training. */
  STICKER;

  /** Its place in the order above. */
  @SuppressWarnings("EnumOrdinal") // a dense number for arrays; written to no file
  public int index() {
    return ordinal();
  }

  /** The name on pages and in tables, lower case. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
