package dev.percept.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.core.Run;
import dev.percept.zoo.DemoPictures;
import dev.percept.zoo.EmbeddedModel;
import dev.percept.zoo.Species;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The network that comes with Percept, explained as {@code percept demo} does, on few pictures. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EmbeddedModelTest {
  private static final int PICTURES = 6;

  private final Path folder;
  private final Written bundle;

  EmbeddedModelTest(@TempDir Path folder) {
    this.folder = folder;
    Path model = EmbeddedModel.copyTo(folder);
    Path pictures = folder.resolve("creatures");
    DemoPictures.write(pictures, PICTURES, Run.of(0));
    Path out = folder.resolve("out");
    Percept run =
        Percept.explain(
            model,
            pictures,
            "each",
            out,
            "--concepts",
            6,
            "--labels",
            folder.resolve(EmbeddedModel.LABELS));
    assertEquals(ExitCode.OK, run.status(), run.err());
    this.bundle = Written.in(out);
  }

  @Test
  void everySpeciesIsExplainedExactly() {
    JsonNode classes = bundle.json("importance.json").get("classes");
    assertEquals(Species.values().length, classes.size());
    for (JsonNode one : classes) {
      assertEquals("affine-exact", one.get("estimator").stringValue());
      double sum = 0;
      for (JsonNode c : one.get("concepts")) {
        sum += c.get("total").doubleValue();
      }
      assertEquals(1, sum, 1e-9);
    }
  }

  @Test
  void itRecognisesItsCreatures() {
    JsonNode root = bundle.json("bundle.json");
    double right = 0;
    for (JsonNode part : root.get("classes")) {
      right += part.get("accuracy").get("model").doubleValue() / root.get("classes").size();
    }
    // Over 97 % on held-out scenes; 36 pictures leave room for two or three mistakes.
    assertTrue(right > 0.9, "found " + right);
    assertEquals(EmbeddedModel.LAYER, root.get("model").get("layer").stringValue());
  }

  @Test
  void itIsCutWhereAutoCuts() {
    Percept run = Percept.run("inspect", folder.resolve(EmbeddedModel.MODEL));
    assertEquals(ExitCode.OK, run.status(), run.err());
    assertTrue(
        run.out().lines().anyMatch(l -> l.startsWith("*  " + EmbeddedModel.LAYER)), run.out());
  }
}
