package dev.percept.bundle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.core.PerceptException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonFileTest {
  record Inner(int steps, double rate) {
    Inner {
      if (steps < 1) {
        throw new IllegalArgumentException("steps: at least 1, found " + steps);
      }
    }
  }

  record Note(String name, Inner inner, List<String> labels, Map<String, String> versions) {}

  private static final Note NOTE =
      new Note("a", new Inner(3, 0.1), List.of("cat", "é"), Map.of("b", "2", "a", "1"));

  @TempDir Path folder;

  @Test
  void whatIsWrittenReadsBack() throws IOException {
    Path file = folder.resolve("note.json");
    JsonFile.write(file, NOTE);
    assertEquals(NOTE, JsonFile.read(file, Note.class, "note"));
    assertArrayEquals(JsonFile.bytes(NOTE), Files.readAllBytes(file));
  }

  @Test
  void whatIsWrongIsNamed() throws IOException {
    Path file = folder.resolve("note.json");
    assertTrue(message(file).startsWith("there is no file"), message(file));
    String good = new String(JsonFile.bytes(NOTE), java.nio.charset.StandardCharsets.UTF_8);
    for (String[] change :
        new String[][] {
          {"\"steps\" : 3", "\"steps\" : 0", "steps: at least 1, found 0"},
          {"\"steps\" : 3", "\"step\" : 3", "step"},
          {"\"rate\" : 0.1", "\"rate\" : \"x\"", "expected a number"},
          {"\"name\" : \"a\"", "\"name\" : null", "name"},
        }) {
      String bad = good.replace(change[0], change[1]);
      assertTrue(!bad.equals(good), change[0]);
      Files.writeString(file, bad);
      assertTrue(message(file).contains(change[2]), message(file));
    }
    for (String text : new String[] {"", "null", "[]", good + good, good.substring(0, 40)}) {
      Files.writeString(file, text);
      assertTrue(message(file).contains("is no note"), message(file));
    }
  }

  private static String message(Path file) {
    return String.valueOf(
        assertThrows(PerceptException.class, () -> JsonFile.read(file, Note.class, "note"))
            .getMessage());
  }
}
