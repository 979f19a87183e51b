package dev.percept.app;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.bundle.Bundle;
import dev.percept.bundle.BundleReader;
import dev.percept.bundle.LoadedBundle;
import dev.percept.core.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** {@code --rectify} from the command line to the page. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RectifyTest {
  private final Path folder;
  private final Path pictures;

  RectifyTest(@TempDir Path folder) {
    this.folder = folder;
    this.pictures = TinyPictures.write(folder.resolve("pictures"), 4);
  }

  private LoadedBundle explain(Path model, String name, Object... more) {
    Path out = folder.resolve(name);
    Percept run = Percept.explain(model, pictures, "apple", out, more);
    assertEquals(ExitCode.OK, run.status(), run.err());
    return BundleReader.read(out);
  }

  private Path labels() {
    return TinyPictures.labels(folder.resolve("labels.txt"));
  }

  @Test
  void signedFeaturesAreExplainedAndTheCostIsSaid() {
    Path signed = TinyModels.signed(folder.resolve("signed.onnx"));
    LoadedBundle loaded =
        explain(signed, "rectified", "--rectify", "--labels", labels(), "--maps", "saliency");
    Bundle.ClassPart part = loaded.bundle().classes().get(0);
    Bundle.Rectification cost = Objects.requireNonNull(part.rectification());
    assertTrue(cost.negative() > 0 && cost.negative() < 1, cost.toString());
    assertTrue(cost.variance() > 0 && cost.variance() < 1, cost.toString());
    // What h makes of rectified activations is what everything else is compared with.
    assertEquals(part.accuracy().model(), cost.accuracy());
    assertTrue(part.warnings().get(0).contains("not the model as it is"), part.warnings().get(0));
    assertEquals("", loaded.bundle().provenance().options().get("rectify"));
    assertTrue(loaded.bundle().splitCheck().passed());
    String page = Written.in(folder.resolve("rectified")).text("report.html");
    assertTrue(page.contains("negative values set to 0"));
    assertFalse(page.contains("--rectify ''"), "an option without a value is printed without one");
  }

  @Test
  void onActivationsThatAreNeverNegativeNothingChanges() {
    Path affine = TinyModels.affine(folder.resolve("affine.onnx"));
    LoadedBundle plain = explain(affine, "plain", "--labels", labels());
    LoadedBundle rectified = explain(affine, "same", "--labels", labels(), "--rectify");
    assertEquals(plain.importances(), rectified.importances());
    assertEquals(plain.codes().keySet(), rectified.codes().keySet());
    plain.codes().forEach((name, tensor) -> assertSame(tensor, rectified.codes().get(name)));
    plain
        .dictionary()
        .forEach((name, tensor) -> assertSame(tensor, rectified.dictionary().get(name)));
    assertNull(plain.bundle().classes().get(0).rectification());
    Bundle.Rectification cost = rectified.bundle().classes().get(0).rectification();
    assertEquals(new Bundle.Rectification(0, 0, 1, 1, 1), cost);
  }

  private static void assertSame(Tensor expected, @org.jspecify.annotations.Nullable Tensor found) {
    assertNotNull(found);
    assertArrayEquals(expected.toArray(), Objects.requireNonNull(found).toArray());
  }

  @Test
  void conceptsAreTakenApartRectifiedToo() {
    Path signed = TinyModels.signed(folder.resolve("signed.onnx"));
    LoadedBundle loaded =
        explain(
            signed,
            "tree",
            "--rectify",
            "--labels",
            labels(),
            "--recursive",
            "1",
            "--layers",
            "colours",
            "--agreement",
            "2",
            "--sub-concepts",
            "2");
    assertNotNull(loaded.bundle().classes().get(0).tree());
  }

  @Test
  void importanceIsComparedOnRectifiedActivations() {
    Path signed = TinyModels.signed(folder.resolve("signed.onnx"));
    Percept run =
        Percept.run(
            "importance",
            "-m",
            signed,
            "-i",
            pictures,
            "-c",
            "apple",
            "--labels",
            labels(),
            "--preprocess",
            "unit",
            "--concepts",
            "4",
            "--estimator",
            "auto,gradient-x-code",
            "--rectify",
            "--json",
            "-o",
            folder.resolve("importances"));
    assertEquals(ExitCode.OK, run.status(), run.err());
    JsonNode root = Written.tree(run.out());
    assertEquals("", root.get("options").get("rectify").stringValue());
    assertEquals(List.of(), List.copyOf(root.get("missing").values()), run.err());
    assertTrue(root.get("notes").toString().contains("set to 0"), root.get("notes").toString());
  }

  private Percept sweep(Path model, String name, Object... more) {
    List<Object> args =
        new ArrayList<>(List.of("sweep", "-m", model, "-i", pictures.resolve("apple"), "-c", "0"));
    args.addAll(List.of("--preprocess", "unit", "--patch", "12", "--concepts", "3"));
    args.addAll(List.of("--refits", "1", "-o", folder.resolve(name)));
    args.addAll(List.of(more));
    Percept run = Percept.run(args.toArray());
    assertEquals(ExitCode.OK, run.status(), run.err());
    return run;
  }

  private JsonNode swept(String name) {
    return Written.in(folder.resolve(name)).json("sweep.json");
  }

  @Test
  void aSweepIsOverRectifiedActivations() {
    Path signed = TinyModels.signed(folder.resolve("signed.onnx"));
    // Without NMF both ways are open: their activations and their points are kept apart.
    sweep(signed, "swept", "--extractor", "semi-nmf");
    JsonNode plain = swept("swept");
    sweep(signed, "swept", "--extractor", "semi-nmf", "--rectify");
    JsonNode rectified = swept("swept");
    assertEquals("", rectified.get("options").get("rectify").stringValue());
    assertFalse(plain.get("options").has("rectify"));
    assertFalse(points(plain).equals(points(rectified)), "what is swept is not the same");
    assertFalse(plain.get("notes").toString().contains("set to 0"));
    assertTrue(rectified.get("notes").toString().contains("set to 0"), rectified.toString());
    Percept again = sweep(signed, "swept", "--extractor", "semi-nmf", "--rectify");
    assertTrue(again.err().contains("1 point was there"), again.err());
    assertEquals(rectified, swept("swept"));
    sweep(signed, "swept-nmf", "--rectify", "--beside", signed);
    assertEquals(points(swept("swept-nmf")), swept("swept-nmf").get("sides").get(1).get("points"));
  }

  @Test
  void aSweepOverActivationsThatAreNeverNegativeDoesNotChange() {
    Path affine = TinyModels.affine(folder.resolve("affine.onnx"));
    sweep(affine, "never-plain");
    sweep(affine, "never-rectified", "--rectify");
    assertEquals(points(swept("never-plain")), points(swept("never-rectified")));
  }

  private static JsonNode points(JsonNode sweep) {
    return sweep.get("sides").get(0).get("points");
  }
}
