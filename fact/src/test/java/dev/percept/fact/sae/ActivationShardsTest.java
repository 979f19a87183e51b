package dev.percept.fact.sae;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.core.PerceptException;
import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ActivationShardsTest {
  private static final Run RUN = Run.of(1);

  /** Some pictures a file: 23 pictures of 3 rows of 7 values, 84 bytes each, 4 at once. */
  private static final long SHARD = 700;

  @TempDir Path temp;

  private static PlantedRows source() {
    return new PlantedRows(23, 3, 7, 4, 5, 2);
  }

  @Test
  void everyRowReadsBackWhereverItLies() throws IOException {
    PlantedRows source = source();
    ActivationShards shards = ActivationShards.write(temp.resolve("a"), source, SHARD, RUN);
    Tensor all = source.rows(0, 23);
    float[] row = new float[9];
    double square = 0;
    for (int i = 0; i < 69; i++) {
      shards.read(i, row, 2);
      for (int j = 0; j < 7; j++) {
        assertEquals(all.get(i, j), row[2 + j]);
        square += (double) row[2 + j] * row[2 + j] / 69;
      }
    }
    assertEquals(8, shards.index().shardPictures());
    assertTrue(Files.exists(temp.resolve("a/00002.f32")));
    assertEquals(square, shards.index().meanSquare(), 1e-9 * square);
    double variance = 0;
    for (int j = 0; j < 7; j++) {
      double mean = 0;
      double squares = 0;
      for (int i = 0; i < 69; i++) {
        mean += all.get(i, j) / 69.0;
        squares += (double) all.get(i, j) * all.get(i, j) / 69;
      }
      variance += squares - mean * mean;
    }
    assertEquals(variance, shards.index().variance(), 1e-6 * variance);
    // What is there is not written again.
    PlantedRows again = source();
    ActivationShards.write(temp.resolve("a"), again, SHARD, RUN);
    assertEquals(-1, again.asked);
  }

  @Test
  void writingThatWasStoppedGoesOnToTheSameBytes() throws IOException {
    Path whole = temp.resolve("whole");
    ActivationShards.write(whole, source(), SHARD, RUN);
    for (int stop : new int[] {0, 4, 8, 12, 20}) {
      Path stopped = temp.resolve("stopped" + stop);
      PlantedRows broken = source();
      broken.breaksAt = stop;
      assertThrows(
          IllegalStateException.class, () -> ActivationShards.write(stopped, broken, SHARD, RUN));
      assertFalse(Files.exists(stopped.resolve(ActivationShards.INDEX)));
      assertThrows(PerceptException.class, () -> ActivationShards.open(stopped));
      PlantedRows source = source();
      ActivationShards.write(stopped, source, SHARD, RUN);
      for (String name : new String[] {"00000.f32", "00001.f32", "00002.f32", "index.json"}) {
        assertArrayEquals(
            Files.readAllBytes(whole.resolve(name)), Files.readAllBytes(stopped.resolve(name)));
      }
      assertFalse(Files.exists(stopped.resolve("plan.json")));
    }
  }

  @Test
  void activationsOfSomethingElseAreNotTakenForThese() {
    Path folder = temp.resolve("a");
    ActivationShards.write(folder, source(), SHARD, RUN);
    PlantedRows other = new PlantedRows(24, 3, 7, 4, 5, 2);
    PerceptException e =
        assertThrows(
            PerceptException.class, () -> ActivationShards.write(folder, other, SHARD, RUN));
    assertTrue(String.valueOf(e.getMessage()).contains("other settings"), e.getMessage());
  }

  @Test
  void aFileThatIsCutShortIsNamed() throws IOException {
    Path folder = temp.resolve("a");
    ActivationShards.write(folder, source(), SHARD, RUN);
    Path file = folder.resolve("00001.f32");
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length - 4));
    PerceptException e = assertThrows(PerceptException.class, () -> ActivationShards.open(folder));
    assertTrue(String.valueOf(e.getMessage()).contains("00001.f32"), e.getMessage());
  }

  @Test
  void valuesThatAreNotFiniteAreRefused() {
    ActivationShards.Source holed =
        new ActivationShards.Source() {
          private final PlantedRows rows = new PlantedRows(4, 3, 7, 4, 5, 2);

          @Override
          public ShardIndex.Source source() {
            return rows.source();
          }

          @Override
          public int pictures() {
            return 4;
          }

          @Override
          public int positions() {
            return 3;
          }

          @Override
          public int features() {
            return 7;
          }

          @Override
          public int batch() {
            return 4;
          }

          @Override
          public Tensor rows(int from, int to) {
            float[] values = rows.rows(from, to).toArray();
            values[5] = Float.NaN;
            return Tensor.wrap(Shape.of(12, 7), values);
          }
        };
    assertThrows(
        PerceptException.class, () -> ActivationShards.write(temp.resolve("n"), holed, SHARD, RUN));
  }
}
