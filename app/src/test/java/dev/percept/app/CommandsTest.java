package dev.percept.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.testkit.text.EncoderSpec;
import dev.percept.testkit.text.TextEncoders;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The commands that explain nothing. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CommandsTest {
  private final Path folder;
  private final Path model;

  CommandsTest(@TempDir Path folder) {
    this.folder = folder;
    this.model = TinyModels.affine(folder.resolve("tiny.onnx"));
  }

  @Test
  void withoutACommandTheHelpIsShown() {
    Percept run = Percept.run();
    assertEquals(ExitCode.OK, run.status());
    assertEquals(Percept.run("--help").out(), run.out());
    for (String command :
        List.of(
            "explain",
            "importance",
            "inspect",
            "check",
            "head",
            "report",
            "demo",
            "exam",
            "zoo",
            "doctor",
            "completion")) {
      assertTrue(run.out().contains("  " + command + " "), run.out());
    }
    assertTrue(run.out().contains("130"), "exit statuses are explained");
    assertEquals("", run.err());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "explain",
        "importance",
        "inspect",
        "check",
        "report",
        "demo",
        "exam",
        "doctor",
        "completion"
      })
  void everyCommandHasHelp(String command) {
    Percept asked = Percept.run(command, "--help");
    assertEquals(ExitCode.OK, asked.status());
    assertTrue(asked.out().startsWith("Usage: percept " + command), asked.out());
    assertEquals(asked.out(), Percept.run("help", command).out());
    asked.out().lines().forEach(l -> assertTrue(l.length() <= 80, "fits a terminal: " + l));
  }

  @Test
  void theVersionIsFilledIn() {
    Percept run = Percept.run("--version");
    assertEquals(ExitCode.OK, run.status());
    assertTrue(run.out().matches("percept \\d+\\.\\d+\\.\\d+\\S*\\R"), run.out());
    Versions.all().forEach((name, v) -> assertFalse(v.contains("$"), name + ": " + v));
  }

  @Test
  void doctorLooksAtEverything() {
    Percept run = Percept.run("doctor");
    assertEquals(ExitCode.OK, run.status(), run.out());
    for (String what : List.of("Java", "ONNX Runtime", "OpenBLAS", "threads")) {
      assertTrue(run.out().contains(what), run.out());
    }
    JsonNode findings = Written.tree(Percept.run("doctor", "--json").out());
    assertTrue(findings.size() >= 4);
    findings.forEach(f -> assertTrue(f.get("ok").booleanValue(), f.toString()));
  }

  @Test
  void inspectListsTheCuts() {
    Percept run = Percept.run("inspect", model);
    assertEquals(ExitCode.OK, run.status(), run.err());
    assertTrue(run.out().contains("tiny.onnx: opset 17"), run.out());
    assertTrue(
        run.out().lines().anyMatch(l -> l.matches("\\* +features +Relu +N x 10 x 8 x 8 .*yes")),
        run.out());
    assertFalse(run.out().contains("branch"), "unclean cuts are left out");
    assertTrue(Percept.run("inspect", model, "--all").out().contains("branch"));
    assertEquals("", run.err());
  }

  @Test
  void inspectSaysHowTextsGoInAndWhatTheHeadReads() {
    Path file =
        TextEncoders.write(
            EncoderSpec.small(EncoderSpec.Head.DISTILBERT, EncoderSpec.Mask.LOWEST),
            folder.resolve("encoder.onnx"));
    Percept run = Percept.run("inspect", file);
    assertEquals(ExitCode.OK, run.status(), run.err());
    assertTrue(run.out().contains("input  input_ids  N x T  int64  (ids)"), run.out());
    assertTrue(run.out().contains("input  attention_mask  N x T  int64  (mask)"), run.out());
    assertTrue(run.out().contains("texts  of up to 20 tokens out of 60"), run.out());
    assertTrue(
        run.out().contains("head   reads the first token of 'layer.0.norm2' (in 'first')"),
        run.out());
    assertTrue(run.out().lines().anyMatch(l -> l.startsWith("*") && l.contains("relu")));
    String json = Percept.run("inspect", file, "--json").out();
    assertTrue(json.contains("\"pooling\"") && json.contains("\"first\""), json);
  }

  @Test
  void inspectAsJsonHoldsEveryTensor() {
    Percept run = Percept.run("inspect", model, "--json");
    JsonNode root = Written.tree(run.out());
    List<String> clean = new ArrayList<>();
    List<String> auto = new ArrayList<>();
    List<String> other = new ArrayList<>();
    for (JsonNode row : root.get("cuts")) {
      String tensor = row.get("tensor").stringValue();
      (row.get("clean").booleanValue() ? clean : other).add(tensor);
      if (row.get("auto").booleanValue()) {
        auto.add(tensor);
      }
    }
    assertEquals(List.of("features"), auto);
    assertEquals(
        List.of(
            "colours", "colours.relu", "coarse", "sum", "features", "average", "vector", "votes"),
        clean);
    assertTrue(other.contains("branch"), other.toString());
    assertFalse(run.out().contains(folder.toString()), "no path is told");
  }

  @Test
  void inspectRefusesWhatExplainRefuses() {
    Percept run = Percept.run("inspect", folder.resolve("none.onnx"));
    assertEquals(ExitCode.UNFIT, run.status());
    assertEquals(1, run.errors().size(), run.err());
    assertEquals(ExitCode.USAGE, Percept.run("inspect", model, "--input-size", "0").status());
  }

  @Test
  void checkRanksThePresets() {
    Path pictures = TinyPictures.write(folder.resolve("pictures"), 20);
    Path labels = TinyPictures.labels(folder.resolve("labels.txt"));
    Percept run = Percept.run("check", "-m", model, "-i", pictures, "--labels", labels);
    assertEquals(ExitCode.OK, run.status(), run.err());
    assertTrue(run.out().startsWith("60 pictures of 3 classes"), run.out());
    for (String preset : List.of("imagenet", "minus-one-one", "unit", "raw255", "cifar10")) {
      assertTrue(run.out().lines().anyMatch(l -> l.startsWith(preset + " ")), run.out());
    }
    JsonNode json =
        Written.tree(
            Percept.run("check", "-m", model, "-i", pictures, "--labels", labels, "--json").out());
    assertEquals(60, json.get("pictures").intValue());
    double last = 1;
    for (JsonNode row : json.get("rows")) {
      assertTrue(row.get("top1").doubleValue() <= last, "best first");
      assertTrue(row.get("low").doubleValue() <= row.get("top1").doubleValue());
      assertTrue(row.get("top1").doubleValue() <= row.get("high").doubleValue());
      last = row.get("top1").doubleValue();
    }
    Percept batched =
        Percept.run(
            "check", "-m", model, "-i", pictures, "--labels", labels, "--batch", Integer.MAX_VALUE);
    assertEquals(run.out(), batched.out(), batched.err());
  }

  @Test
  void checkNeedsFoldersThatNameClasses() {
    Path pictures = TinyPictures.write(folder.resolve("others"), 1);
    Percept run = Percept.run("check", "-m", model, "-i", pictures);
    assertEquals(ExitCode.UNFIT, run.status());
    assertTrue(run.err().contains("--labels"), run.err());
    assertEquals(1, run.errors().size(), run.err());
  }
}
