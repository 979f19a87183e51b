package dev.percept.zoo;

import java.util.Locale;

/** The classes of {@link Creatures}, in the order of the model's logits. */
public enum Species {
  CAT,
  BIRD,
  FISH,
  BUTTERFLY,
  TORTOISE,
  SNAIL;

  Creature creature() {
    return switch (this) {
      case CAT -> new Cat();
      case BIRD -> new Bird();
      case FISH -> new Fish();
      case BUTTERFLY -> new Butterfly();
      case TORTOISE -> new Tortoise();
      case SNAIL -> new Snail();
    };
  }

  /** Where it is at home. */
  Backdrop home(Dice dice) {
    boolean first = dice.chance(0.5);
    return switch (this) {
      case CAT, SNAIL -> first ? Backdrop.GRASS : Backdrop.SNOW;
      case BIRD, BUTTERFLY -> first ? Backdrop.SKY : Backdrop.GRASS;
      case FISH -> Backdrop.WATER;
      case TORTOISE -> first ? Backdrop.GRASS : Backdrop.WATER;
    };
  }

  /** Its place among the model's logits. */
  @SuppressWarnings("EnumOrdinal") // the order above is the order of the logits, by definition
  public int index() {
    return ordinal();
  }

  /** The name in labels, lower case. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
