package dev.percept.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.testkit.RealData;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Networks that others have trained, on photographs. */
@Tag("realdata")
class RealModelsTest {
  @TempDir Path folder;

  @Test
  void mobileNetSeesParachutes() {
    Path out = folder.resolve("out");
    Percept run =
        Percept.run(
            "explain",
            "-m",
            RealData.path("models/mobilenet_v2_1.0_224-imagenet.onnx"),
            "-i",
            RealData.path("images/imagenette"),
            "-c",
            "parachute",
            "--labels",
            RealData.path("images/imagenet_classes.tsv"),
            "--preprocess",
            "minus-one-one",
            "--max-images",
            12,
            "-o",
            out);
    assertEquals(ExitCode.OK, run.status(), run.err());
    Written written = Written.in(out);
    JsonNode bundle = written.json("bundle.json");
    assertEquals(12, bundle.get("provenance").get("pictures").intValue());
    assertTrue(bundle.get("accuracy").get("model").doubleValue() > 0.5);
    assertEquals(64, bundle.get("crops").get("patch").intValue());
    assertEquals(16, bundle.get("crops").get("perPicture").intValue());
    JsonNode one = written.json("importance.json").get("classes").get(0);
    assertEquals("affine-exact", one.get("estimator").stringValue());
    assertEquals(701, one.get("target").get("index").intValue());
  }

  @Test
  void mobileVitIsRefusedForNmfAndExplainedWithSemiNmf() {
    Path model = RealData.path("models/mobilevit_xxs-flowers.onnx");
    Path labels =
        TinyPictures.text(
            folder.resolve("labels.txt"), "dandelion\ndaisy\ntulip\nsunflower\nrose\n");
    Path out = folder.resolve("out");
    Object[] args = {
      "explain",
      "-m",
      model,
      "-i",
      RealData.path("images/flowers/daisy"),
      "-c",
      "daisy",
      "--labels",
      labels,
      "--preprocess",
      "raw255",
      "--max-images",
      10,
      "--concepts",
      6,
      "-o",
      out,
      "--extractor",
      "nmf"
    };
    Percept refused = Percept.run(args);
    assertEquals(ExitCode.UNFIT, refused.status(), refused.err());
    assertEquals(1, refused.errors().size(), refused.err());
    assertTrue(refused.err().contains("semi-nmf"), refused.err());
    assertFalse(Files.exists(out));
    args[args.length - 1] = "semi-nmf";
    Percept explained = Percept.run(args);
    assertEquals(ExitCode.OK, explained.status(), explained.err());
    JsonNode bundle = Written.in(out).json("bundle.json");
    assertEquals("semi-nmf", bundle.get("extractor").stringValue());
    assertTrue(bundle.get("accuracy").get("model").doubleValue() > 0.5);
  }

  @Test
  void aHeadOnMobileNetTellsImagenetteApart() {
    Path pictures = RealData.path("images/imagenette");
    Path model = folder.resolve("imagenette.onnx");
    Percept trained =
        Percept.run(
            "head",
            "train",
            "-m",
            RealData.path("models/mobilenet_v2_1.0_224-imagenet.onnx"),
            "--output",
            "features",
            "-i",
            pictures,
            "--preprocess",
            "minus-one-one",
            "--max-images",
            20,
            "--json",
            "-o",
            model);
    assertEquals(ExitCode.OK, trained.status(), trained.err());
    JsonNode report = Written.tree(trained.out());
    assertEquals(100, report.get("pictures").intValue());
    assertEquals(1280, report.get("features").intValue());
    // Five classes of the thousand that the network was trained for; 0.2 is what chance gives.
    assertTrue(report.get("accuracy").doubleValue() > 0.9, trained.out());
    Path out = folder.resolve("parachutes");
    Percept run =
        Percept.run(
            "explain",
            "-m",
            model,
            "-i",
            pictures,
            "-c",
            "parachute",
            "--max-images",
            12,
            "-o",
            out);
    assertEquals(ExitCode.OK, run.status(), run.err());
    JsonNode bundle = Written.in(out).json("bundle.json");
    assertEquals(12, bundle.get("provenance").get("pictures").intValue());
    assertTrue(bundle.get("accuracy").get("model").doubleValue() > 0.8);
    JsonNode one = Written.in(out).json("importance.json").get("classes").get(0);
    assertEquals("affine-exact", one.get("estimator").stringValue());
    assertEquals("parachute", one.get("target").get("label").stringValue());
  }

  @Test
  void resNetInTheMiddleIsSampled() {
    Path model = RealData.path("models/resnet56-cifar10.onnx");
    Path labels =
        TinyPictures.text(
            folder.resolve("labels.txt"),
            "airplane\nautomobile\nbird\ncat\ndeer\ndog\nfrog\nhorse\nship\ntruck\n");
    Path pictures = RealData.path("images/cifar10");
    String middle = middle(model);
    Path out = folder.resolve("out");
    Percept run =
        Percept.run(
            "explain",
            "-m",
            model,
            "-i",
            pictures,
            "-c",
            "frog",
            "--labels",
            labels,
            "--preprocess",
            "cifar10",
            "--layer",
            middle,
            "--max-images",
            8,
            "--concepts",
            5,
            "-o",
            out);
    assertEquals(ExitCode.OK, run.status(), run.err());
    JsonNode one = Written.in(out).json("importance.json").get("classes").get(0);
    assertEquals("jansen", one.get("estimator").stringValue());
    assertTrue(one.get("designs").intValue() > 0);
    for (JsonNode c : one.get("concepts")) {
      assertTrue(c.get("low").doubleValue() < c.get("high").doubleValue(), c.toString());
    }
  }

  /** The last clean cut with 16 x 16 places, which lies before the last stage. */
  private static String middle(Path model) {
    String found = "";
    for (JsonNode row : Written.tree(Percept.run("inspect", model, "--json").out()).get("cuts")) {
      if (row.get("clean").booleanValue()
          && row.get("nonNegative").booleanValue()
          && row.get("shape").stringValue().endsWith("x 16 x 16")) {
        found = row.get("tensor").stringValue();
      }
    }
    assertFalse(found.isEmpty(), "no cut in the middle");
    return found;
  }
}
