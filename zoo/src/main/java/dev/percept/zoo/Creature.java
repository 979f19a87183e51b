package dev.percept.zoo;

/**
 * How a species is drawn: parts from the back to the front, looking to the right, in coordinates
 * where y points down and the creature reaches from about -1.2 to 1.2.
 */
interface Creature {
  /** How far the whole may be tilted, degrees to either side. */
  double tilt();

  /** Draws it in a pose thrown by {@code dice}. */
  void draw(Sketch sketch, Coat coat, Dice dice);
}
