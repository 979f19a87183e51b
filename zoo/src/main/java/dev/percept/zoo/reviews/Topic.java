package dev.percept.zoo.reviews;

import java.util.Locale;

/**
 * The classes of {@link Reviews}, in the order of the model's logits: what marketing asks about.
 */
public enum Topic {
  /** How it feels. */
  TEXTURE,
  /** How it is put on. */
  APPLICATION,
  /** How it smells. */
  SCENT,
  /** What it costs. */
  PRICE,
  /** What it is made of. Shares no word with {@link #PRICE}. */
  INGREDIENTS,
  /** How it is wrapped and shown. */
  PRESENTATION,
  /** How it is drawn and shaped. Shares most words with {@link #PRESENTATION}. */
  DESIGN,
  /** How it got here. */
  DELIVERY,
  /** What it does to the face. */
  SKIN,
  /** Whether it keeps from drying; shares words with {@link #SKIN}. */
  MOISTURE,
  /** Its colour. */
  SHADE,
  /** What it hides; shares words with {@link #SHADE}. */
  COVERAGE,
  /** How long it holds. */
  LONGEVITY,
  /** Pump, cap and lid. */
  CONTAINER,
  /** Who answers complaints. */
  SERVICE,
  /** Who makes it. */
  BRAND,
  /** Whether it will be bought again; shares words with {@link #BRAND}. */
  LOYALTY,
  /** Animals and the planet. */
  ETHICS,
  /** Whether it irritates. */
  TOLERANCE,
  /** Protection from the sun. */
  SUN,
  /** What it does to hair. */
  HAIR,
  /** How much of it there is. */
  AMOUNT;

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
