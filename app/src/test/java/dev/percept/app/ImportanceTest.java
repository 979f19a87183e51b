package dev.percept.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** {@code percept importance} on networks whose answer can be worked out. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ImportanceTest {
  private final Path folder;
  private final Path affine;
  private final Path saturating;
  private final Path pictures;

  ImportanceTest(@TempDir Path folder) {
    this.folder = folder;
    this.affine = TinyModels.affine(folder.resolve("tiny.onnx"));
    this.saturating = TinyModels.saturating(folder.resolve("saturating.onnx"));
    this.pictures = TinyPictures.write(folder.resolve("pictures"), 6);
  }

  private Percept importance(Path model, Path out, Object... more) {
    List<Object> args =
        new ArrayList<>(
            List.of(
                "importance",
                "-m",
                model,
                "-i",
                pictures.resolve("apple"),
                "-c",
                "0",
                "--preprocess",
                "unit",
                "--budget",
                "2000",
                "-o",
                out));
    if (!Arrays.asList(more).contains("--concepts")) {
      args.addAll(List.of("--concepts", "4"));
    }
    args.addAll(Arrays.asList(more));
    return Percept.run(args.toArray());
  }

  @Test
  void onAnAffineHeadGradientsAndOcclusionAreTheSameNumbers() {
    Path out = folder.resolve("affine");
    Percept run = importance(affine, out);
    assertEquals(ExitCode.OK, run.status(), run.err());
    Written written = Written.in(out);
    assertEquals(Set.of("importance-comparison.json", "importance.html"), written.names());
    JsonNode root = written.json("importance-comparison.json");
    assertTrue(root.get("affine").asBoolean());
    assertEquals(0, root.get("missing").size(), root.get("missing").toString());
    JsonNode estimators = root.get("estimators");
    assertEquals(
        new TreeSet<>(
            List.of(
                "affine-exact",
                "occlusion",
                "rise",
                "hsic",
                "gradient-x-code",
                "integrated-gradients",
                "smoothgrad")),
        names(estimators));
    JsonNode occlusion = estimator(estimators, "occlusion");
    for (String name : List.of("gradient-x-code", "integrated-gradients", "smoothgrad")) {
      JsonNode other = estimator(estimators, name);
      for (int k = 0; k < 4; k++) {
        double expected = occlusion.get("values").get(k).get("total").asDouble();
        // Logits of order 10 in float32, from two engines.
        assertEquals(
            expected, other.get("values").get(k).get("total").asDouble(), 1e-4 * (1 + expected));
      }
      assertEquals(
          1, other.get("marks").get("fidelity").get("mean").asDouble(), 1e-3, "of " + name);
    }
    double random = root.get("random").get("deletion").get("mean").asDouble();
    assertTrue(occlusion.get("marks").get("deletion").get("mean").asDouble() < random);
    assertTrue(run.out().contains("integrated-gradients"), run.out());
    assertTrue(run.out().contains("random"), run.out());
  }

  @Test
  void whatIsNotAffineIsSampledAndTheSeedDecides() {
    Path one = folder.resolve("one");
    Path two = folder.resolve("two");
    Percept run = importance(saturating, one, "--estimator", "auto,occlusion,smoothgrad", "--json");
    assertEquals(ExitCode.OK, run.status(), run.err());
    JsonNode root = Written.tree(run.out());
    assertFalse(root.get("affine").asBoolean());
    assertEquals("jansen", root.get("estimators").get(0).get("name").asString());
    // Eight randomisations of at least 4 points, each 5 masks for 4 concepts.
    int masks = root.get("estimators").get(0).get("masks").asInt();
    assertTrue(masks >= 160 && masks % 160 == 0, "masks " + masks);
    assertEquals(
        ExitCode.OK,
        importance(saturating, two, "--estimator", "auto,occlusion,smoothgrad", "--threads", 1)
            .status());
    String seconds = "\"seconds\" : [0-9.E-]+";
    assertEquals(
        Written.in(one).text("importance-comparison.json").replaceAll(seconds, ""),
        Written.in(two).text("importance-comparison.json").replaceAll(seconds, ""));
  }

  @Test
  void namesAreTextOnThePage() {
    Path out = folder.resolve("named");
    Path labels = TinyPictures.text(folder.resolve("evil.txt"), "</script><b>apple\nsky\nsun\n");
    Percept run = importance(affine, out, "--estimator", "occlusion", "--labels", labels);
    assertEquals(ExitCode.OK, run.status(), run.err());
    String page = Written.in(out).text("importance.html");
    assertFalse(page.contains("<b>apple"));
    assertTrue(page.contains("\\u003cb\\u003eapple"));
    assertTrue(page.contains("default-src 'none'"));
    assertFalse(page.contains("src=\"http"), "nothing is fetched");
  }

  @Test
  void refusalsAreOneSentence() throws Exception {
    Path out = folder.resolve("refused");
    refused(importance(affine, out, "--estimator", "magic"), ExitCode.USAGE, "magic");
    refused(importance(affine, out, "--estimator", "rise,rise"), ExitCode.USAGE, "twice");
    refused(importance(affine, out, "--concepts", "1"), ExitCode.UNFIT, "--concepts");
    refused(
        Percept.run(
            "importance",
            "-m",
            affine,
            "-i",
            pictures,
            "-c",
            "each",
            "--labels",
            TinyPictures.labels(folder.resolve("labels.txt")),
            "--preprocess",
            "unit",
            "-o",
            out),
        ExitCode.UNFIT,
        "name one with -c");
    Path file = TinyPictures.text(folder.resolve("a-file"), "x");
    refused(importance(affine, file), ExitCode.UNFIT, "choose another folder");
    refused(
        importance(folder.resolve("none.onnx"), out, "--estimator", "hsic"),
        ExitCode.UNFIT,
        "none.onnx");
    refused(
        importance(TinyModels.signed(folder.resolve("signed.onnx")), out),
        ExitCode.UNFIT,
        "semi-nmf");
    assertFalse(Files.exists(out.resolve("importance-comparison.json")));
  }

  private static void refused(Percept run, int status, String naming) {
    assertEquals(status, run.status(), run.err());
    String last =
        run.err().lines().filter(l -> l.startsWith("percept: ")).reduce((a, b) -> b).orElse("");
    assertTrue(last.contains(naming), run.err());
  }

  @Test
  void explainTakesEstimatorsThatNeedNoGradients() {
    for (String name : List.of("occlusion", "rise", "hsic")) {
      Path out = folder.resolve("explained-" + name);
      Percept run =
          Percept.explain(saturating, pictures.resolve("apple"), "0", out, "--estimator", name);
      assertEquals(ExitCode.OK, run.status(), run.err());
      JsonNode of = Written.in(out).json("importance.json").get("classes").get(0);
      assertEquals(name, of.get("estimator").asString());
      double sum = 0;
      for (JsonNode concept : of.get("concepts")) {
        sum += concept.get("total").asDouble();
      }
      assertEquals(1, sum, 1e-9, "shares of " + name);
      assertTrue(Written.in(out).text("report.html").contains("share of"));
    }
    Percept run =
        Percept.explain(
            affine,
            pictures.resolve("apple"),
            "0",
            folder.resolve("no"),
            "--estimator",
            "smoothgrad");
    assertEquals(ExitCode.USAGE, run.status());
  }

  private static Set<String> names(JsonNode estimators) {
    Set<String> names = new TreeSet<>();
    estimators.forEach(e -> names.add(e.get("name").asString()));
    return names;
  }

  private static JsonNode estimator(JsonNode estimators, String name) {
    for (JsonNode e : estimators) {
      if (e.get("name").asString().equals(name)) {
        return e;
      }
    }
    throw new AssertionError("no " + name);
  }
}
