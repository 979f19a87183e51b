package dev.percept.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What cannot be explained is refused: one sentence that names it and says what to do, the right
 * exit status, and nothing written.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RefusalTest {
  private final Path folder;
  private final Path model;
  private final Path pictures;
  private final Path labels;
  private int runs;

  RefusalTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    this.model = TinyModels.affine(folder.resolve("tiny.onnx"));
    this.pictures = TinyPictures.write(folder.resolve("pictures"), 4);
    this.labels = TinyPictures.labels(folder.resolve("labels.txt"));
    TinyModels.signed(folder.resolve("signed.onnx"));
    TinyModels.twoInputs(folder.resolve("two.onnx"));
    TinyModels.broken(folder.resolve("nan.onnx"));
    Files.write(folder.resolve("empty.onnx"), new byte[0]);
    TinyPictures.text(folder.resolve("text.onnx"), "this is a text about networks\n");
    byte[] whole = Files.readAllBytes(model);
    Files.write(folder.resolve("short.onnx"), Arrays.copyOf(whole, whole.length / 2));
    TinyPictures.text(folder.resolve("twice.txt"), "apple\nsky\napple\n");
    TinyPictures.text(folder.resolve("few.txt"), "apple\nsky\n");
    TinyPictures.text(folder.resolve("names.json"), "{\"names\": [\"red\"]}");
    TinyPictures.text(folder.resolve("broken.json"), "{\"names\": {");
    Files.createDirectories(folder.resolve("nothing"));
    TinyPictures.text(folder.resolve("unreadable/a.png"), "no picture");
    TinyPictures.text(folder.resolve("unreadable/b.jpg"), "nor this");
    TinyPictures.text(folder.resolve("unrelated/zebra/note.txt"), "no picture either");
    TinyPictures.write(folder.resolve("strange"), 1);
    for (String label : TinyPictures.LABELS) {
      Files.move(folder.resolve("strange/" + label), folder.resolve("strange/my " + label));
    }
  }

  /**
   * One refusal of {@code explain}.
   *
   * @param what for the test's name
   * @param status the exit status
   * @param parts what the sentence must hold
   * @param options that replace or follow those of a run that works
   */
  record Case(String what, int status, List<String> parts, List<String> options) {
    @Override
    public String toString() {
      return what;
    }
  }

  private static Case unfit(String what, List<String> parts, String... options) {
    return new Case(what, ExitCode.UNFIT, parts, List.of(options));
  }

  private static Case malformed(String what, List<String> parts, String... options) {
    return new Case(what, ExitCode.USAGE, parts, List.of(options));
  }

  static List<Case> cases() {
    return List.of(
        unfit("no model", List.of("no file", "none.onnx"), "-m", "none.onnx"),
        unfit("a folder as model", List.of("pictures"), "-m", "pictures"),
        unfit("an empty model", List.of("empty.onnx is empty"), "-m", "empty.onnx"),
        unfit("half a model", List.of("short.onnx is cut short"), "-m", "short.onnx"),
        unfit("a text as model", List.of("text.onnx is not an ONNX model"), "-m", "text.onnx"),
        unfit("two inputs", List.of("2 inputs", "'left'", "'right'"), "-m", "two.onnx"),
        unfit("weights that are no numbers", List.of("nan.onnx", "finite"), "-m", "nan.onnx"),
        unfit(
            "an unknown layer",
            List.of("no tensor 'featrues'", "nearest: features", "percept inspect"),
            "--layer",
            "featrues"),
        unfit(
            "a cut that something goes around",
            List.of("'branch' is no clean cut", "'coarse' goes around", "percept inspect"),
            "--layer",
            "branch"),
        unfit("an unknown output", List.of("'answer'"), "--output", "answer"),
        unfit("no such folder of pictures", List.of("none"), "-i", "none"),
        unfit("no pictures", List.of("no pictures in", "holds no files"), "-i", "nothing"),
        unfit(
            "only other files",
            List.of("no pictures in", "none of its 1 files"),
            "-i",
            "unrelated"),
        unfit(
            "only unreadable pictures",
            List.of("none of the 2 pictures", "a.png", "it is text"),
            "-i",
            "unreadable"),
        unfit(
            "only pictures beyond the limit",
            List.of("none of the 4 pictures", "32 x 32 pixels"),
            "--max-pixels",
            "1000"),
        unfit("an unknown class", List.of("no class 'appel'", "nearest: 'apple'"), "-c", "appel"),
        unfit("an index beyond the last", List.of("0 to 2"), "-c", "3"),
        unfit(
            "a name that stands twice",
            List.of("class 'apple' is not unique", "class 0", "class 2", "index:N"),
            "--labels",
            "twice.txt"),
        unfit("too few labels", List.of("2 names", "3 logits"), "--labels", "few.txt"),
        unfit("no labels", List.of("cannot read", "none.txt"), "--labels", "none.txt"),
        unfit(
            "each without sub-folders",
            List.of("no sub-folders", "'-c each'"),
            "-i",
            "pictures/sky",
            "-c",
            "each"),
        unfit(
            "each with folders that name no class",
            List.of("my apple", "--labels"),
            "-i",
            "strange",
            "-c",
            "each"),
        unfit(
            "values below 0 for nmf",
            List.of(
                "negative values",
                "at least 0",
                "percept inspect",
                "--rectify",
                "--extractor semi-nmf"),
            "-m",
            "signed.onnx"),
        unfit("more concepts than crops", List.of("500", "64"), "--concepts", "500"),
        unfit("crops larger than the input", List.of("patch: 2 to 32", "33"), "--patch", "33"),
        unfit(
            "a folder with something else in it",
            List.of("is not empty and no Percept bundle", "-o"),
            "-o",
            "pictures"),
        unfit("a file as folder", List.of("labels.txt is a file"), "-o", "labels.txt"),
        unfit("a folder below a file", List.of("labels.txt is a file"), "-o", "labels.txt/out"),
        unfit("no names", List.of("there is no file", "none.json"), "--names", "none.json"),
        unfit("names of another form", List.of("names.json"), "--names", "names.json"),
        unfit("half a file of names", List.of("it is no JSON"), "--names", "broken.json"),
        unfit(
            "gradients of k-means",
            List.of("--maps saliency", "k-means has none", "occlusion", "another --extractor"),
            "--extractor",
            "k-means",
            "--maps",
            "saliency"),
        unfit(
            "a layer that does not lie before the cut",
            List.of("'features' does not lie before 'features'", "from later to earlier"),
            "--recursive",
            "1",
            "--layers",
            "features"),
        unfit(
            "layers in the wrong order",
            List.of("'coarse' does not lie before 'colours.relu'"),
            "--recursive",
            "2",
            "--layers",
            "colours.relu,coarse"),
        unfit(
            "an unknown earlier layer",
            List.of("no tensor 'cuorse'", "nearest: coarse"),
            "--recursive",
            "1",
            "--layers",
            "cuorse"),
        unfit(
            "an earlier layer with negative values",
            List.of("'colours' has negative values", "--layers", "--rectify", "semi-nmf"),
            "--recursive",
            "1",
            "--layers",
            "colours"),
        unfit(
            "more depth than layers",
            List.of("only 1 clean cut", "needed are 3", "--layers"),
            "--recursive",
            "3"),
        malformed("no depth", List.of("--recursive", "at least 1, found 0"), "--recursive", "0"),
        malformed("a negative depth", List.of("--recursive", "-1"), "--recursive", "-1"),
        malformed("layers without depth", List.of("needs --recursive"), "--layers", "coarse"),
        malformed(
            "layers for another depth",
            List.of("--layers", "one a level", "2, found 1"),
            "--recursive",
            "2",
            "--layers",
            "coarse"),
        malformed(
            "one sub-concept",
            List.of("--sub-concepts", "at least 2"),
            "--recursive",
            "1",
            "--sub-concepts",
            "1"),
        malformed(
            "no such agreement",
            List.of("--agreement", "0 to 2"),
            "--recursive",
            "1",
            "--agreement",
            "3"),
        malformed(
            "an unknown map", List.of("--maps", "'salience'", "saliency"), "--maps", "salience"),
        malformed("maps of nothing", List.of("--map-pictures", "0"), "--map-pictures", "0"),
        malformed("an unknown option", List.of("Unknown option: '--frob'"), "--frob"),
        malformed("no number", List.of("--seed", "'many'"), "--seed", "many"),
        malformed("no concepts", List.of("--concepts", "0"), "--concepts", "0"),
        malformed("a patch of nothing", List.of("--patch", "0"), "--patch", "0"),
        malformed("a batch of nothing", List.of("--batch", "-1"), "--batch", "-1"),
        malformed("a sample of nothing", List.of("--max-images", "0"), "--max-images", "0"),
        malformed("no threads", List.of("--threads", "0"), "--threads", "0"),
        malformed("no pixels", List.of("--max-pixels", "0"), "--max-pixels", "0"),
        malformed("an unknown extractor", List.of("nmf, semi-nmf", "'ica'"), "--extractor", "ica"),
        malformed("an unknown grid", List.of("--crop-grid", "'odd'"), "--crop-grid", "odd"),
        malformed("an unknown resize", List.of("crop, fit, squash", "odd"), "--resize", "odd"),
        malformed("an unknown preset", List.of("imagenet", "odd"), "--preprocess", "odd"),
        malformed("half a mean", List.of("--mean", "1,2"), "--mean", "1,2"),
        malformed("no deviation", List.of("std", "above 0"), "--std", "0,1,1"),
        malformed("a word too many", List.of("'stray'"), "stray"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void isRefusedInOneSentence(Case refused) {
    Path out = folder.resolve("out-" + runs++);
    Percept run = Percept.run(arguments(refused.options(), out));
    assertEquals(refused.status(), run.status(), run.err());
    assertEquals("", run.out());
    List<String> errors = new ArrayList<>(run.errors());
    if (refused.status() == ExitCode.USAGE) {
      assertEquals("Try 'percept explain --help'.", errors.remove(errors.size() - 1));
    }
    assertEquals(1, errors.size(), run.err());
    assertTrue(errors.get(0).startsWith("percept: "), run.err());
    assertFalse(errors.get(0).contains("Exception"), run.err());
    for (String part : refused.parts()) {
      assertTrue(errors.get(0).contains(part), "'" + part + "' in: " + run.err());
    }
    assertFalse(Files.exists(out), "nothing is written");
    assertTrue(hidden().isEmpty(), "nothing half-written is left: " + hidden());
  }

  /** The options of a run that works, with some of them replaced. */
  private Object[] arguments(List<String> changed, Path out) {
    List<String> args =
        new ArrayList<>(
            List.of(
                "explain",
                "-m",
                model.toString(),
                "-i",
                pictures.toString(),
                "-c",
                "apple",
                "--labels",
                labels.toString(),
                "--preprocess",
                "unit",
                "-o",
                out.toString()));
    List<String> paths = List.of("-m", "-i", "--labels", "-o", "--names");
    for (int i = 0; i < changed.size(); i += 2) {
      String option = changed.get(i);
      if (i + 1 == changed.size()) {
        args.add(option);
        break;
      }
      String value = changed.get(i + 1);
      value = paths.contains(option) ? folder.resolve(value).toString() : value;
      int at = args.indexOf(option);
      if (at >= 0) {
        args.set(at + 1, value);
      } else {
        args.addAll(List.of(option, value));
      }
    }
    return args.toArray();
  }

  private List<Path> hidden() {
    try (var all = Files.list(folder)) {
      return all.filter(f -> f.getFileName().toString().startsWith(".")).toList();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void theRunBehindTheCasesWorks() {
    Path out = folder.resolve("works");
    Percept run = Percept.run(arguments(List.of("--concepts", "2"), out));
    assertEquals(ExitCode.OK, run.status(), run.err());
    assertTrue(Files.exists(out.resolve("report.html")));
  }

  @Test
  void requiredOptionsAreNamed() {
    Percept run = Percept.run("explain", "-m", model);
    assertEquals(ExitCode.USAGE, run.status());
    for (String option : List.of("--class", "--output-dir")) {
      assertTrue(run.err().contains(option), run.err());
    }
    assertEquals(2, run.errors().size(), run.err());
    // Pictures are asked for where there are no texts, so after the rest.
    Percept images =
        Percept.run("explain", "-m", model, "-c", "apple", "-o", folder.resolve("none"));
    assertEquals(ExitCode.USAGE, images.status());
    assertTrue(images.err().contains("--images"), images.err());
  }

  @Test
  void anUnknownCommandIsNamed() {
    Percept run = Percept.run("explian");
    assertEquals(ExitCode.USAGE, run.status());
    assertTrue(run.err().contains("'explian'"), run.err());
    assertEquals("", run.out());
  }

  @Test
  void anOlderBundleStandsWhenTheNewRunFails() {
    Path out = folder.resolve("old");
    Percept first = Percept.run(arguments(List.of("--concepts", "2"), out));
    assertEquals(ExitCode.OK, first.status(), first.err());
    Written before = Written.in(out);
    List<List<String>> bad =
        List.of(
            List.of("--layer", "branch"),
            List.of("-m", "signed.onnx"),
            List.of("-c", "appel"),
            List.of("--concepts", "500"),
            List.of("--patch", "1"));
    for (List<String> options : bad) {
      Percept run = Percept.run(arguments(options, out));
      assertEquals(ExitCode.UNFIT, run.status(), run.err());
      assertEquals(List.of(), List.copyOf(before.differing(Written.in(out))), options.toString());
    }
  }

  @Test
  void aFolderThatCannotBeWrittenToIsRefused() throws IOException {
    Path locked = Files.createDirectories(folder.resolve("locked"));
    Assumptions.assumeTrue(locked.toFile().setWritable(false));
    try {
      Assumptions.assumeFalse(Files.isWritable(locked), "root may write anywhere");
      Percept run = Percept.run(arguments(List.of(), locked.resolve("out")));
      assertEquals(ExitCode.UNFIT, run.status(), run.err());
      assertEquals(1, run.errors().size(), run.err());
    } finally {
      assertTrue(locked.toFile().setWritable(true));
    }
  }
}
