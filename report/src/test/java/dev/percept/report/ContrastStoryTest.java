package dev.percept.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.bundle.Bundle;
import dev.percept.bundle.ClassComparison;
import dev.percept.bundle.ClassComparisonFile;
import dev.percept.core.PerceptException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The conclusion says what the intervals allow, and the page says the same. */
class ContrastStoryTest {
  private static ClassComparison of(boolean tooFew, String verdict, String... quadrants) {
    List<ClassComparison.OfConcept> concepts = new ArrayList<>();
    for (int k = 0; k < quadrants.length; k++) {
      String q = quadrants[k];
      boolean used = q.equals("used");
      ClassComparison.Use use =
          new ClassComparison.Use(0.4, 0.3, 0.5, 1, used ? "yes" : "undecided");
      concepts.add(
          new ClassComparison.OfConcept(
              k,
              new ClassComparison.Difference(1, 0.5, 0.5, 0.1, 0.9, 1, "undecided"),
              use,
              use,
              used ? "undecided" : q,
              used ? "undecided" : q,
              used ? "undecided" : q,
              q.equals("shared-used") ? "yes" : "no",
              List.of(new ClassComparison.Excerpt("</script><b>x", 1, "row 1")),
              List.of()));
    }
    ClassComparison.Side side =
        new ClassComparison.Side(new Bundle.Label(0, "price"), 40, 90, 0.9, 0.1, 0.5, 0, "f");
    return new ClassComparison(
        ClassComparison.SCHEMA,
        "texts",
        Map.of(),
        0,
        "m.onnx",
        "s",
        "l",
        "nmf",
        "jansen",
        side,
        new ClassComparison.Side(new Bundle.Label(1, "<i>"), 30, 80, 0.9, 0.1, 0.5, 0, "g"),
        new ClassComparison.Confusion(
            List.of(new Bundle.Label(0, "price"), new Bundle.Label(1, "<i>")),
            List.of(List.of(30, 10, 0), List.of(5, 25, 0))),
        new ClassComparison.Thresholds(0.5, 0.6, 0.6, 0.25, 0.25, 10),
        new ClassComparison.Overlap(
            new ClassComparison.Part(0.6, 0.55, 0.7),
            new ClassComparison.Part(0.2, 0.1, 0.3),
            0.2,
            verdict),
        tooFew,
        concepts,
        List.of(),
        Map.of());
  }

  @Test
  void whatIsUndecidedIsNotSaid() {
    String said = ContrastStory.conclusion(of(false, "undecided", "undecided", "undecided"));
    assertEquals(
        "Of no concept can it be told that the model uses it or that the classes differ in it:"
            + " every interval crosses a threshold.",
        said);
    assertEquals(
        "With 40 and 30 texts nothing can be told: at least 10 of each class are needed.",
        ContrastStory.conclusion(of(true, "undecided", "undecided")));
    String used = ContrastStory.conclusion(of(false, "undecided", "used", "undecided"));
    assertTrue(
        used.startsWith(
            "The model uses concept 0; whether the classes differ there stays open. Of one concept"
                + " nothing can be said."),
        used);
    String mixed = ContrastStory.conclusion(of(false, "undecided", "shared-used", "undecided"));
    assertTrue(mixed.contains("The model uses concept 0 for both"), mixed);
    assertTrue(mixed.contains("Of one concept nothing can be said"), mixed);
    assertTrue(mixed.contains("stays open"), mixed);
    assertFalse(mixed.contains("concept 1"), mixed);
  }

  @Test
  void eachQuadrantHasItsWords() {
    String said =
        ContrastStory.conclusion(
            of(
                false,
                "overlapping",
                "discriminating-used",
                "shared-used",
                "discriminating-unused",
                "negligible"));
    assertEquals(
        "The model uses concept 0, in which the two classes differ. The model uses concept 1 for"
            + " both, and both have it alike. The classes differ in concept 2, which the model"
            + " hardly uses. What both share carries 60\u00a0% (55\u00a0% to 70\u00a0%) of the importance, so the classes"
            + " overlap for this model.",
        said);
  }

  @Test
  void thePageCannotBeLeftByItsData() {
    String page =
        new String(
            ClassComparisonPage.render(of(false, "distinct", "discriminating-used")),
            StandardCharsets.UTF_8);
    assertFalse(page.contains("</script><b>x"), "an excerpt is text");
    assertFalse(page.contains("<title>Percept: price and <i>"), "a name is text");
    assertTrue(page.contains("15 of 70 are taken for the other (10 and 5)"), "most confused");
  }

  @Test
  void theFileIsReadAsItWasWritten(@TempDir Path folder) throws IOException {
    ClassComparison written = of(false, "distinct", "discriminating-used", "undecided");
    Path file = folder.resolve(ClassComparisonFile.NAME);
    Files.write(file, ClassComparisonFile.bytes(written));
    assertEquals(written, ClassComparisonFile.read(file));
    String json = Files.readString(file);
    for (String[] change :
        new String[][] {
          {"percept.class-comparison/1.0", "percept.class-comparison/2.0"},
          {"\"texts\"", "\"films\""},
          {"\"discriminating-used\"", "\"sometimes\""},
          {"\"seed\"", "\"sead\""}
        }) {
      Files.writeString(file, json.replace(change[0], change[1]));
      String message =
          String.valueOf(
              assertThrows(PerceptException.class, () -> ClassComparisonFile.read(file))
                  .getMessage());
      assertTrue(message.contains("is no comparison of classes"), message);
    }
  }
}
