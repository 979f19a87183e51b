package dev.percept.app;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.bundle.Bundle;
import dev.percept.bundle.BundleReader;
import dev.percept.bundle.ClassTexts;
import dev.percept.bundle.LoadedBundle;
import dev.percept.core.Run;
import dev.percept.core.Tensor;
import dev.percept.testkit.text.EncoderSpec;
import dev.percept.testkit.text.TextEncoders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code percept explain --texts} on a small encoder with random weights. */
class ExplainTextsTest {
  private static final String HOSTILE = "</script><img src=x onerror=alert(1)> wordaa שלום";

  @TempDir Path folder;
  private Path model = Path.of("");
  private Path tokenizer = Path.of("");
  private Path texts = Path.of("");

  @BeforeEach
  void write() {
    model =
        TextEncoders.write(
            EncoderSpec.small(EncoderSpec.Head.MEAN, EncoderSpec.Mask.LOWEST),
            folder.resolve("encoder.onnx"));
    List<String> words = new ArrayList<>();
    for (int i = 0; i < 57; i++) {
      words.add("word" + (char) ('a' + i / 26) + (char) ('a' + i % 26));
    }
    tokenizer =
        TinyPictures.text(
            folder.resolve("vocab.txt"),
            "<PAD>\n<START>\n<UNKNOWN>\n" + String.join("\n", words) + "\n");
    StringBuilder csv = new StringBuilder("text,label\n\"" + HOSTILE + "\",1\n");
    RandomGenerator random = Run.of(8).random("texts");
    for (int i = 0; i < 24; i++) {
      for (int w = 0; w < 8; w++) {
        csv.append(w == 0 ? "" : w == 4 ? ". Then " : " ").append(words.get(random.nextInt(9)));
      }
      csv.append(".,1\n");
    }
    texts = TinyPictures.text(folder.resolve("texts.csv"), csv.toString());
  }

  private Percept explain(Path out, Object... more) {
    List<Object> args =
        new ArrayList<>(
            List.of(
                "explain",
                "-m",
                model,
                "--texts",
                texts,
                "--tokenizer",
                tokenizer,
                "-c",
                "1",
                "--extractor",
                "semi-nmf",
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
  void conceptsWordsAndAPage() throws IOException {
    Path out = folder.resolve("out");
    Percept run = explain(out, "--words", "direction,occlusion,clauses,gradient");
    assertEquals(ExitCode.OK, run.status(), run.err());
    assertTrue(run.out().contains("25 texts"), run.out());
    LoadedBundle loaded = BundleReader.read(out);
    assertEquals("texts", loaded.bundle().kind());
    Bundle.ClassPart part = loaded.bundle().classes().get(0);
    ClassTexts of = part.texts();
    assertTrue(of != null && of.words().size() == 3);
    for (ClassTexts.Method method : of.methods()) {
      Tensor values = loaded.words(part, method);
      float most = 0;
      for (int i = 0; i < values.shape().size(); i++) {
        most = Math.max(most, Math.abs(values.get(i)));
      }
      assertTrue(most > 0, () -> method.name() + " says nothing of any word");
    }
    String page = Files.readString(out.resolve("report.html"));
    assertFalse(page.contains("<img src=x"), "a text must never become markup");
    assertTrue(page.contains("שלום"), "the text itself is there");
    byte[] before = Files.readAllBytes(out.resolve("report.html"));
    assertEquals(ExitCode.OK, Percept.run("report", out).status());
    assertArrayEquals(before, Files.readAllBytes(out.resolve("report.html")));
  }

  @Test
  void equalRunsGiveEqualFiles() throws IOException {
    Path one = folder.resolve("one");
    Path two = folder.resolve("two");
    assertEquals(ExitCode.OK, explain(one, "--preset", "cockatiel").status());
    assertEquals(ExitCode.OK, explain(two, "--preset", "cockatiel").status());
    for (String name : List.of("bundle.json", "importance.json", "maps.safetensors")) {
      assertArrayEquals(
          Files.readAllBytes(one.resolve(name)), Files.readAllBytes(two.resolve(name)), name);
    }
    assertEquals(
        List.of("occlusion", "clauses"), methods(BundleReader.read(one).bundle().classes().get(0)));
  }

  private static List<String> methods(Bundle.ClassPart part) {
    ClassTexts of = part.texts();
    return of == null ? List.of() : of.methods().stream().map(ClassTexts.Method::name).toList();
  }

  @Test
  void whatDoesNotFitIsRefusedInOneSentence() {
    Path out = folder.resolve("out");
    Percept patch = explain(out, "--patch", "3");
    assertEquals(ExitCode.USAGE, patch.status());
    assertEquals(
        "percept: Option '--patch' is for pictures, not for --texts", patch.errors().get(0));
    Percept units = Percept.run("explain", "-m", model, "-c", "1", "--units", "word", "-o", out);
    assertEquals(ExitCode.USAGE, units.status());
    assertEquals(ExitCode.UNFIT, explain(out, "--label-column", "none").status());
    Percept other = explain(out, "--seed", "1", "--max-texts", "1");
    assertEquals(ExitCode.UNFIT, other.status());
    assertTrue(other.err().contains("one text only"), other.err());
    Path wrong = TinyPictures.text(folder.resolve("wrong.csv"), "text,label\na,purple\n");
    texts = wrong;
    Percept label = explain(out);
    assertEquals(ExitCode.UNFIT, label.status());
    assertTrue(label.err().contains("row 2: label 'purple' names no class"), label.err());
    assertFalse(Files.exists(out), "nothing was written");
  }
}
