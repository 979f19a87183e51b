package dev.percept.fact.sae;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.core.PerceptException;
import dev.percept.core.Progress;
import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import dev.percept.fact.sae.SaeSpec.Kind;
import dev.percept.fact.sae.SaeSpec.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SaeTrainerTest {
  private static final Run RUN = Run.of(3).withThreads(1);

  @TempDir Path temp;

  private static List<SaeSpec> every() {
    List<SaeSpec> specs = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      specs.add(new SaeSpec(kind, 32, 3, 3e-3, 1));
    }
    specs.add(new SaeSpec(Kind.TOPK, 24, 2, 1e-3, 2, Part.FIRST_HALF));
    return specs;
  }

  private ActivationShards data(PlantedRows source) {
    return ActivationShards.write(temp.resolve("rows"), source, 20_000, RUN);
  }

  private static PlantedRows small() {
    return new PlantedRows(120, 5, 12, 10, 20, 3);
  }

  private static final TrainingOptions QUICK =
      TrainingOptions.DEFAULT.withEpochs(4, 64, 2).withStateSeconds(0);

  @Test
  void plantedDirectionsAreFound() {
    PlantedRows source = new PlantedRows(500, 8, 24, 50, 32, 3);
    ActivationShards data = data(source);
    List<SaeSpec> specs = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      specs.add(new SaeSpec(kind, 48, 3, 1e-2, 1));
    }
    TrainingOptions options = TrainingOptions.DEFAULT.withEpochs(25, 256, 25);
    var kept = SaeTrainer.train(data, specs, options, temp.resolve("t"), Map.of(), RUN);
    assertEquals(3, kept.size());
    for (SaeTrainer.Checkpoint checkpoint : kept) {
      SaeFile.Stored stored = SaeFile.read(checkpoint.folder());
      Map<String, Double> figures = stored.card().metrics();
      String what = checkpoint.spec() + " " + figures;
      assertTrue(figures.getOrDefault("train-r2", 0.0) > 0.8, what);
      assertEquals(3, figures.getOrDefault("train-l0", 0.0), 0.5, what);
      // Those of the true directions that some atom points along.
      assertTrue(found(source, stored.bank()) > 0.75, what);
      assertTrue(data.index().variance() > 0);
    }
  }

  private static double found(PlantedRows source, SparseAutoencoder bank) {
    Tensor truth = source.directions();
    Tensor atoms = bank.dictionary().atoms();
    int found = 0;
    for (int k = 0; k < truth.rows(); k++) {
      double best = 0;
      for (int l = 0; l < atoms.rows(); l++) {
        double dot = 0;
        for (int j = 0; j < truth.shape().dim(1); j++) {
          dot += truth.get(k, j) * atoms.get(l, j);
        }
        best = Math.max(best, dot);
      }
      found += best > 0.95 ? 1 : 0;
    }
    return (double) found / truth.rows();
  }

  @Test
  void atomsHaveLengthOne() {
    for (var checkpoint :
        SaeTrainer.train(data(small()), every(), QUICK, temp.resolve("t"), Map.of(), RUN)) {
      Tensor atoms = SaeFile.read(checkpoint.folder()).bank().dictionary().atoms();
      for (int k = 0; k < atoms.rows(); k++) {
        double squares = 0;
        for (int j = 0; j < atoms.shape().dim(1); j++) {
          squares += atoms.get(k, j) * atoms.get(k, j);
        }
        assertEquals(1, squares, 1e-6); // float32
      }
    }
  }

  @Test
  void theSameSeedGivesTheSameBitsOnAnyNumberOfThreadsAndAloneOrTogether() throws IOException {
    ActivationShards data = data(small());
    Path one = temp.resolve("one");
    Path three = temp.resolve("three");
    SaeTrainer.train(data, every(), QUICK, one, Map.of(), RUN.withThreads(1));
    SaeTrainer.train(data, every(), QUICK, three, Map.of(), RUN.withThreads(3));
    assertEquals(bytes(one), bytes(three));
    SaeSpec first = every().get(0);
    Path alone = temp.resolve("alone");
    SaeTrainer.train(data, List.of(first), QUICK, alone, Map.of(), RUN);
    assertEquals(bytes(one.resolve(first.name())), bytes(alone.resolve(first.name())));
    SaeSpec other = new SaeSpec(first.kind(), first.latents(), first.k(), first.rate(), 9);
    Path seeded = temp.resolve("seeded");
    SaeTrainer.train(data, List.of(other), QUICK, seeded, Map.of(), RUN);
    assertNotEquals(bytes(alone.resolve(first.name())), bytes(seeded.resolve(other.name())));
  }

  @Test
  void stoppedAnywhereItGoesOnToTheSameBits() throws IOException {
    ActivationShards data = data(small());
    Path whole = temp.resolve("whole");
    SaeTrainer.train(data, every(), QUICK, whole, Map.of(), RUN);
    Path stopped = temp.resolve("stopped");
    RandomGenerator random = RUN.random("stops");
    int stops = 0;
    for (boolean done = false; !done; ) {
      // A few times at a random step, then to the end; sometimes with an older state.
      int after = stops < 6 ? 1 + random.nextInt(5) : Integer.MAX_VALUE;
      Run watched = stopping(after);
      try {
        SaeTrainer.train(
            data,
            every(),
            QUICK.withStateSeconds(random.nextBoolean() ? 0 : 1e-3),
            stopped,
            Map.of(),
            watched);
        done = true;
      } catch (CancellationException e) {
        stops++;
      }
    }
    assertEquals(6, stops);
    assertEquals(bytes(whole), bytes(stopped));
    assertFalse(Files.exists(stopped.resolve("state.bin")));
    // Once more: nothing is left to do.
    SaeTrainer.train(data, every(), QUICK, stopped, Map.of(), stopping(1));
  }

  /** A run that is cancelled when {@code steps} steps of training are done. */
  private static Run stopping(int steps) {
    Run[] self = new Run[1];
    int[] left = {steps};
    Progress progress =
        (what, total) ->
            done -> {
              if (what.equals("training") && done == 1 && --left[0] == 0) {
                self[0].cancel();
              }
            };
    self[0] = Run.of(RUN.seed()).withThreads(1).withProgress(progress);
    return self[0];
  }

  private static Map<String, List<Byte>> bytes(Path folder) throws IOException {
    Map<String, List<Byte>> all = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        List<Byte> content = new ArrayList<>();
        for (byte b : Files.readAllBytes(file)) {
          content.add(b);
        }
        all.put(folder.relativize(file).toString(), content);
      }
    }
    return all;
  }

  @Test
  void anotherTrainingIsNotOverwritten() {
    ActivationShards data = data(small());
    Path folder = temp.resolve("t");
    List<SaeSpec> specs = every().subList(0, 1);
    SaeTrainer.train(data, specs, QUICK, folder, Map.of(), RUN);
    for (Runnable other :
        List.<Runnable>of(
            () -> SaeTrainer.train(data, every(), QUICK, folder, Map.of(), RUN),
            () -> SaeTrainer.train(data, specs, QUICK, folder, Map.of(), Run.of(4)),
            () ->
                SaeTrainer.train(data, specs, QUICK.withEpochs(5, 64, 2), folder, Map.of(), RUN))) {
      PerceptException e = assertThrows(PerceptException.class, other::run);
      assertTrue(String.valueOf(e.getMessage()).contains("holds a training of other"));
    }
  }

  @Test
  void aDamagedStateIsNamed() throws IOException {
    ActivationShards data = data(small());
    Path folder = temp.resolve("t");
    assertThrows(
        CancellationException.class,
        () -> SaeTrainer.train(data, every(), QUICK, folder, Map.of(), stopping(5)));
    Path state = folder.resolve("state.bin");
    byte[] good = Files.readAllBytes(state);
    byte[] bad = good.clone();
    bad[bad.length / 2] ^= 1;
    Files.write(state, bad);
    PerceptException e =
        assertThrows(
            PerceptException.class,
            () -> SaeTrainer.train(data, every(), QUICK, folder, Map.of(), RUN));
    assertTrue(String.valueOf(e.getMessage()).contains("it is damaged"), e.getMessage());
    Files.write(state, java.util.Arrays.copyOf(good, good.length / 2));
    e =
        assertThrows(
            PerceptException.class,
            () -> SaeTrainer.train(data, every(), QUICK, folder, Map.of(), RUN));
    assertTrue(String.valueOf(e.getMessage()).contains("cannot be used"), e.getMessage());
  }

  @Test
  void rowsOfZerosAreRefused() {
    ActivationShards.Source zeros =
        new ActivationShards.Source() {
          @Override
          public ShardIndex.Source source() {
            return small().source();
          }

          @Override
          public int pictures() {
            return 4;
          }

          @Override
          public int positions() {
            return 2;
          }

          @Override
          public int features() {
            return 3;
          }

          @Override
          public int batch() {
            return 2;
          }

          @Override
          public Tensor rows(int from, int to) {
            return Tensor.zeros(Shape.of((to - from) * 2, 3));
          }
        };
    ActivationShards data = ActivationShards.write(temp.resolve("zeros"), zeros, RUN);
    assertThrows(
        PerceptException.class,
        () -> SaeTrainer.train(data, every(), QUICK, temp.resolve("t"), Map.of(), RUN));
  }
}
