package dev.percept.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SameNetworkTest {
  @TempDir Path folder;

  /** A ratio between two engines means nothing unless they run the same network. */
  @Test
  void bothEnginesGiveTheSameLogits() throws Exception {
    Path model = folder.resolve("tiny.onnx");
    RandomResNet50.write(model, 4, 64, 7, 3);
    Path ort = folder.resolve("ort");
    Path torch = folder.resolve("torch");
    OrtPasses.main(new String[] {model.toString(), "64", "4", "2", "2", ort.toString()});
    TorchPasses.main(new String[] {model.toString(), "64", "4", "2", "2", torch.toString()});
    assertEquals(2 * 7 * Float.BYTES, Files.size(ort));
    // 53 layers of float32 sums in two orders; 1e-5 was seen.
    assertTrue(Probe.difference(ort, torch) < 1e-4, "difference " + Probe.difference(ort, torch));
  }

  @Test
  void modelFollowsItsSeed() throws Exception {
    Path a = folder.resolve("a.onnx");
    Path b = folder.resolve("b.onnx");
    Path c = folder.resolve("c.onnx");
    RandomResNet50.write(a, 2, 32, 3, 1);
    RandomResNet50.write(b, 2, 32, 3, 1);
    RandomResNet50.write(c, 2, 32, 3, 2);
    assertEquals(-1, Files.mismatch(a, b));
    assertTrue(Files.mismatch(a, c) >= 0);
    assertThrows(IllegalArgumentException.class, () -> RandomResNet50.write(a, 0, 32, 3, 1));
  }

  @Test
  void picturesDifferFromEachOtherAndFollowTheirSeed() throws Exception {
    DrawnPictures.write(folder.resolve("one"), 3, 48, 5);
    DrawnPictures.write(folder.resolve("two"), 3, 48, 5);
    Set<Long> sizes = new HashSet<>();
    try (Stream<Path> files = Files.list(folder.resolve("one"))) {
      for (Path file : files.toList()) {
        sizes.add(Files.size(file));
        Path other = folder.resolve("two").resolve(file.getFileName());
        assertEquals(-1, Files.mismatch(file, other));
      }
    }
    assertTrue(sizes.size() > 1, "three pictures of one size: " + sizes);
  }

  @Test
  void optionsRefuseWhatTheyDoNotKnow() {
    Options options = Options.of(java.util.Map.of("rounds", "2"), "rounds=5");
    assertEquals(5, options.integer("rounds"));
    assertThrows(
        IllegalArgumentException.class, () -> Options.of(java.util.Map.of("rounds", "2"), "x=1"));
  }
}
