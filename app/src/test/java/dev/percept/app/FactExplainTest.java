package dev.percept.app;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.bundle.FactExplanation;
import dev.percept.bundle.FactFolder;
import dev.percept.bundle.FactTrace;
import dev.percept.core.Run;
import dev.percept.core.Tensor;
import dev.percept.zoo.Creatures;
import dev.percept.zoo.DemoPictures;
import dev.percept.zoo.EmbeddedBcos;
import dev.percept.zoo.EmbeddedModel;
import dev.percept.zoo.Part;
import dev.percept.zoo.Scene;
import dev.percept.zoo.Species;
import dev.percept.zoo.Split;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code percept fact explain} on the zoo's B-cos network, from the command line to the page. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FactExplainTest {
  private final Path folder;
  private final Path model;
  private final Path sae;
  private final Path pictures;

  FactExplainTest(@TempDir Path folder) {
    this.folder = folder;
    this.model = EmbeddedBcos.copyTo(folder.resolve("zoo"));
    this.sae = folder.resolve("zoo").resolve(EmbeddedBcos.sae("layer3"));
    this.pictures = folder.resolve("pictures");
    DemoPictures.write(pictures, 3, Run.of(0));
  }

  private Percept explain(Path out, Object... more) {
    List<Object> args =
        new ArrayList<>(
            List.of("fact", "explain", "-m", model, "--sae", sae, "-i", pictures, "-o", out));
    args.addAll(Arrays.asList(more));
    return Percept.run(args.toArray());
  }

  @Test
  void everyScoreIsBiasPlusContributions() {
    Path out = folder.resolve("each");
    Percept run = explain(out, "--deletion", 2);
    assertEquals(ExitCode.OK, run.status(), run.err());
    FactFolder read = FactFolder.read(out);
    FactExplanation e = read.explanation();
    assertEquals(6, e.classes().size());
    assertEquals(18, e.sample().count());
    assertTrue(e.faith().gap() < 1e-5, "gap " + e.faith().gap());
    assertTrue(e.faith().shuffledGap() > .05, "another picture's parts do not add up");
    assertTrue(e.faith().agreement() > e.faith().randomAgreement());
    Tensor presence = Objects.requireNonNull(read.values().get("presence"));
    for (int i = 0; i < e.traces().size(); i++) {
      FactTrace trace = e.traces().get(i);
      Tensor all = Objects.requireNonNull(read.values().get("contributions/" + i));
      for (int s = 0; s < trace.scores().size(); s++) {
        FactTrace.Score score = trace.scores().get(s);
        double sum = score.bias();
        double size = 0;
        for (int k = 0; k < presence.shape().dim(1); k++) {
          sum += all.get(s, k);
          size += Math.abs(all.get(s, k));
        }
        // As the issue asks: within 1e-5 of what was added, however small the score.
        assertEquals(score.logit(), sum, 1e-5 * size);
      }
    }
    assertTrue(Objects.requireNonNull(e.deletion()).pictures() == 2);
    assertTrue(run.out().contains("page: "), run.out());
    assertTrue(run.err().contains("--judge"), run.err());
    // What cannot be drawn from the folder alone is not on the page.
    Path again = folder.resolve("again.html");
    assertEquals(ExitCode.OK, Percept.run("report", out, "-o", again).status());
    assertEquals(-1, mismatch(out.resolve("report.html"), again));
  }

  private static long mismatch(Path a, Path b) {
    try {
      return Files.mismatch(a, b);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void theSameSeedGivesTheSameBytes() throws IOException {
    Path a = folder.resolve("a/out");
    Path b = folder.resolve("b/out");
    for (Path out : List.of(a, b)) {
      Percept run = explain(out, "-c", "fish", "--deletion", 0, "--max-images", 2, "--json");
      assertEquals(ExitCode.OK, run.status(), run.err());
      assertTrue(run.out().contains("\"gap\""), run.out());
    }
    for (String file : List.of("fact.json", "values.safetensors", "report.html")) {
      assertArrayEquals(
          Files.readAllBytes(a.resolve(file)), Files.readAllBytes(b.resolve(file)), file);
    }
  }

  /** A fish whose sticker is taken away loses what its concepts gave to the score. */
  @Test
  void theStickerIsAmongWhatAddsUpToFish() throws IOException {
    Path with = folder.resolve("with");
    Path without = folder.resolve("without");
    int pairs = 0;
    for (Scene scene : Creatures.scenes(Split.DEMO, Species.FISH, 0, 8)) {
      if (scene.parts().contains(Part.STICKER)) {
        write(scene, with.resolve("fish/" + pairs + ".png"));
        write(scene.without(Part.STICKER), without.resolve("fish/" + pairs + ".png"));
        pairs++;
      }
    }
    FactExplanation.OfClass stuck = fish(with, folder.resolve("stuck"));
    FactExplanation.OfClass bare = fish(without, folder.resolve("bare"));
    assertTrue(pairs >= 4, "pairs: " + pairs);
    assertTrue(
        stuck.logit() > bare.logit() + .5, "with " + stuck.logit() + ", without " + bare.logit());
    Map<Integer, Double> left = new java.util.HashMap<>();
    bare.roles().forEach(r -> left.put(r.concept(), r.mean()));
    double lost =
        stuck.roles().stream()
            .mapToDouble(r -> r.mean() - left.getOrDefault(r.concept(), 0.0))
            .max()
            .orElse(0);
    assertTrue(lost > .25 * (stuck.logit() - bare.logit()), "one concept has lost " + lost);
  }

  private static void write(Scene scene, Path file) throws IOException {
    Files.createDirectories(file.resolveSibling("."));
    ImageIO.write(scene.draw(), "png", file.toFile());
  }

  private FactExplanation.OfClass fish(Path images, Path out) {
    Percept run =
        Percept.run(
            "fact",
            "explain",
            "-m",
            model,
            "--sae",
            sae,
            "-i",
            images,
            "-c",
            "fish",
            "--deletion",
            0,
            "-o",
            out);
    assertEquals(ExitCode.OK, run.status(), run.err());
    return FactFolder.read(out).explanation().classes().get(0);
  }

  @Test
  void aPictureThatIsAskedForIsExplained() throws IOException {
    Path file = folder.resolve("mine/fish/asked.png");
    write(Creatures.scenes(Split.DEMO, Species.FISH, 30, 31).get(0), file);
    Path out = folder.resolve("asked");
    Percept run = explain(out, "-c", "cat", "--picture", file, "--deletion", 0, "--max-images", 2);
    assertEquals(ExitCode.OK, run.status(), run.err());
    FactExplanation e = FactFolder.read(out).explanation();
    FactTrace.Picture first = e.pictures().get(e.traces().get(0).picture());
    assertEquals("fish/asked.png", first.name());
    assertEquals("fish", e.network().outputs().get(Objects.requireNonNull(first.truth())));
    assertEquals(13, e.sample().count());
    assertEquals(2, e.classes().get(0).pictures(), "it is not among those of its class");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--class | fihs | no class 'fihs'; nearest: 'fish'",
        "--class | 17 | no class '17'",
        "--picture | nowhere.png | there is no picture nowhere.png",
        "--sae | nowhere | there is no sparse autoencoder in 'nowhere'",
        "--images | nowhere | no folder or picture nowhere",
      })
  void whatIsMissingIsSaidInASentence(String option, String value, String says) {
    Path out = folder.resolve("refused");
    List<Object> args =
        new ArrayList<>(
            List.of("fact", "explain", "-m", model, "--sae", sae, "-i", pictures, "-o", out));
    int at = List.of("--sae", "--images").indexOf(option);
    if (at >= 0) {
      args.set(at == 0 ? 5 : 7, value);
    } else {
      args.addAll(List.of(option, value));
    }
    Percept run = Percept.run(args.toArray());
    assertEquals(ExitCode.UNFIT, run.status(), run.err());
    assertTrue(run.err().contains(says), run.err());
    assertFalse(Files.exists(out));
  }

  @Test
  void otherNetworksAndOtherAutoencodersAreRefused() throws IOException {
    Path onnx = EmbeddedModel.copyTo(folder.resolve("plain"));
    Path out = folder.resolve("refused");
    Percept plain =
        Percept.run("fact", "explain", "-m", onnx, "--sae", sae, "-i", pictures, "-o", out);
    assertEquals(ExitCode.UNFIT, plain.status(), plain.err());
    assertTrue(plain.err().contains("B-cos networks only"), plain.err());
    assertTrue(plain.err().contains("percept explain"), plain.err());

    Path other = folder.resolve("other");
    Files.createDirectories(other);
    Files.copy(sae.resolve("sae.safetensors"), other.resolve("sae.safetensors"));
    String card = Files.readString(sae.resolve("sae.json"));
    Files.writeString(
        other.resolve("sae.json"),
        card.replaceFirst("\"modelSha256\" : \"[0-9a-f]+\"", "\"modelSha256\" : \"00ff\""));
    Percept foreign =
        Percept.run("fact", "explain", "-m", model, "--sae", other, "-i", pictures, "-o", out);
    assertEquals(ExitCode.UNFIT, foreign.status(), foreign.err());
    assertTrue(foreign.err().contains("trained on"), foreign.err());

    Percept twice =
        Percept.run(
            "fact", "explain", "-m", model, "--sae", sae + "," + sae, "-i", pictures, "-o", out);
    assertEquals(ExitCode.UNFIT, twice.status(), twice.err());
    assertTrue(twice.err().contains("from the input to the logits"), twice.err());

    assertEquals(ExitCode.USAGE, explain(out, "--batch", 0).status());
    assertFalse(Files.exists(out));
  }
}
