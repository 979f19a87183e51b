package dev.percept.app;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** {@code --concepts auto}. */
class AutoConceptsTest {
  private final Path folder;
  private final Path model;

  AutoConceptsTest(@TempDir Path folder) {
    this.folder = folder;
    this.model = TinyModels.affine(folder.resolve("tiny.onnx"));
  }

  private Percept explain(int each, String target, String out) {
    Path pictures = folder.resolve("pictures" + each);
    if (!Files.exists(pictures)) {
      TinyPictures.write(pictures, each);
    }
    Path labels = TinyPictures.labels(folder.resolve("labels.txt"));
    return Percept.explain(
        model,
        pictures,
        target,
        folder.resolve(out),
        "--labels",
        labels,
        "--concepts",
        "auto",
        "--seed",
        "3");
  }

  @Test
  void eachClassGetsItsOwnNumberAndTheCurveIsKept() throws Exception {
    Percept run = explain(6, "each", "one");
    assertEquals(ExitCode.OK, run.status(), run.err());
    JsonNode bundle = Written.in(folder.resolve("one")).json("bundle.json");
    assertEquals("auto", bundle.at("/provenance/options/concepts").stringValue());
    JsonNode importance = Written.in(folder.resolve("one")).json("importance.json");
    assertEquals(3, bundle.get("classes").size());
    for (int i = 0; i < 3; i++) {
      JsonNode part = bundle.get("classes").get(i);
      JsonNode curve = part.get("rankCurve");
      int chosen = curve.get("chosen").intValue();
      assertEquals(chosen, part.get("concepts").size());
      assertEquals(chosen, importance.at("/classes/" + i + "/concepts").size());
      assertTrue(
          run.out().contains(chosen + " concepts by held-out pictures and stability"), run.out());
      assertEquals(expected(curve), chosen, curve.toString());
      List<Integer> tried = new ArrayList<>();
      curve.get("points").forEach(p -> tried.add(p.get("concepts").intValue()));
      // The model has 10 channels: more concepts than that cannot be.
      assertEquals(List.of(2, 3, 4, 5, 6, 8, 10), tried);
    }
    String page = Files.readString(folder.resolve("one/report.html"));
    assertTrue(page.contains("of the numbers whose concepts come back in other fits"));

    assertEquals(ExitCode.OK, explain(6, "each", "two").status());
    assertArrayEquals(
        Files.readAllBytes(folder.resolve("one/bundle.json")),
        Files.readAllBytes(folder.resolve("two/bundle.json")));
  }

  /** The rule of docs/bundle.md, from the numbers in the bundle alone. */
  private static int expected(JsonNode curve) {
    int best = 0;
    double most = Double.NEGATIVE_INFINITY;
    for (JsonNode p : curve.get("points")) {
      int concepts = p.get("concepts").intValue();
      double worth = p.get("heldOutR2").doubleValue() - curve.get("worth").doubleValue() * concepts;
      boolean stable = p.get("stability").doubleValue() >= curve.get("stable").doubleValue();
      if (stable && worth > most) {
        most = worth;
        best = concepts;
      }
    }
    return best;
  }

  @Test
  void onePictureCannotBeHeldOut() {
    Percept run = explain(1, "apple", "none");
    assertEquals(ExitCode.UNFIT, run.status());
    assertEquals(
        "percept: '--concepts auto' holds out pictures, and 'apple' has 1; give a number of"
            + " concepts",
        run.errors().get(run.errors().size() - 1));
    assertTrue(Files.notExists(folder.resolve("none")));
  }

  @Test
  void whatIsNoNumberIsRefused() {
    for (String value : List.of("0", "-3", "many", "1.5", "")) {
      Percept run =
          Percept.explain(model, folder, "0", folder.resolve("none"), "--concepts", value);
      assertEquals(ExitCode.USAGE, run.status());
      assertTrue(
          run.errors().get(0).contains("a number of at least 1, or auto, found '" + value + "'"),
          run.err());
    }
  }
}
