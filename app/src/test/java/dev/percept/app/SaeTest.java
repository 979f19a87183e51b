package dev.percept.app;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.bundle.JsonFile;
import dev.percept.bundle.SaeSweep;
import dev.percept.fact.sae.SaeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** {@code percept sae train}. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SaeTest {
  private final Path folder;
  private final Path pictures;
  private final Path model;
  private final Path labels;

  SaeTest(@TempDir Path folder) {
    this.folder = folder;
    this.pictures = TinyPictures.write(folder.resolve("pictures"), 12);
    this.model = TinyModels.affine(folder.resolve("tiny.onnx"));
    this.labels = TinyPictures.labels(folder.resolve("labels.txt"));
  }

  private Percept train(Path out, Object... more) {
    List<Object> args =
        new ArrayList<>(
            List.of(
                "sae",
                "train",
                "-m",
                model,
                "-i",
                pictures,
                "--labels",
                labels,
                "--preprocess",
                "unit",
                "--latents",
                "12",
                "--k",
                "2,4",
                "--epochs",
                "4",
                "--threads",
                "1",
                "-o",
                out));
    args.addAll(List.of(more));
    return Percept.run(args.toArray());
  }

  @Test
  void anOrdinaryNetworkGetsAnAutoencoderATableAndAPageAndIsToldWhatIsEstimated()
      throws IOException {
    Path out = folder.resolve("a");
    Percept run = train(out, "--refits", "1");
    assertEquals(ExitCode.OK, run.status(), run.err());
    assertTrue(run.err().contains("an estimate"), run.err());
    assertTrue(run.out().contains("topk-12-k4-lr0.001-s0"), run.out());
    SaeSweep sweep = JsonFile.read(out.resolve("sweep.json"), SaeSweep.class, "sweep");
    assertEquals("estimated", sweep.weighting());
    assertEquals(36, sweep.trained() + sweep.heldOut());
    assertEquals(2 * 4, sweep.points().size());
    assertEquals(1, sweep.accuracy(), "the network tells colours apart");
    assertEquals(12, sweep.stability() == null ? 0 : sweep.stability().latents().size());
    SaeFile.Stored stored = SaeFile.read(out.resolve("sae"));
    assertEquals(sweep.points().get(sweep.chosen()).k(), stored.card().k());
    assertEquals(sweep.modelSha256(), stored.card().modelSha256());
    assertTrue(stored.card().metrics().containsKey("l0"));
    String page = Files.readString(out.resolve("sae.html"));
    assertTrue(page.contains("This is no B-cos network"), "the page says it too");

    // Once more: all is there, and the result is the same.
    byte[] before = Files.readAllBytes(out.resolve("sweep.json"));
    Percept again = train(out, "--refits", "1", "--json");
    assertEquals(ExitCode.OK, again.status(), again.err());
    assertArrayEquals(before, Files.readAllBytes(out.resolve("sweep.json")));
    assertTrue(again.out().contains("\"weighting\" : \"estimated\""), again.out());
    // Other sizes in the same folder would be another training.
    refused(train(out, "--latents", "13"), ExitCode.UNFIT, "another folder");
  }

  @Test
  void whatIsUnfitIsSaidInOneSentence() throws IOException {
    Path out = folder.resolve("b");
    refused(train(out, "--k", "40"), ExitCode.USAGE, "k: from 1 to the number of latents");
    refused(train(out, "--kind", "relu"), ExitCode.USAGE, "topk, batchtopk, jumprelu");
    refused(train(out, "--held-out", "1"), ExitCode.USAGE, "above 0 and below 1");
    refused(train(out, "--layer", "nowhere"), ExitCode.UNFIT, "nowhere");
    Path full = Files.createDirectories(folder.resolve("full"));
    Files.writeString(full.resolve("thesis.txt"), "mine");
    refused(train(full), ExitCode.UNFIT, "is not empty");
    refused(
        Percept.run("sae", "train", "-m", folder.resolve("no.onnx"), "-i", pictures, "-o", out),
        ExitCode.UNFIT,
        "no.onnx");
  }

  private static void refused(Percept run, int status, String words) {
    assertEquals(status, run.status(), run.err());
    assertTrue(run.err().contains(words), run.err());
  }
}
