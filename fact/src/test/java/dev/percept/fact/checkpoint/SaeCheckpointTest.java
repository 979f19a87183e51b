package dev.percept.fact.checkpoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.core.PerceptException;
import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import dev.percept.fact.sae.Gate;
import dev.percept.fact.sae.SaeCheckpoint;
import dev.percept.fact.sae.SparseAutoencoder;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NullUnmarked // a null fails the test
class SaeCheckpointTest {
  @TempDir Path folder;

  private Path file() {
    return folder.resolve("v0.1-resnet50-layer4.pt");
  }

  /** Three latents of two features, as FaCT's files have them, with the log of the training. */
  private void write(Map<String, Tensor> more) {
    TorchFiles files = new TorchFiles();
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("encoder.weight", files.tensor(Tensor.of(Shape.of(3, 2), 1, 0, 0, 1, 1, 1)));
    all.put("decoder.weight", files.tensor(Tensor.of(Shape.of(2, 3), 1, 0, .6f, 0, 1, .8f)));
    more.forEach((name, tensor) -> all.put(name, files.tensor(tensor)));
    all.put("log", Map.of("l2_loss", .25));
    files.zip(file(), all);
  }

  @Test
  void encodesAndDecodesAsItSays() {
    write(Map.of("k", Tensor.of(Shape.of(), 1), "b_dec", Tensor.zeros(Shape.of(2))));
    SparseAutoencoder sae = SaeCheckpoint.read(file(), null);
    assertEquals(new Gate.TopK(1), sae.gate());
    // By hand: the third latent says 3 + 1 = 4, more than 3 and 1; it decodes to 4 (.6, .8).
    Tensor x = Tensor.of(Shape.of(1, 2), 3, 1);
    assertArrayEquals(new float[] {0, 0, 4}, sae.encode(x, Run.of(0)).toArray());
    // One rounding of a product.
    assertArrayEquals(new float[] {2.4f, 3.2f}, sae.reconstruct(x, Run.of(0)).toArray(), 1e-6f);
  }

  @Test
  void kIsAskedForWhereTheFileDoesNotSayIt() {
    write(Map.of());
    assertEquals(new Gate.TopK(2), SaeCheckpoint.read(file(), 2).gate());
    assertRefused(null, "say it with --k");
    assertRefused(4, "from 1 to the number of latents, 3, found 4");
    write(Map.of("k", Tensor.of(Shape.of(), 2)));
    assertRefused(1, "trained with k = 2, not 1");
  }

  @Test
  void otherAutoencodersAreRefused() {
    write(Map.of("encoder.bias", Tensor.zeros(Shape.of(3))));
    assertRefused(1, "it has [encoder.bias]");
    write(Map.of("b_dec", Tensor.of(Shape.of(2), 0, .1f)));
    assertRefused(1, "it has [b_dec]");
    write(Map.of("decoder.weight", Tensor.zeros(Shape.of(3, 2))));
    assertRefused(1, "decoder.weight is 3 x 2 where encoder.weight is 3 x 2");
    write(Map.of("encoder.weight", Tensor.of(Shape.of(1, 1), Float.NaN)));
    assertRefused(1, "not finite");
    TorchFiles.write(file(), Map.of("fc.weight", Tensor.zeros(Shape.of(3, 2))));
    assertRefused(1, "no matrix 'encoder.weight', only [fc.weight]");
  }

  private void assertRefused(@Nullable Integer k, String sentence) {
    PerceptException e = assertThrows(PerceptException.class, () -> SaeCheckpoint.read(file(), k));
    assertTrue(e.getMessage().contains(sentence), e.getMessage());
  }
}
