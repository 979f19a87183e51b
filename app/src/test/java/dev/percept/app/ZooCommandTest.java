package dev.percept.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.fact.bcos.BcosFile;
import dev.percept.fact.sae.SaeFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ZooCommandTest {
  @TempDir Path folder;

  @Test
  void reviewsAreWrittenWithTheirModelAndTruth() throws Exception {
    Path to = folder.resolve("texts");
    Percept run = Percept.run("zoo", "export", "--reviews", to, "--texts", 3);
    assertEquals(ExitCode.OK, run.status(), run.err());
    assertTrue(run.out().startsWith("percept explain -m " + to.resolve("reviews.onnx")), run.out());
    assertEquals(1 + 3 * 22, Files.readAllLines(to.resolve("reviews.csv")).size());
    assertEquals(22, Files.readAllLines(to.resolve("reviews-labels.txt")).size());
    assertEquals(800, Files.readAllLines(to.resolve("vocab.txt")).size());
  }

  @Test
  void allModelsOfPicturesAreWritten() {
    Percept run = Percept.run("zoo", "export", "-o", folder, "--pictures", 1);
    assertEquals(ExitCode.OK, run.status(), run.err());
    assertTrue(Files.exists(folder.resolve("creatures.onnx")));
    assertTrue(Files.exists(folder.resolve("creatures-vit.onnx")));
    assertTrue(BcosFile.isAt(folder.resolve("creatures-bcos.safetensors")));
    assertTrue(BcosFile.isAt(folder.resolve("creatures-bcos-vit.safetensors")));
    assertTrue(SaeFile.isOne(folder.resolve("creatures-bcos-layer3-sae")));
    assertTrue(Files.isDirectory(folder.resolve("creatures").resolve("cat")));
  }

  @Test
  void whatCannotBeIsRefused() {
    assertRefused("give '--output-dir', '--reviews' or both", "zoo", "export");
    assertRefused(
        "creatures or reviews, found birds", "zoo", "train", "--data", "birds", "-o", folder);
    assertRefused(
        "cnn, vit, bcos, bcos-vit or bcos-sae, found rnn",
        "zoo",
        "train",
        "--architecture",
        "rnn",
        "-o",
        folder);
    assertRefused(
        "'--state' is for '--architecture bcos', 'bcos-vit' and 'bcos-sae'",
        "zoo",
        "train",
        "--state",
        folder.resolve("s"));
    assertRefused(
        "reviews have one architecture",
        "zoo",
        "train",
        "--data",
        "reviews",
        "--architecture",
        "vit",
        "-o",
        folder);
    assertRefused("'--texts' asks one of texts", "exam", "--texts", "--model", "vit");
    assertRefused("give one of them", "exam", "--texts", "--recursive", "1");
    assertRefused("expected one of cnn, vit", "exam", "--model", "mlp");
  }

  private static void assertRefused(String why, Object... arguments) {
    Percept run = Percept.run(arguments);
    assertEquals(ExitCode.USAGE, run.status(), run.err());
    assertTrue(run.err().contains(why), run.err());
  }
}
