package dev.percept.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The same small model and pictures, explained in every other way. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class VariantsTest {
  private static final int PICTURES = 5;

  private final Path folder;
  private final Path model;
  private final Path pictures;
  private final Path labels;
  private int runs;

  VariantsTest(@TempDir Path folder) {
    this.folder = folder;
    this.model = TinyModels.affine(folder.resolve("tiny.onnx"));
    this.pictures = TinyPictures.write(folder.resolve("pictures"), PICTURES);
    this.labels = TinyPictures.labels(folder.resolve("labels.txt"));
  }

  private Written explain(Path model, String target, Object... more) {
    Path out = folder.resolve("out-" + runs++);
    List<Object> all = new ArrayList<>(List.of("--labels", labels));
    all.addAll(List.of(more));
    Percept run = Percept.explain(model, pictures, target, out, all.toArray());
    assertEquals(ExitCode.OK, run.status(), run.err());
    return Written.in(out);
  }

  @Test
  void eachSubFolderIsAClass() {
    Written each = explain(model, "each");
    JsonNode bundle = each.json("bundle.json");
    JsonNode importance = each.json("importance.json").get("classes");
    assertEquals(3, bundle.get("classes").size());
    assertEquals(3, importance.size());
    assertTrue(bundle.get("accuracy").isNull(), "which class's would it be?");
    assertTrue(bundle.get("reconstruction").isNull());
    for (int i = 0; i < 3; i++) {
      JsonNode part = bundle.get("classes").get(i);
      assertEquals(part.get("target"), importance.get(i).get("target"));
      assertEquals(TinyPictures.LABELS.get(i), part.get("target").get("label").stringValue());
      assertEquals(PICTURES, part.get("files").size());
      assertEquals(1, part.get("accuracy").get("model").doubleValue());
      assertTrue(each.names().contains("excerpts/class-" + i + "/c0-top-1.jpg"));
    }
    assertEquals(3 * PICTURES, bundle.get("provenance").get("pictures").intValue());
  }

  @Test
  void oneClassOfEachIsThatClassAlone() {
    Written each = explain(model, "each");
    Written alone = explain(model, "sky");
    assertEquals(
        alone.json("importance.json").get("classes").get(0),
        each.json("importance.json").get("classes").get(1));
  }

  @Test
  void aClassIsGivenByIndexOrName() {
    assertEquals(
        explain(model, "sky").json("importance.json"), explain(model, "1").json("importance.json"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"nmf", "semi-nmf", "k-means", "pca"})
  void everyExtractorExplains(String extractor) {
    Written written = explain(model, "sun", "--extractor", extractor);
    JsonNode bundle = written.json("bundle.json");
    assertEquals(extractor, bundle.get("extractor").stringValue());
    assertEquals(extractor, bundle.get("provenance").get("options").get("extractor").stringValue());
    JsonNode one = written.json("importance.json").get("classes").get(0);
    assertEquals("affine-exact", one.get("estimator").stringValue());
    assertEquals(4, one.get("concepts").size());
    assertTrue(bundle.get("reconstruction").get("r2").doubleValue() > 0.5);
    assertTrue(written.text("report.html").startsWith("<!doctype html>"));
  }

  @Test
  void signedActivationsAreExplainedWithSemiNmf() {
    Path signed = TinyModels.signed(folder.resolve("signed.onnx"));
    Written written = explain(signed, "apple", "--extractor", "semi-nmf");
    assertEquals("false", written.json("bundle.json").get("model").get("nonNegative").toString());
    assertTrue(
        written.json("bundle.json").get("accuracy").get("reconstructed").doubleValue() > 0.5);
  }

  @Test
  void aHeadThatIsNotAffineIsSampledWithIntervals() {
    Path saturating = TinyModels.saturating(folder.resolve("saturating.onnx"));
    Written written = explain(saturating, "apple");
    JsonNode one = written.json("importance.json").get("classes").get(0);
    assertEquals("jansen", one.get("estimator").stringValue());
    assertTrue(one.get("designs").intValue() > 0);
    boolean wide = false;
    for (JsonNode c : one.get("concepts")) {
      assertTrue(c.get("low").doubleValue() <= c.get("total").doubleValue());
      assertTrue(c.get("total").doubleValue() <= c.get("high").doubleValue());
      wide |= c.get("low").doubleValue() < c.get("high").doubleValue();
    }
    assertTrue(wide, "a sampled estimate has an interval");
    for (JsonNode picture : written.json("bundle.json").get("classes").get(0).get("pictures")) {
      assertEquals(0, picture.get("scores").size(), "no sum is true of this head");
      assertTrue(picture.get("restLogSumExp").isNull());
      assertEquals(4, picture.get("without").size());
    }
  }

  @Test
  void aCutBehindWhichTheHeadIsNotAffineIsSampledToo() {
    Written written = explain(model, "apple", "--layer", "coarse");
    assertEquals("coarse", written.json("bundle.json").get("model").get("layer").stringValue());
    assertEquals(
        "jansen",
        written.json("importance.json").get("classes").get(0).get("estimator").stringValue());
  }

  @Test
  void maxImagesTakesASeededSample() {
    Written three = explain(model, "apple", "--max-images", 3);
    JsonNode files = three.json("bundle.json").get("classes").get(0).get("files");
    assertEquals(3, files.size());
    Written same = explain(model, "apple", "--max-images", 3, "--json");
    assertEquals(files, same.json("bundle.json").get("classes").get(0).get("files"));
    List<JsonNode> samples = new ArrayList<>();
    for (int seed = 1; seed <= 4; seed++) {
      samples.add(
          explain(model, "apple", "--max-images", 3, "--seed", seed)
              .json("bundle.json")
              .get("classes")
              .get(0)
              .get("files"));
    }
    assertTrue(
        samples.stream().anyMatch(s -> !s.equals(files)), "other seeds draw others: " + samples);
    Written all = explain(model, "apple", "--max-images", 1000);
    assertEquals(PICTURES, all.json("bundle.json").get("classes").get(0).get("files").size());
  }

  @Test
  void thePapersGridLeavesOutTheEdge() {
    JsonNode paper = explain(model, "apple", "--crop-grid", "paper").json("bundle.json");
    JsonNode even = explain(model, "apple").json("bundle.json");
    assertEquals("paper", paper.get("crops").get("grid").stringValue());
    assertEquals("even", even.get("crops").get("grid").stringValue());
    // Crops of 9 pixels in steps of 7, of which the last ends at 30 of 32; or from edge to edge.
    assertEquals(16, paper.get("crops").get("perPicture").intValue());
    assertTrue(Set.of(0L, 7L, 14L, 21L).containsAll(columns(paper)), columns(paper).toString());
    assertTrue(Set.of(0L, 8L, 15L, 23L).containsAll(columns(even)), columns(even).toString());
    assertNotEquals(columns(even), columns(paper));
  }

  /** Left edges of all excerpts, in pixels. */
  private static Set<Long> columns(JsonNode bundle) {
    Set<Long> columns = new TreeSet<>();
    for (JsonNode concept : bundle.get("classes").get(0).get("concepts")) {
      for (JsonNode e : concept.get("excerpts")) {
        columns.add(Math.round(32 * e.get("x").doubleValue()));
      }
    }
    return columns;
  }

  @Test
  void patchAndBatchAreHeeded() {
    JsonNode bundle = explain(model, "apple", "--patch", 16, "--batch", 3).json("bundle.json");
    assertEquals(16, bundle.get("crops").get("patch").intValue());
    assertEquals("16", bundle.get("provenance").get("options").get("patch").stringValue());
    assertEquals("3", bundle.get("provenance").get("options").get("batch").stringValue());
  }

  @Test
  void aBatchBeyondAllPicturesTakesNoMoreThanThereAre() {
    assertEquals(
        explain(model, "apple").json("importance.json"),
        explain(model, "apple", "--batch", Integer.MAX_VALUE).json("importance.json"));
  }

  @Test
  void preprocessingChangesWhatTheModelSees() {
    Written scaled =
        explain(
            model, "apple", "--mean", "0,0,0", "--std", "1,1,1", "--scale", "0.00392156862745098");
    JsonNode options = scaled.json("bundle.json").get("provenance").get("options");
    assertEquals("0.0,0.0,0.0", options.get("mean").stringValue());
    assertEquals(
        explain(model, "apple").json("importance.json"),
        scaled.json("importance.json"),
        "the preset 'unit', spelled out");
    Written swapped = explain(model, "apple", "--bgr");
    assertNotEquals(
        scaled.json("importance.json"), swapped.json("importance.json"), "red is blue now");
  }

  @Test
  void aClassThatIsHardlyEverPredictedIsWarnedAbout() {
    Path out = folder.resolve("wrong");
    Percept run = Percept.explain(model, pictures.resolve("sky"), "sun", out, "--labels", labels);
    assertEquals(ExitCode.OK, run.status(), run.err());
    assertTrue(
        run.err().contains("The model gives 'sun' for only 0.0 % of these pictures"), run.err());
    assertTrue(run.err().contains("percept check"), run.err());
  }

  @Test
  void anUnreadablePictureIsNamedAndLeftOut() throws IOException {
    Path mixed = TinyPictures.write(folder.resolve("mixed"), 4);
    TinyPictures.text(mixed.resolve("apple/broken.png"), "no picture at all");
    Path out = folder.resolve("mixed-out");
    Percept run = Percept.explain(model, mixed, "apple", out, "--labels", labels);
    assertEquals(ExitCode.OK, run.status(), run.err());
    assertTrue(run.err().contains("percept: 1 picture could not be read"), run.err());
    assertTrue(run.err().contains("apple/broken.png: "), run.err());
    JsonNode provenance = Written.in(out).json("bundle.json").get("provenance");
    assertEquals(4, provenance.get("pictures").intValue());
    assertEquals(1, provenance.get("skipped").size());
    assertTrue(Files.exists(mixed.resolve("apple/broken.png")), "inputs are left as they are");
  }
}
