package dev.percept.bundle;

import dev.percept.core.PerceptException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Names that a reader gave to concepts: {@code {"names": {"<class index>": {"<concept id>":
 * "canopy"}}}}, as the page saves it.
 */
public final class Names {
  /** The longest name, in characters. */
  public static final int MAX_LENGTH = 80;

  /** The largest file that is read. */
  public static final long MAX_BYTES = 4 << 20;

  /** No names. */
  public static final Names NONE = new Names(Map.of());

  private final Map<Integer, Map<Integer, String>> byClass;

  private Names(Map<Integer, Map<Integer, String>> byClass) {
    this.byClass = byClass;
  }

  /**
   * Names by class index, then concept id.
   *
   * @throws IllegalArgumentException if an index is negative, or a name is blank, longer than
   *     {@link #MAX_LENGTH} or has control characters
   */
  public static Names of(Map<Integer, ? extends Map<Integer, String>> names) {
    Map<Integer, Map<Integer, String>> copy = new TreeMap<>();
    names.forEach(
        (index, concepts) -> {
          Map<Integer, String> inner = new TreeMap<>();
          concepts.forEach((id, name) -> inner.put(checked(id), checked(name)));
          copy.put(checked(index), Collections.unmodifiableMap(inner));
        });
    return new Names(Collections.unmodifiableMap(copy));
  }

  /**
   * Reads {@code names.json}.
   *
   * @throws PerceptException if it is missing, too large, or not of the form above
   */
  public static Names read(Path file) {
    JsonNode root;
    try {
      long bytes = Files.size(file);
      if (bytes > MAX_BYTES) {
        throw unfit(file, "it has " + bytes + " bytes (at most " + MAX_BYTES + " are read)");
      }
      root = Json.strict().readTree(Files.readAllBytes(file));
    } catch (NoSuchFileException e) {
      throw new PerceptException(
          "there is no file " + file + "; save one from the page with 'Save names'", e);
    } catch (IOException e) {
      throw unfit(file, "it cannot be read (" + e.getMessage() + ")");
    } catch (JacksonException e) {
      throw unfit(file, "it is no JSON (" + e.getOriginalMessage() + ")");
    }
    JsonNode names = root.get("names");
    if (names == null || !names.isObject() || root.size() != 1) {
      throw unfit(file, "it is no object with the one field 'names'");
    }
    Map<Integer, Map<Integer, String>> byClass = new TreeMap<>();
    for (Map.Entry<String, JsonNode> e : names.properties()) {
      if (!e.getValue().isObject()) {
        throw unfit(
            file, "the names of class '" + BundlePaths.shown(e.getKey()) + "' are no object");
      }
      Map<Integer, String> inner = new TreeMap<>();
      for (Map.Entry<String, JsonNode> c : e.getValue().properties()) {
        if (!c.getValue().isString()) {
          throw unfit(
              file, "the name of concept '" + BundlePaths.shown(c.getKey()) + "' is no text");
        }
        inner.put(integer(file, c.getKey()), c.getValue().stringValue());
      }
      byClass.put(integer(file, e.getKey()), inner);
    }
    try {
      return of(byClass);
    } catch (IllegalArgumentException e) {
      throw unfit(file, String.valueOf(e.getMessage()));
    }
  }

  /** The name of concept {@code id} of the class with index {@code target}. */
  public Optional<String> name(int target, int id) {
    return Optional.ofNullable(byClass.getOrDefault(target, Map.of()).get(id));
  }

  /** By class index, then concept id; in ascending order, unmodifiable. */
  public Map<Integer, Map<Integer, String>> byClass() {
    return byClass;
  }

  /** A sentence for each named class or concept that {@code bundle} does not have. */
  public List<String> strangers(Bundle bundle) {
    List<String> sentences = new ArrayList<>();
    byClass.forEach(
        (index, concepts) -> {
          Optional<Bundle.ClassPart> part =
              bundle.classes().stream().filter(c -> c.target().index() == index).findFirst();
          if (part.isEmpty()) {
            sentences.add("The names are for class " + index + ", which is not explained here.");
            return;
          }
          List<Integer> ids = part.get().concepts().stream().map(Bundle.ConceptPart::id).toList();
          for (int id : concepts.keySet()) {
            if (!ids.contains(id)) {
              sentences.add(
                  "The names are for concept "
                      + id
                      + " of class "
                      + index
                      + ", which is not explained here.");
            }
          }
        });
    return List.copyOf(sentences);
  }

  private static int integer(Path file, String text) {
    // At most nine digits: no overflow, no sign, no leading plus.
    if (!text.matches("[0-9]{1,9}")) {
      throw unfit(file, "'" + BundlePaths.shown(text) + "' is no index");
    }
    return Integer.parseInt(text);
  }

  private static int checked(int index) {
    if (index < 0) {
      throw new IllegalArgumentException("names: an index must be at least 0, found " + index);
    }
    return index;
  }

  private static String checked(String name) {
    String text = name.strip();
    if (text.isEmpty()
        || text.length() > MAX_LENGTH
        || text.codePoints().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "names: a name must have 1 to "
              + MAX_LENGTH
              + " characters and none that controls, found '"
              + BundlePaths.shown(name)
              + "'");
    }
    return text;
  }

  private static PerceptException unfit(Path file, String found) {
    return new PerceptException(
        "the names in "
            + file
            + " cannot be used: "
            + found
            + "; save them again from the page with 'Save names'");
  }
}
