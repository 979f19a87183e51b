package dev.percept.text;

import org.jspecify.annotations.Nullable;

/**
 * A text of a file.
 *
 * @param text as it stands there
 * @param label what the label column says; null where there is none
 * @param number of the row or line, from 1; a row of names counts
 */
public record TextRow(String text, @Nullable String label, long number) {}
