package dev.percept.benchmarks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.core.Run;
import dev.percept.core.Tensor;
import dev.percept.methods.factorization.Nmf;
import dev.percept.testkit.Npy;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlantedTest {
  @TempDir Path folder;

  @Test
  void pythonReadsTheSameValues() throws IOException {
    Tensor data = Planted.data(7, 5, 2, 0.1, 1);
    Path file = folder.resolve("data.npy");
    Planted.writeNpy(data, file);
    try (InputStream in = Files.newInputStream(file)) {
      Npy read = Npy.read(in);
      assertArrayEquals(new int[] {7, 5}, read.dims());
      assertArrayEquals(data.toArray(), read.floats());
    }
  }

  @Test
  void whatIsPlantedIsFoundUpToTheNoise() {
    Tensor data = Planted.data(600, 80, 4, 0.02, 1);
    double error = Nmf.of(4).fit(data, Run.of(0)).relativeError();
    // Half of the noise at zeros is cut off, and 4 of 80 dimensions are fitted: below 0.02.
    assertTrue(error > 0.014 && error < 0.02, "relative error " + error);
  }

  @Test
  void aChildIsMeasuredAndItsFailureTold() throws Exception {
    Child child =
        Child.run(List.of("sh", "-c", "echo seconds=$HERE; sleep 0.2"), Map.of("HERE", "7"));
    assertEquals(7, child.number("seconds"));
    assertTrue(child.seconds() >= 0.2, "took " + child.seconds());
    IOException e =
        assertThrows(
            IOException.class,
            () -> Child.run(List.of("sh", "-c", "echo no >&2; exit 3"), Map.of()));
    assertTrue(String.valueOf(e.getMessage()).contains("status 3:\nno"), e.getMessage());
  }
}
