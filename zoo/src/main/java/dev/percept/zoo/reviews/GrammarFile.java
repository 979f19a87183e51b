package dev.percept.zoo.reviews;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A file of choices: sections {@code [name]}, in them lines {@code key = a | b | c}. Lines in front
 * of the first section belong to the section without a name.
 *
 * @param sections choices by section and key
 */
record GrammarFile(Map<String, Map<String, List<String>>> sections) {
  static GrammarFile read(String resource) {
    try (InputStream in = GrammarFile.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException(resource + " is missing from this build");
      }
      return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new IllegalStateException(resource + " cannot be read from this build", e);
    }
  }

  static GrammarFile parse(String text) {
    Map<String, Map<String, List<String>>> sections = new LinkedHashMap<>();
    String section = "";
    for (String line : text.lines().toList()) {
      int equals = line.indexOf('=');
      if (line.startsWith("[")) {
        section = line.substring(1, line.indexOf(']'));
      } else if (!line.startsWith("#") && equals > 0) {
        sections
            .computeIfAbsent(section, s -> new LinkedHashMap<>())
            .put(line.substring(0, equals).strip(), choices(line.substring(equals + 1)));
      }
    }
    return new GrammarFile(sections);
  }

  private static List<String> choices(String line) {
    return Arrays.stream(line.split("\\|", -1)).map(String::strip).toList();
  }

  /**
   * The choices of a key.
   *
   * @throws IllegalArgumentException if there are none
   */
  List<String> get(String section, String key) {
    List<String> found = sections.getOrDefault(section, Map.of()).get(key);
    if (found == null) {
      throw new IllegalArgumentException("grammar: no '" + key + "' in [" + section + "]");
    }
    return found;
  }
}
