package dev.percept.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A piece of a sentence: text, a concept (the page says its name, or its number and best crop), or
 * a link to a section.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Part(@Nullable String t, @Nullable Integer c, @Nullable String to) {

  /** Builds a sentence. */
  static final class Sentence {
    private final List<Part> parts = new ArrayList<>();

    Sentence text(String text) {
      parts.add(new Part(text, null, null));
      return this;
    }

    Sentence concept(int id) {
      parts.add(new Part(null, id, null));
      return this;
    }

    Sentence link(String section, String text) {
      parts.add(new Part(text, null, section));
      return this;
    }

    List<Part> parts() {
      return List.copyOf(parts);
    }
  }
}
