package dev.percept.text;

import org.jspecify.annotations.Nullable;

/**
 * Where texts and their labels stand in a file of columns.
 *
 * @param text name of the column, or its number from 1 where the file has no line of names; null to
 *     have it guessed
 * @param label the same for labels; null to have it guessed, or for none
 */
public record TextColumns(@Nullable String text, @Nullable String label) {
  /** Both guessed. */
  public static final TextColumns GUESSED = new TextColumns(null, null);
}
