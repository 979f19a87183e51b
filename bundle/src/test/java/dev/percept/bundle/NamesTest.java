package dev.percept.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.core.PerceptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@NullUnmarked // a null fails the test
class NamesTest {
  @TempDir Path folder;

  @Test
  void readsWhatThePageSaves() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("names.json"),
            "{\"names\":{\"7\":{\"1\":\"  long tail \",\"5\":\"x\"},\"3\":{\"0\":\"</script>\"}}}");
    Names names = Names.read(file);
    assertEquals(Optional.of("long tail"), names.name(7, 1));
    assertEquals(Optional.of("</script>"), names.name(3, 0));
    assertEquals(Optional.empty(), names.name(7, 0));
    assertEquals(
        List.of(
            "The names are for class 3, which is not explained here.",
            "The names are for concept 5 of class 7, which is not explained here."),
        names.strangers(SampleBundle.bundle()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[] | one field 'names'",
        "{} | one field 'names'",
        "{\"names\":{},\"x\":1} | one field 'names'",
        "{\"names\":{\"a\":{}}} | 'a' is no index",
        "{\"names\":{\"-1\":{}}} | '-1' is no index",
        "{\"names\":{\"99999999999\":{}}} | is no index",
        "{\"names\":{\"1\":[]}} | are no object",
        "{\"names\":{\"1\":{\"0\":5}}} | is no text",
        "{\"names\":{\"1\":{\"0\":\" \"}}} | 1 to 80 characters",
        "{\"names\":{\"1\":{\"0\":\"a\\u0000b\"}}} | none that controls",
        "{\"names\":{\"1\":{\"0\":\"a\",\"0\":\"b\"}}} | no JSON",
        "{\"names\": | no JSON",
      })
  void refusesWhatDoesNotFit(String json, String found) throws Exception {
    Path file = Files.writeString(folder.resolve("names.json"), json);
    PerceptException e = assertThrows(PerceptException.class, () -> Names.read(file));
    assertTrue(e.getMessage().contains(found), e.getMessage());
  }

  @Test
  void lengthsHaveCaps() throws Exception {
    Names.of(Map.of(1, Map.of(0, "x".repeat(80))));
    assertThrows(
        IllegalArgumentException.class, () -> Names.of(Map.of(1, Map.of(0, "x".repeat(81)))));
    assertThrows(IllegalArgumentException.class, () -> Names.of(Map.of(-1, Map.of())));
    Path large = folder.resolve("large.json");
    Files.write(large, new byte[(int) Names.MAX_BYTES + 1]);
    assertTrue(
        assertThrows(PerceptException.class, () -> Names.read(large))
            .getMessage()
            .contains("at most"));
    assertThrows(PerceptException.class, () -> Names.read(folder.resolve("none.json")));
  }
}
