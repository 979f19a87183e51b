package dev.percept.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.testkit.text.EncoderSpec;
import dev.percept.testkit.text.TextEncoders;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** {@code percept compare-classes} on pictures and texts. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CompareClassesTest {
  private final Path folder;
  private final Path model;
  private final Path pictures;
  private final Path labels;

  CompareClassesTest(@TempDir Path folder) {
    this.folder = folder;
    this.model = TinyModels.affine(folder.resolve("tiny.onnx"));
    this.pictures = TinyPictures.write(folder.resolve("pictures"), 20);
    this.labels = TinyPictures.labels(folder.resolve("labels.txt"));
  }

  private Percept compare(Path images, Path out, Object... more) {
    List<Object> args =
        new ArrayList<>(
            List.of(
                "compare-classes",
                "-m",
                model,
                "-i",
                images,
                "--labels",
                labels,
                "--preprocess",
                "unit",
                "--concepts",
                "5",
                "-o",
                out));
    args.addAll(List.of(more));
    return Percept.run(args.toArray());
  }

  @Test
  void applesAndSunsAreToldApartByTheirColours() {
    Path out = folder.resolve("out");
    Percept run = compare(pictures, out, "-c", "apple", "-c", "sun");
    assertEquals(ExitCode.OK, run.status(), run.err());
    Written written = Written.in(out);
    assertEquals(Set.of("class-comparison.json", "class-comparison.html"), written.names());
    JsonNode root = written.json("class-comparison.json");
    assertEquals("pictures", root.get("modality").asString());
    assertEquals("affine-exact", root.get("estimator").asString());
    JsonNode counts = root.get("confusion").get("counts");
    assertEquals(3, counts.size());
    for (int i = 0; i < 3; i++) {
      assertEquals(20, sum(counts.get(i)), "every picture once");
      assertTrue(counts.get(i).get(i).asInt() > 16, counts.toString());
    }
    assertEquals("distinct", root.get("overlap").get("verdict").asString());
    Set<String> more = new TreeSet<>();
    for (JsonNode k : root.get("concepts")) {
      if (k.get("quadrant").asString().equals("discriminating-used")) {
        more.add(k.get("difference").get("delta").asDouble() > 0 ? "apple" : "sun");
      }
      // Indices of an affine head add up to 1 in every picture, and an equal share is a fifth.
      assertEquals(0.2, root.get("thresholds").get("usedA").asDouble(), 1e-5);
      assertTrue(k.get("ofA").size() > 0 || k.get("ofB").size() > 0, k.toString());
    }
    assertEquals(Set.of("apple", "sun"), more, "each has a colour of its own");
    assertTrue(run.out().contains("The model uses concept"), run.out());
    assertTrue(run.out().contains("distinct for this model"), run.out());
    assertEquals(List.of(), written.holding(folder.toString()), "no path of this machine");
    Percept again =
        compare(pictures, folder.resolve("again"), "-c", "apple", "-c", "sun", "--json");
    assertEquals(Set.of(), written.differing(Written.in(folder.resolve("again"))));
    assertEquals(root, Written.tree(again.out()));
  }

  private static int sum(JsonNode row) {
    int sum = 0;
    for (JsonNode v : row) {
      sum += v.asInt();
    }
    return sum;
  }

  @Test
  void fourPicturesSayNothing() {
    Path few = TinyPictures.write(folder.resolve("few"), 4);
    Path out = folder.resolve("few-out");
    Percept run = compare(few, out, "-c", "apple", "-c", "sun");
    assertEquals(ExitCode.OK, run.status(), run.err());
    assertTrue(
        run.out()
            .contains(
                "With 4 and 4 pictures nothing can be told: at least 10 of each class are needed."),
        run.out());
    JsonNode root = Written.in(out).json("class-comparison.json");
    assertTrue(root.get("tooFew").asBoolean());
    root.get("concepts")
        .forEach(k -> assertEquals("undecided", k.get("quadrant").asString(), k.toString()));
    assertEquals("undecided", root.get("overlap").get("verdict").asString());
    String page = Written.in(out).text("class-comparison.html");
    assertTrue(page.contains("Too few pictures to tell"), "the page says so, too");
  }

  @Test
  void textsGoTheSameWay() {
    Path encoder =
        TextEncoders.write(
            EncoderSpec.small(EncoderSpec.Head.MEAN, EncoderSpec.Mask.LOWEST),
            folder.resolve("encoder.onnx"));
    StringBuilder vocabulary = new StringBuilder("<PAD>\n<START>\n<UNKNOWN>\n");
    for (int i = 3; i < 60; i++) {
      vocabulary.append("word").append((char) ('a' + i / 26)).append((char) ('a' + i % 26));
      vocabulary.append('\n');
    }
    List<String> words = vocabulary.toString().lines().skip(3).toList();
    Path tokenizer = TinyPictures.text(folder.resolve("vocab.txt"), vocabulary.toString());
    StringBuilder csv = new StringBuilder("text,label\n");
    RandomGenerator random = dev.percept.core.Run.of(8).random("texts");
    for (int i = 0; i < 48; i++) {
      // Each of two classes says two words of its own, in two sentences.
      int from = i % 2 == 0 ? 0 : 28;
      for (int w = 0; w < 8; w++) {
        csv.append(w == 4 ? ". " : w == 0 ? "" : " ").append(words.get(from + random.nextInt(2)));
      }
      csv.append(',').append(i % 2 == 0 ? 1 : 3).append('\n');
    }
    Path texts = TinyPictures.text(folder.resolve("texts.csv"), csv.toString());
    Path out = folder.resolve("texts-out");
    Percept run =
        Percept.run(
            "compare-classes",
            "-m",
            encoder,
            "--texts",
            texts,
            "--tokenizer",
            tokenizer,
            "-c",
            "1",
            "-c",
            "3",
            "--extractor",
            "semi-nmf",
            "--concepts",
            "3",
            "--budget",
            "5000",
            "-o",
            out);
    assertEquals(ExitCode.OK, run.status(), run.err());
    JsonNode root = Written.in(out).json("class-comparison.json");
    assertEquals("texts", root.get("modality").asString());
    assertEquals(24, root.get("a").get("examples").asInt());
    assertTrue(root.get("b").get("units").asInt() >= 24, "at least one sentence a text");
    assertEquals(24, sum(root.get("confusion").get("counts").get(0)));
    Set<String> answers = new TreeSet<>();
    root.get("concepts").forEach(k -> answers.add(k.get("difference").get("differs").asString()));
    assertTrue(answers.contains("yes"), "classes without a common word differ: " + answers);
    JsonNode excerpt = root.get("concepts").get(0).get("ofA").get(0);
    assertTrue(excerpt.get("content").asString().startsWith("word"), excerpt.toString());
    assertTrue(excerpt.get("source").asString().startsWith("row "), excerpt.toString());
    assertTrue(Written.in(out).text("class-comparison.html").contains("24 texts"));
  }

  @Test
  void whatCannotBeComparedIsRefusedInOneSentence() {
    Path out = folder.resolve("refused");
    for (List<String> bad :
        List.of(
            List.of("-c", "apple"),
            List.of("-c", "apple", "-c", "sun", "-c", "sky"),
            List.of("-c", "each", "-c", "sun"),
            List.of("-c", "apple", "-c", "sun", "--texts", "x.csv"),
            List.of("-c", "apple", "-c", "sun", "--concepts", "0"))) {
      Percept run = compare(pictures, out, bad.toArray());
      assertEquals(ExitCode.USAGE, run.status(), bad + run.err());
    }
    assertEquals(
        ExitCode.USAGE,
        Percept.run("compare-classes", "-m", model, "-c", "0", "-c", "1", "-o", out).status());
    assertEquals(
        ExitCode.USAGE,
        Percept.run(
                "compare-classes", "-m", model, "--texts", "x.csv", "-c", "0", "-c", "1", "-o", out)
            .status());
    for (List<String> unfit :
        List.of(
            List.of("-c", "apple", "-c", "apple"),
            List.of("-c", "apple", "-c", "pear"),
            List.of("-c", "0", "-c", "2", "--layer", "layer9"))) {
      Percept run = compare(pictures, out, unfit.toArray());
      assertEquals(ExitCode.UNFIT, run.status(), unfit + run.err());
      assertEquals(1, run.errors().size(), run.err());
      assertNotEquals("", run.err());
    }
    Percept one = compare(pictures.resolve("apple"), out, "-c", "apple", "-c", "sun");
    assertEquals(ExitCode.UNFIT, one.status(), one.err());
    Percept each = compare(pictures, out, "-c", "each");
    // Either some are confused, and then two are chosen; or none, which is said.
    assertTrue(
        each.status() == ExitCode.OK
            || each.err().contains("no two of these classes are ever confused"),
        each.err());
  }
}
