package dev.percept.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** One class of a small model, explained once and looked at from many sides. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExplainTest {
  private static final int PICTURES = 6;
  private static final int CONCEPTS = 4;

  private final Path folder;
  private final Path model;
  private final Path pictures;
  private final Path labels;
  private final Percept run;
  private final Written bundle;

  ExplainTest(@TempDir Path folder) {
    this.folder = folder;
    this.model = TinyModels.affine(folder.resolve("in/tiny.onnx"));
    this.pictures = TinyPictures.write(folder.resolve("in/pictures"), PICTURES);
    this.labels = TinyPictures.labels(folder.resolve("in/labels.txt"));
    this.run = explain(model, pictures, labels, folder.resolve("out"));
    this.bundle = Written.in(folder.resolve("out"));
  }

  private static Percept explain(Path model, Path pictures, Path labels, Path out, Object... more) {
    Object[] all = new Object[more.length + 2];
    all[0] = "--labels";
    all[1] = labels;
    System.arraycopy(more, 0, all, 2, more.length);
    return Percept.explain(model, pictures, "apple", out, all);
  }

  @BeforeAll
  void itWorked() {
    assertEquals(ExitCode.OK, run.status(), run.err());
  }

  @Test
  void everyPromisedFileIsThere() {
    Set<String> names = bundle.names();
    assertTrue(
        names.containsAll(
            Set.of(
                "report.html",
                "bundle.json",
                "importance.json",
                "dictionary.safetensors",
                "codes.safetensors",
                "timings.json")),
        names.toString());
    for (int k = 0; k < CONCEPTS; k++) {
      assertTrue(names.contains("excerpts/class-0/c" + k + "-top-1.jpg"), names.toString());
    }
    for (JsonNode picture : part().get("pictures")) {
      assertTrue(names.contains(picture.get("file").stringValue()));
    }
  }

  @Test
  void importanceHasTheSchema() {
    JsonNode root = bundle.json("importance.json");
    assertEquals(Set.of("classes"), fields(root));
    JsonNode one = root.get("classes").get(0);
    assertEquals(Set.of("target", "estimator", "designs", "settled", "concepts"), fields(one));
    assertEquals(Set.of("index", "label"), fields(one.get("target")));
    assertEquals(0, one.get("target").get("index").intValue());
    assertEquals("apple", one.get("target").get("label").stringValue());
    assertEquals("affine-exact", one.get("estimator").stringValue());
    assertEquals(0, one.get("designs").intValue());
    assertEquals(CONCEPTS, one.get("concepts").size());
    for (int k = 0; k < CONCEPTS; k++) {
      JsonNode concept = one.get("concepts").get(k);
      assertEquals(
          Set.of(
              "id",
              "total",
              "low",
              "high",
              "dataLow",
              "dataHigh",
              "sign",
              "prevalence",
              "reliability",
              "leads",
              "stability",
              "consistency"),
          fields(concept));
      assertEquals(k, concept.get("id").intValue());
    }
  }

  @Test
  void importanceMakesSense() {
    JsonNode concepts = bundle.json("importance.json").get("classes").get(0).get("concepts");
    double sum = 0;
    double last = 1;
    int leads = 0;
    for (JsonNode c : concepts) {
      double total = c.get("total").doubleValue();
      assertTrue(total <= last, "the most important first: " + concepts);
      last = total;
      sum += total;
      leads += c.get("leads").intValue();
      assertTrue(c.get("low").doubleValue() <= total && total <= c.get("high").doubleValue());
      assertTrue(
          c.get("dataLow").doubleValue() <= total && total <= c.get("dataHigh").doubleValue());
      assertTrue(Math.abs(c.get("sign").intValue()) <= 1);
      share(c.get("prevalence"));
      share(c.get("stability"));
      assertEquals(c.get("leads").intValue() == 0, c.get("reliability").isNull());
      if (!c.get("reliability").isNull()) {
        share(c.get("reliability"));
      }
    }
    // Each is rounded to a double once, nothing more.
    assertEquals(1, sum, 1e-9, "exact total indices of an affine score add up to 1");
    assertEquals(PICTURES, leads, "in each picture one concept leads");
  }

  private static void share(JsonNode value) {
    assertTrue(value.doubleValue() >= 0 && value.doubleValue() <= 1 + 1e-9, value.toString());
  }

  @Test
  void theBundleSaysWhatWasDone() {
    JsonNode root = bundle.json("bundle.json");
    assertEquals("percept.bundle/1.2", root.get("schema").stringValue());
    assertTrue(root.get("splitCheck").get("maxAbsDiff").doubleValue() < 1e-3);
    assertTrue(root.get("splitCheck").get("passed").booleanValue());
    assertEquals(PICTURES, root.get("splitCheck").get("inputs").intValue());
    for (JsonNode place : List.of(root, part())) {
      assertEquals(1, place.get("accuracy").get("model").doubleValue(), "all apples are seen");
      share(place.get("accuracy").get("reconstructed"));
      assertTrue(place.get("reconstruction").get("r2").doubleValue() > 0.8);
      assertTrue(place.get("reconstruction").get("relativeError").doubleValue() < 0.3);
    }
    JsonNode provenance = root.get("provenance");
    assertEquals(0, provenance.get("seed").intValue());
    assertEquals(PICTURES, provenance.get("pictures").intValue());
    assertTrue(provenance.get("modelSha256").stringValue().matches("[0-9a-f]{64}"));
    assertTrue(provenance.get("dataFingerprint").stringValue().matches("[0-9a-f]{64}"));
    assertTrue(provenance.get("versions").has("percept"));
    assertTrue(provenance.get("versions").has("java"));
    assertEquals("4", provenance.get("options").get("concepts").stringValue());
    assertEquals("unit", provenance.get("options").get("preprocess").stringValue());
    assertEquals("tiny.onnx", root.get("model").get("file").stringValue());
    assertEquals("features", root.get("model").get("layer").stringValue());
    // round(32 * 2 / 7)
    assertEquals(9, root.get("crops").get("patch").intValue());
    assertEquals(
        PICTURES * root.get("crops").get("perPicture").intValue(), part().get("crops").intValue());
  }

  @Test
  void contributionsOnDiskAddUpToTheLogit() {
    for (JsonNode picture : part().get("pictures")) {
      JsonNode score = picture.get("scores").get(0);
      double sum = score.get("start").doubleValue() + score.get("other").doubleValue();
      for (JsonNode c : score.get("contributions")) {
        sum += c.doubleValue();
      }
      assertEquals(picture.get("logit").doubleValue(), sum, 1e-9);
    }
  }

  @Test
  void theTableNamesEveryConceptWithItsInterval() {
    assertTrue(run.out().startsWith("apple (0): 6 pictures, importance exact"), run.out());
    assertTrue(run.out().contains("95 % interval"), run.out());
    List<String> rows = run.out().lines().filter(l -> l.matches(" *\\d+  .*")).toList();
    assertEquals(CONCEPTS, rows.size(), run.out());
    assertTrue(rows.get(0).matches(" *0 +\\d+\\.\\d % +\\d+\\.\\d % to .*raises.*"), rows.get(0));
    assertTrue(run.out().contains("page: " + folder.resolve("out/report.html")), run.out());
  }

  @Test
  void standardErrorHoldsOnlySentences() {
    run.errors().forEach(line -> assertTrue(line.startsWith("percept: "), line));
    assertTrue(run.err().contains("Only 6 pictures"), run.err());
  }

  @Test
  void jsonOnStandardOutputIsWhatIsWritten() {
    Path out = folder.resolve("json");
    Percept json = explain(model, pictures, labels, out, "--json");
    assertEquals(ExitCode.OK, json.status(), json.err());
    assertEquals(Written.in(out).json("importance.json"), Written.tree(json.out()));
    assertEquals(bundle.json("importance.json"), Written.tree(json.out()));
  }

  @Test
  void equalRunsGiveEqualBytesWhereverTheyLie() {
    Path elsewhere = folder.resolve("quite/another/place");
    Path out = elsewhere.resolve("result");
    Percept again =
        explain(
            TinyModels.affine(elsewhere.resolve("tiny.onnx")),
            TinyPictures.write(elsewhere.resolve("pictures"), PICTURES),
            TinyPictures.labels(elsewhere.resolve("names.txt")),
            out);
    assertEquals(ExitCode.OK, again.status(), again.err());
    Set<String> differing = bundle.differing(Written.in(out));
    differing.remove("timings.json");
    assertEquals(Set.of(), differing);
  }

  @Test
  void threadsChangeNoByte() {
    Path out = folder.resolve("single");
    assertEquals(ExitCode.OK, explain(model, pictures, labels, out, "--threads", 1).status());
    Set<String> differing = bundle.differing(Written.in(out));
    differing.remove("timings.json");
    assertEquals(Set.of(), differing);
  }

  @Test
  void anotherSeedGivesAnotherBaseline() {
    Path out = folder.resolve("seed");
    assertEquals(ExitCode.OK, explain(model, pictures, labels, out, "--seed", 7).status());
    Written other = Written.in(out);
    assertEquals(7, other.json("bundle.json").get("provenance").get("seed").intValue());
    assertNotEquals(
        bundle.json("bundle.json").get("reconstruction").get("randomR2"),
        other.json("bundle.json").get("reconstruction").get("randomR2"));
  }

  @Test
  void noFileSaysWhereItWasMade() {
    String home = System.getProperty("user.home");
    String temporary = System.getProperty("java.io.tmpdir");
    assertEquals(List.of(), bundle.holding(folder.toString()));
    assertEquals(List.of(), bundle.holding(folder.getFileName().toString()));
    assertEquals(List.of(), bundle.holding(System.getProperty("user.dir")));
    assertEquals(List.of(), bundle.holding(home.endsWith("/") ? home : home + "/"));
    assertEquals(List.of(), bundle.holding(temporary.endsWith("/") ? temporary : temporary + "/"));
    assertFalse(bundle.holding("tiny.onnx").isEmpty(), "or the search finds nothing at all");
  }

  @Test
  void aSecondRunReplacesTheFirst() {
    Path out = folder.resolve("twice");
    assertEquals(ExitCode.OK, explain(model, pictures, labels, out, "--concepts", 5).status());
    assertEquals(ExitCode.OK, explain(model, pictures, labels, out, "--concepts", 2).status());
    Written second = Written.in(out);
    assertEquals(2, second.json("importance.json").get("classes").get(0).get("concepts").size());
    assertFalse(second.names().contains("excerpts/class-0/c4-top-1.jpg"));
  }

  private JsonNode part() {
    return bundle.json("bundle.json").get("classes").get(0);
  }

  private static Set<String> fields(JsonNode node) {
    return new TreeSet<>(node.propertyNames());
  }
}
