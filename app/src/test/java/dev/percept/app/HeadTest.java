package dev.percept.app;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.bundle.Bundle;
import dev.percept.bundle.BundleReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** {@code percept head train}, and what it writes in use. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HeadTest {
  private static final int EACH = 8;

  private final Path folder;
  private final Path pictures;
  private final Path backbone;
  private int runs;

  HeadTest(@TempDir Path folder) {
    this.folder = folder;
    this.pictures = TinyPictures.write(folder.resolve("pictures"), EACH);
    this.backbone = TinyModels.affine(folder.resolve("tiny.onnx"));
  }

  private Percept train(Path images, Path out, Object... more) {
    List<Object> args =
        new ArrayList<>(
            List.of(
                "head", "train", "-m", backbone, "-i", images, "--preprocess", "unit", "-o", out));
    if (!List.of(more).contains("--output")) {
      args.addAll(List.of("--output", TinyModels.FEATURES));
    }
    args.addAll(List.of(more));
    return Percept.run(args.toArray());
  }

  private Path out() {
    return folder.resolve("head-" + runs++ + ".onnx");
  }

  @Test
  void coloursAreLearnedAndExplainedWithNoOtherOption() throws IOException {
    Path out = out();
    Percept run = train(pictures, out, "--json");
    assertEquals(ExitCode.OK, run.status(), run.err());
    JsonNode report = Written.tree(run.out());
    assertEquals(3 * EACH, report.get("pictures").intValue());
    assertEquals("mean", report.get("pooling").stringValue());
    assertEquals(10, report.get("features").intValue());
    assertEquals(1 / 3.0, report.get("majority").doubleValue(), 1e-9);
    // Apples, skies and suns differ in colour, which is what the network sees.
    assertTrue(report.get("accuracy").doubleValue() > 0.9, run.out());
    assertTrue(report.get("low").doubleValue() < report.get("accuracy").doubleValue());
    assertEquals(3, report.get("confusion").size());
    String names = Files.readString(folder.resolve(report.get("labels").stringValue()));
    assertEquals("apple\nsky\nsun\n", names);

    Path bundle = folder.resolve("explained");
    Percept explained =
        Percept.run(
            "explain", "-m", out, "-i", pictures, "-c", "sun", "--concepts", "4", "-o", bundle);
    assertEquals(ExitCode.OK, explained.status(), explained.err());
    Bundle found = BundleReader.read(bundle).bundle();
    assertEquals("sun", found.classes().get(0).target().label());
    assertEquals("unit", found.model().preprocess());
    assertEquals("unit", found.provenance().options().get("preprocess"));
    assertEquals(TinyModels.FEATURES, found.model().layer());
    assertTrue(found.classes().get(0).accuracy().model() > 0.9);

    Percept other =
        Percept.run(
            "explain",
            "-m",
            out,
            "-i",
            pictures,
            "-c",
            "sun",
            "--concepts",
            "4",
            "--preprocess",
            "raw255",
            "-o",
            folder.resolve("other"));
    assertEquals(ExitCode.OK, other.status(), other.err());
    assertEquals(
        "raw255",
        BundleReader.read(folder.resolve("other")).bundle().model().preprocess(),
        "what is said comes before what the file says");
  }

  @Test
  void foldersOfWnidsAndNamesNameTheClasses() throws IOException {
    Path wnids = TinyPictures.write(folder.resolve("wnids"), EACH);
    Files.move(wnids.resolve("apple"), wnids.resolve("n07739125_red_apple"));
    Files.move(wnids.resolve("sky"), wnids.resolve("n09436708_sky"));
    Files.move(wnids.resolve("sun"), wnids.resolve("n09450163_sun"));
    Path out = out();
    Percept run = train(wnids, out, "--json", "--max-images", "6", "--folds", "3");
    assertEquals(ExitCode.OK, run.status(), run.err());
    JsonNode report = Written.tree(run.out());
    assertEquals("red apple", report.get("classes").get(0).stringValue());
    assertEquals(3 * 6, report.get("pictures").intValue());
    Path names = folder.resolve(report.get("labels").stringValue());
    assertEquals("n07739125\tred apple\nn09436708\tsky\nn09450163\tsun\n", Files.readString(names));
    // Found again by name or wnid, in the folder that it was trained on: from the file of names,
    // and from the model itself.
    for (List<Object> more :
        List.of(
            List.<Object>of("-c", "red apple"),
            List.<Object>of("-c", "n07739125", "--labels", names))) {
      Path bundle = folder.resolve("wnids-" + runs++);
      List<Object> args = new ArrayList<>(List.of("explain", "-m", out, "-i", wnids));
      args.addAll(List.of("--concepts", "3", "-o", bundle));
      args.addAll(more);
      Percept explained = Percept.run(args.toArray());
      assertEquals(ExitCode.OK, explained.status(), explained.err());
      assertFalse(explained.err().contains("named after class"), explained.err());
      Bundle found = BundleReader.read(bundle).bundle();
      assertEquals("red apple", found.classes().get(0).target().label());
      assertEquals(EACH, found.provenance().pictures());
    }
  }

  @Test
  void theSameSeedGivesTheSameFile() throws IOException {
    Path one = out();
    Path two = out();
    assertEquals(ExitCode.OK, train(pictures, one, "--threads", "1").status());
    assertEquals(ExitCode.OK, train(pictures, two, "--threads", "3", "--batch", "5").status());
    assertArrayEquals(Files.readAllBytes(one), Files.readAllBytes(two));
  }

  @Test
  void aTableIsPrinted() {
    Percept run = train(pictures, out(), "--folds", "4");
    assertEquals(ExitCode.OK, run.status(), run.err());
    assertTrue(run.out().contains("24 pictures of 3 classes; 10 features"), run.out());
    assertTrue(run.out().contains("accuracy on pictures left out"), run.out());
    assertTrue(run.out().contains("0 apple"), run.out());
    assertTrue(run.out().contains("4 folds"), run.out());
  }

  @Test
  void copiesAndWhatCannotBeReadAreSaid() throws IOException {
    Path mixed = TinyPictures.write(folder.resolve("mixed"), EACH);
    Files.copy(mixed.resolve("sun/sun0.png"), mixed.resolve("sun/again.png"));
    Files.copy(mixed.resolve("sun/sun1.png"), mixed.resolve("sky/strange.png"));
    TinyPictures.text(mixed.resolve("sun/broken.png"), "no picture");
    Files.copy(mixed.resolve("sun/sun2.png"), mixed.resolve("outside.png"));
    Percept run = train(mixed, out(), "--json");
    assertEquals(ExitCode.OK, run.status(), run.err());
    JsonNode report = Written.tree(run.out());
    assertEquals(2, report.get("copies").intValue());
    assertEquals(3 * EACH + 2, report.get("pictures").intValue());
    assertTrue(run.err().contains("skipped"), run.err());
    assertTrue(run.err().contains("broken.png"), run.err());
    assertTrue(run.err().contains("several classes"), run.err());
    assertTrue(run.err().contains("1 pictures lie in no sub-folder"), run.err());
  }

  @Test
  void whatIsUnfitIsRefusedInOneSentence() throws IOException {
    Path out = out();
    refused("one class only ('sky')", train(only("sky"), out));
    refused("no sub-folders with pictures", train(pictures.resolve("sky"), out));
    Path few = TinyPictures.write(folder.resolve("few"), 4);
    refused("class 'apple' has 4 different pictures", train(few, out));
    refused("--folds", train(few, out));
    assertEquals(ExitCode.OK, train(few, out(), "--folds", "4").status());
    refused("nearest: features", train(pictures, out, "--output", "featurs"));
    refused("has no class token", train(pictures, out, "--pool", "class"));
    refused("no folder or picture", train(folder.resolve("nowhere"), out));
    assertFalse(Files.exists(out), "nothing is left behind");

    Files.writeString(out, "mine");
    refused("exists; give another name", train(pictures, out));
    assertEquals("mine", Files.readString(out));
    Percept usage = train(pictures, out(), "--folds", "2");
    assertEquals(ExitCode.USAGE, usage.status());
    assertTrue(usage.err().contains("at least 3, found 2"), usage.err());
  }

  private Path only(String name) throws IOException {
    Path alone = folder.resolve("alone");
    Files.createDirectories(alone.resolve(name));
    for (int i = 0; i < EACH; i++) {
      Files.copy(
          pictures.resolve(name + "/" + name + i + ".png"), alone.resolve(name + "/" + i + ".png"));
    }
    return alone;
  }

  private static void refused(String words, Percept run) {
    assertEquals(ExitCode.UNFIT, run.status(), run.err());
    assertTrue(run.err().contains(words), run.err());
    assertEquals(
        1, run.errors().stream().filter(l -> l.startsWith("percept: ")).count(), run.err());
  }
}
