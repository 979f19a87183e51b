package dev.percept.text;

import dev.percept.core.PerceptException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whether a WordPiece model was trained on lower-case text. */
final class LowerCase {
  private LowerCase() {}

  /**
   * What {@code tokenizer_config.json} beside the vocabulary says; else whether the vocabulary has
   * no capitals, in which case they would all be unknown.
   */
  static boolean of(Path vocabulary, List<String> pieces) {
    Path config = vocabulary.resolveSibling("tokenizer_config.json");
    if (Files.isRegularFile(config)) {
      try {
        JsonNode says = new JsonMapper().readTree(Files.readAllBytes(config)).path("do_lower_case");
        if (says.isBoolean()) {
          return says.booleanValue();
        }
      } catch (IOException | JacksonException e) {
        throw new PerceptException(
            "'tokenizer_config.json' beside the vocabulary cannot be read: " + e.getMessage(), e);
      }
    }
    return pieces.stream()
        .filter(piece -> !(piece.startsWith("[") && piece.endsWith("]")))
        .noneMatch(piece -> piece.codePoints().anyMatch(Character::isUpperCase));
  }
}
