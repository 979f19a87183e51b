package dev.percept.app.fact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.percept.bundle.FactConcept;
import dev.percept.bundle.JsonFile;
import dev.percept.bundle.SaeSweep;
import dev.percept.core.Dictionary;
import dev.percept.core.ModelInfo;
import dev.percept.core.PerceptException;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import dev.percept.fact.sae.Gate;
import dev.percept.fact.sae.SaeCard;
import dev.percept.fact.sae.SaeFile;
import dev.percept.fact.sae.SparseAutoencoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NullUnmarked // a null fails the test
class TrainedSaeTest {
  @TempDir Path folder;

  private SaeCard write(Path at) {
    Tensor two = Tensor.of(Shape.of(2, 2), 1, 0, 0, 1);
    SparseAutoencoder sae =
        SparseAutoencoder.of(new Gate.TopK(1), two, null, new Dictionary(two, null));
    SaeCard card =
        SaeCard.of(
            sae,
            null,
            new ModelInfo("net", "ab", "layer1", "Bcos", false, "test"),
            0,
            Map.of(),
            Map.of(),
            Map.of());
    SaeFile.write(at, sae, card);
    return card;
  }

  private static SaeSweep sweep(String sha, List<SaeSweep.Latent> latents) {
    return new SaeSweep(
        SaeSweep.SCHEMA,
        "net",
        sha,
        "layer1",
        2,
        8,
        2,
        4,
        "exact",
        1,
        .03,
        List.of(new SaeSweep.Point("a", "topk", 2, 1, .001, 1, true, 1, 1, .9, 1, 1, 0, 0)),
        0,
        new SaeSweep.Stability(1, 2, .1, .3, latents),
        List.of(),
        Map.of(),
        0,
        Map.of());
  }

  @Test
  void stabilityComesFromTheTrainingAround() throws IOException {
    SaeCard card = write(folder.resolve("sae"));
    List<SaeSweep.Latent> latents =
        List.of(new SaeSweep.Latent(.5, .8, .6, "partly"), new SaeSweep.Latent(0, 0, 0, "dead"));
    JsonFile.write(folder.resolve("sweep.json"), sweep("ab", latents));

    Path found = TrainedSae.in(folder);
    assertEquals(folder.resolve("sae"), found);
    SaeSweep.Stability stability = TrainedSae.stability(found, card);
    assertNotNull(stability);
    // A dead latent comes back from nowhere; half of .8 + .6 is left.
    assertEquals(.7, TrainedSae.mean(stability), 1e-12);
    Map<Integer, FactConcept.Against> of = TrainedSae.ofLatents(stability);
    assertEquals(1, of.size());
    assertEquals(.7, of.get(0).value(), 1e-12);
    assertEquals(.1, of.get(0).chance(), 0);
  }

  @Test
  void whatIsOfAnotherTrainingIsNotTaken() throws IOException {
    SaeCard card = write(folder.resolve("sae"));
    Path found = TrainedSae.in(folder.resolve("sae"));
    assertNull(TrainedSae.stability(found, card), "nothing is there");
    List<SaeSweep.Latent> two =
        List.of(
            new SaeSweep.Latent(.5, .8, .6, "partly"), new SaeSweep.Latent(.5, .8, .6, "partly"));
    JsonFile.write(folder.resolve("sweep.json"), sweep("cd", two));
    assertNull(TrainedSae.stability(found, card), "another network");
    JsonFile.write(folder.resolve("sweep.json"), sweep("ab", two.subList(0, 1)));
    assertNull(TrainedSae.stability(found, card), "another number of latents");
    Files.writeString(folder.resolve("sweep.json"), "{\"schema\": \"percept.sweep/1.0\"}");
    assertNull(TrainedSae.stability(found, card), "a file of another command");
    assertEquals(Map.of(), TrainedSae.ofLatents(null));
    assertThrows(PerceptException.class, () -> TrainedSae.in(folder.resolve("none")));
  }
}
