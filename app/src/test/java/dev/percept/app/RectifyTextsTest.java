package dev.percept.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.bundle.Bundle;
import dev.percept.bundle.BundleReader;
import dev.percept.bundle.LoadedBundle;
import dev.percept.core.Run;
import dev.percept.testkit.text.EncoderSpec;
import dev.percept.testkit.text.TextEncoders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** {@code --rectify} on a small encoder of texts whose pooler ends in Tanh, so is signed. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RectifyTextsTest {
  private final Path folder;
  private final Path model;
  private final Path tokenizer;
  private final Path texts;

  RectifyTextsTest(@TempDir Path folder) {
    this.folder = folder;
    model =
        TextEncoders.write(
            EncoderSpec.small(EncoderSpec.Head.BERT, EncoderSpec.Mask.LOWEST),
            folder.resolve("encoder.onnx"));
    List<String> words = new ArrayList<>();
    for (int i = 0; i < 57; i++) {
      words.add("word" + (char) ('a' + i / 26) + (char) ('a' + i % 26));
    }
    tokenizer =
        TinyPictures.text(
            folder.resolve("vocab.txt"),
            "<PAD>\n<START>\n<UNKNOWN>\n" + String.join("\n", words) + "\n");
    StringBuilder csv = new StringBuilder("text,label\n");
    RandomGenerator random = Run.of(8).random("texts");
    for (int i = 0; i < 24; i++) {
      for (int w = 0; w < 8; w++) {
        csv.append(w == 0 ? "" : w == 4 ? ". Then " : " ");
        csv.append(words.get((i % 2) * 20 + random.nextInt(9)));
      }
      csv.append(".,").append(i % 2 == 0 ? 1 : 3).append('\n');
    }
    texts = TinyPictures.text(folder.resolve("texts.csv"), csv.toString());
  }

  private Percept run(String command, Path out, Object... more) {
    List<Object> args =
        new ArrayList<>(
            List.of(
                command,
                "-m",
                model,
                "--texts",
                texts,
                "--tokenizer",
                tokenizer,
                "-c",
                "1",
                "--concepts",
                "3",
                "--budget",
                "3000",
                "-o",
                out));
    args.addAll(Arrays.asList(more));
    return Percept.run(args.toArray());
  }

  @Test
  void signedFeaturesAreRefusedUntilTheyAreRectified() {
    Path out = folder.resolve("out");
    Percept refused = run("explain", out);
    assertEquals(ExitCode.UNFIT, refused.status(), refused.err());
    assertTrue(refused.err().contains("(--rectify)"), refused.err());
    assertFalse(Files.exists(out));
    Percept run = run("explain", out, "--rectify", "--words", "direction,occlusion,gradient");
    assertEquals(ExitCode.OK, run.status(), run.err());
    LoadedBundle loaded = BundleReader.read(out);
    assertEquals("", loaded.bundle().provenance().options().get("rectify"));
    assertTrue(loaded.bundle().splitCheck().passed());
    Bundle.ClassPart part = loaded.bundle().classes().get(0);
    Bundle.Rectification cost = Objects.requireNonNull(part.rectification());
    assertTrue(cost.negative() > 0 && cost.negative() < 1, cost.toString());
    assertTrue(cost.variance() > 0 && cost.variance() < 1, cost.toString());
    // What h makes of rectified activations is what everything else is compared with.
    assertEquals(part.accuracy().model(), cost.accuracy());
    String warning = part.warnings().get(0);
    assertTrue(warning.contains("not the model as it is"), warning);
    assertTrue(warning.contains("of these texts instead of"), warning);
    loaded
        .dictionary()
        .forEach(
            (name, tensor) -> {
              for (float v : tensor.toArray()) {
                assertTrue(v >= 0, name);
              }
            });
    assertSaysNothingOfPictures(part.warnings(), run.err());
  }

  @Test
  void nothingThatIsSaidOfTextsCallsThemPictures() {
    Percept run = run("explain", folder.resolve("plain"), "--extractor", "semi-nmf");
    assertEquals(ExitCode.OK, run.status(), run.err());
    Bundle.ClassPart part = BundleReader.read(folder.resolve("plain")).bundle().classes().get(0);
    // So few texts, and labels that the model never learned: both are said.
    assertTrue(
        part.warnings().stream().anyMatch(w -> w.contains("12 texts:")),
        () -> part.warnings().toString());
    assertSaysNothingOfPictures(part.warnings(), run.err() + run.out());
    assertSaysNothingOfPictures(
        List.of(), Written.in(folder.resolve("plain")).text("timings.json"));
  }

  private static void assertSaysNothingOfPictures(List<String> warnings, String printed) {
    String all = (String.join(" ", warnings) + printed).toLowerCase(Locale.ROOT);
    assertFalse(all.contains("picture"), all);
    assertFalse(all.contains("crop"), all);
  }

  @Test
  void classesAreComparedOnRectifiedActivations() {
    Path out = folder.resolve("classes");
    assertEquals(ExitCode.UNFIT, run("compare-classes", out, "-c", "3").status());
    Percept run = run("compare-classes", out, "-c", "3", "--rectify");
    assertEquals(ExitCode.OK, run.status(), run.err());
    JsonNode root = Written.in(out).json("class-comparison.json");
    assertEquals("", root.get("options").get("rectify").asString());
    JsonNode notes = root.get("notes");
    assertEquals(2, notes.size(), "one a class: " + notes);
    assertTrue(notes.get(0).asString().contains("'1' is the answer for"), notes.toString());
    assertTrue(notes.get(1).asString().contains("'3' is the answer for"), notes.toString());
  }
}
