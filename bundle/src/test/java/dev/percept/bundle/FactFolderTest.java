package dev.percept.bundle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.core.PerceptException;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FactFolderTest {
  private static final Map<String, byte[]> FILES =
      Map.of("pictures/0000.jpg", new byte[] {1, 2}, "maps/0000-1-3.png", new byte[] {3});

  private static final Map<String, Tensor> VALUES =
      Map.of(
          "presence",
          Tensor.zeros(Shape.of(2, 4)),
          "contributions/0",
          Tensor.zeros(Shape.of(1, 4)));

  /** The score is −1 + 2.5 − 0.5 + 0.25. */
  private static FactExplanation sample(double logit, int concept) {
    FactExplanation.Cut cut =
        new FactExplanation.Cut("l", "sae", "00", "topk", 4, 2, 2, 3, 1, 0, 0, .8, .1, null, null);
    FactConcept early =
        new FactConcept(
            0, 2, .5, false, null, null, null, null, List.of(), List.of(), List.of(), null);
    FactConcept late =
        new FactConcept(
            1,
            3,
            .5,
            false,
            new FactConcept.Against(0, 1),
            null,
            null,
            null,
            List.of(new FactConcept.Serves(0, 1, 2.5)),
            List.of(new FactConcept.Sight(0, 1, "maps/0000-1-3.png")),
            List.of(),
            new FactConcept.Origin(1, List.of(new FactConcept.Source(2, .9)), .1, 0, 1, .5, 1e-7));
    FactConcept other =
        new FactConcept(
            1, 0, .5, false, null, null, null, null, List.of(), List.of(), List.of(), null);
    return new FactExplanation(
        FactExplanation.SCHEMA,
        Map.of("class", "a"),
        0,
        Map.of("percept", "0.1.0"),
        new FactExplanation.Network("n", "00", "B-cos", true, List.of("a", "b"), List.of(-1., -1.)),
        List.of(cut, cut),
        new FactExplanation.Sample(2, 8, 8, "ff", List.of()),
        new FactExplanation.Faith(1e-7, .5, 2, 1, 1, .5, 1, .5, 2),
        List.of(
            new FactExplanation.OfClass(
                new Bundle.Label(0, "a"),
                1,
                1,
                1.25,
                -1,
                .25,
                List.of(
                    new FactExplanation.Role(3, 2.5, 2, 3, .8, Double.NaN),
                    new FactExplanation.Role(0, -.5, -1, 0, .2, 0)))),
        List.of(new FactTrace.Picture("a/x.png", "pictures/0000.jpg", 0, 0, .9)),
        List.of(
            new FactTrace(
                0,
                List.of(
                    new FactTrace.Part(concept, 1, "maps/0000-1-3.png"),
                    new FactTrace.Part(0, .5, null)),
                List.of(new FactTrace.Score(0, logit, -1, List.of(2.5, -.5), .25, 2, 3.5, 1e-7)),
                List.of(new FactTrace.Removal(0, 1, List.of(1.75))))),
        List.of(early, late, other),
        null,
        null,
        List.of("a note"));
  }

  private static Path written(Path dir) {
    try (ResultFolder staged = ResultFolder.stage(dir, FactFolder.KIND)) {
      FactFolder.write(staged, sample(1.25, 3), VALUES, FILES);
      return staged.commit();
    }
  }

  @Test
  void comesBackAsItWasAndEqualRunsAreEqualBytes(@TempDir Path dir) throws IOException {
    Path a = written(dir.resolve("a"));
    Path b = written(dir.resolve("b"));
    FactFolder folder = FactFolder.read(a);
    assertEquals(sample(1.25, 3), folder.explanation());
    assertEquals(VALUES.keySet(), folder.values().keySet());
    folder.values().forEach((name, t) -> assertEquals(0, t.get(0), name));
    assertArrayEquals(new byte[] {1, 2}, folder.bytes("pictures/0000.jpg"));
    assertArrayEquals(
        Files.readAllBytes(a.resolve("fact.json")), Files.readAllBytes(b.resolve("fact.json")));
    assertTrue(FactFolder.isThere(a));
    assertFalse(FactFolder.isThere(dir));
  }

  @Test
  void sumsThatDoNotAddUpAndConceptsWithoutAnEntryAreNotWritten(@TempDir Path dir) {
    Path a = dir.resolve("a");
    try (ResultFolder staged = ResultFolder.stage(a, FactFolder.KIND)) {
      IllegalArgumentException e =
          assertThrows(
              IllegalArgumentException.class,
              () -> FactFolder.write(staged, sample(1.26, 3), VALUES, FILES));
      assertEquals("fact.trace 0: expected a sum of 1.26, found 1.25", e.getMessage());
      assertThrows(
          IllegalArgumentException.class,
          () -> FactFolder.write(staged, sample(1.25, 1), VALUES, FILES),
          "concept 1 of the last cut has no entry");
      assertThrows(
          IllegalArgumentException.class,
          () -> FactFolder.write(staged, sample(1.25, 3), Map.of(), FILES),
          "no tensors");
      assertThrows(
          IllegalArgumentException.class,
          () -> FactFolder.write(staged, sample(1.25, 3), VALUES, Map.of()),
          "no pictures");
    }
    assertFalse(Files.exists(a));
  }

  private static String refusal(Path dir, UnaryOperator<String> change) throws IOException {
    Path json = written(dir.resolve("a")).resolve("fact.json");
    String text = Files.readString(json, StandardCharsets.UTF_8);
    String changed = change.apply(text);
    assertFalse(changed.equals(text), "the test changes something");
    Files.writeString(json, changed, StandardCharsets.UTF_8);
    return String.valueOf(
        assertThrows(PerceptException.class, () -> FactFolder.read(dir.resolve("a"))).getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "percept.fact/1.0 | percept.fact/2.0 | percept.fact/2.0 and this Percept reads",
        "percept.fact/1.0 | percept.bundle/1.0 | its schema is not percept.fact/1.0",
        "\"seed\" : 0 | \"seed\" : \"0\" | not as described",
        "\"seed\" : 0, | \"seed\" : 0, \"extra\" : 1, | not as described",
        "\"logit\" : 1.25, | \"logit\" : 3.5, | expected a sum of 3.5",
        "\"predicted\" : 1, | \"predicted\" : 2, | expected a class below 2",
        "pictures/0000.jpg | ../../0000.jpg | no file of its own",
        "\"features\" : 3 | \"features\" : null | not as described",
      })
  void whatWasChangedIsRefusedInASentence(String from, String to, String says, @TempDir Path dir)
      throws IOException {
    String refusal =
        refusal(
            dir,
            text -> {
              // Of the list of files only the path is changed, and there all of them.
              int files = from.startsWith("pictures") ? text.indexOf("\"files\"") : 0;
              return text.substring(0, files) + text.substring(files).replace(from, to);
            });
    assertTrue(refusal.contains(says), refusal);
    assertTrue(refusal.contains("percept fact explain"), refusal);
  }

  @Test
  void afileThatIsNotWhatWasWrittenIsRefused(@TempDir Path dir) throws IOException {
    Path a = written(dir.resolve("a"));
    Files.write(a.resolve("maps/0000-1-3.png"), new byte[] {4});
    String message =
        String.valueOf(assertThrows(PerceptException.class, () -> FactFolder.read(a)).getMessage());
    assertTrue(message.contains("maps/0000-1-3.png' is not what was written"), message);
    Files.delete(a.resolve("maps/0000-1-3.png"));
    message =
        String.valueOf(assertThrows(PerceptException.class, () -> FactFolder.read(a)).getMessage());
    assertTrue(message.contains("lacks its file"), message);
    assertTrue(message.contains("percept fact explain"), message);
  }

  @Test
  void fieldsOfANewerMinorVersionArePassedOver(@TempDir Path dir) throws IOException {
    Path json = written(dir.resolve("a")).resolve("fact.json");
    String text = Files.readString(json, StandardCharsets.UTF_8);
    Files.writeString(
        json,
        text.replace("percept.fact/1.0\",", "percept.fact/1.1\", \"later\" : 1,"),
        StandardCharsets.UTF_8);
    assertEquals(
        sample(1.25, 3).concepts(), FactFolder.read(dir.resolve("a")).explanation().concepts());
  }
}
