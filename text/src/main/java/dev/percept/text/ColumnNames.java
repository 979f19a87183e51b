package dev.percept.text;

import dev.percept.core.PerceptException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Which column holds texts, and which labels. */
record ColumnNames(List<String> names, String file) {
  private static final List<String> TEXTS =
      List.of("text", "sentence", "review", "content", "document", "comment", "query", "body");
  private static final List<String> LABELS =
      List.of("label", "class", "category", "target", "sentiment", "intent", "topic");

  /** The column of texts. */
  int text(@Nullable String asked) {
    if (asked != null) {
      return named(asked, "--text-column");
    }
    if (names.size() == 1) {
      return 0;
    }
    int found = guess(TEXTS);
    if (found < 0) {
      throw new PerceptException(
          "which column of '" + file + "' holds the texts? Say so with --text-column: " + list());
    }
    return found;
  }

  /** The column of labels; -1 if there is none. */
  int label(@Nullable String asked, int text) {
    if (asked != null) {
      return named(asked, "--label-column");
    }
    int found = guess(LABELS);
    boolean several = found < 0 && names.stream().filter(n -> LABELS.contains(key(n))).count() > 1;
    if (several) {
      throw new PerceptException(
          "which column of '" + file + "' holds the labels? Say so with --label-column: " + list());
    }
    return found == text ? -1 : found;
  }

  /** The one column with a usual name; -1 if there is none, or more than one. */
  private int guess(List<String> usual) {
    int found = -1;
    for (int i = 0; i < names.size(); i++) {
      if (usual.contains(key(names.get(i)))) {
        if (found >= 0) {
          return -1;
        }
        found = i;
      }
    }
    return found;
  }

  private int named(String asked, String option) {
    int exact = names.indexOf(asked);
    if (exact >= 0) {
      return exact;
    }
    for (int i = 0; i < names.size(); i++) {
      if (key(names.get(i)).equals(key(asked))) {
        return i;
      }
    }
    throw new PerceptException(
        "'" + file + "' has no column '" + asked + "' (" + option + "); it has " + list());
  }

  private String list() {
    return String.join(", ", names);
  }

  private static String key(String name) {
    return name.strip().toLowerCase(Locale.ROOT);
  }
}
