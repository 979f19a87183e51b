package dev.percept.fact.bcos;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.bundle.Safetensors;
import dev.percept.core.PerceptException;
import dev.percept.core.Run;
import dev.percept.core.Tensor;
import dev.percept.engine.torch.TorchEngine;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class BcosTrainerTest {
  private static final int SIDE = 8;
  private static final BcosSpec SPEC =
      BcosSpec.of(
          new ResNetSpec(
              4, 3, 2, false, ResNetSpec.Block.BASIC, List.of(new ResNetSpec.Stage(1, 6, 1))),
          SIDE,
          SIDE,
          2);
  private static final BcosTrainer.Options OPTIONS =
      new BcosTrainer.Options(12, 4, 0.01, 0.1, 1, 2, 0.5);
  private static final Run RUN = Run.of(5).withThreads(1);

  @TempDir Path folder;

  /** Bright on the left or bright on the right; the question is where the bright half is. */
  private static final class Halves implements BcosTrainer.Batches {
    private final int killedAt;
    private final boolean unanswered;

    Halves(int killedAt) {
      this(killedAt, false);
    }

    Halves(int killedAt, boolean unanswered) {
      this.killedAt = killedAt;
      this.unanswered = unanswered;
    }

    @Override
    public String description() {
      return "halves";
    }

    @Override
    public void fill(int step, FloatBuffer inputs, float[] targets, float[] answers) {
      if (step == killedAt) {
        throw new KilledException();
      }
      RandomGenerator random = Run.of(step).random("halves");
      Arrays.fill(answers, 0);
      int images = targets.length / 2;
      for (int i = 0; i < images; i++) {
        int label = random.nextInt(2);
        targets[2 * i] = 1 - label;
        targets[2 * i + 1] = label;
        for (int c = 0; c < 6; c++) {
          for (int p = 0; p < SIDE * SIDE; p++) {
            boolean lit = (p % SIDE < SIDE / 2) == (label == 0);
            float value = (float) ((lit ? 0.6 : 0.1) + 0.3 * random.nextDouble());
            inputs.put(c < 3 ? value : 1 - value);
          }
        }
        for (int p = 0; p < 16 && answers.length > 0; p++) {
          answers[i * 16 + p] = !unanswered && (p % 4 < 2) == (label == 0) ? 1 : 0;
        }
      }
    }
  }

  private static final class KilledException extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  private static BcosTrainer.Batches batches() {
    return new Halves(-1);
  }

  private BcosTrainer.Checkpoints every(int steps) {
    return new BcosTrainer.Checkpoints(folder, steps);
  }

  private static void assertSameBits(BcosTrainer.Result expected, BcosTrainer.Result found) {
    assertEquals(expected.losses(), found.losses());
    assertEquals(expected.weights().keySet(), found.weights().keySet());
    expected
        .weights()
        .forEach(
            (name, value) -> {
              Tensor other = BcosWeights.get(found.weights(), name);
              assertEquals(value.shape(), other.shape(), name);
              assertArrayEquals(value.toArray(), other.toArray(), 0f, name);
            });
  }

  private static BcosTrainer.Result whole() {
    return BcosTrainer.train(SPEC, OPTIONS, batches(), null, RUN);
  }

  @Test
  void itLearns() {
    BcosTrainer.Result result =
        BcosTrainer.train(SPEC, new BcosTrainer.Options(60, 8, 0.02, 0), batches(), null, RUN);
    List<Float> losses = result.losses();
    assertEquals(60, losses.size());
    double last =
        losses.subList(50, 60).stream().mapToDouble(Float::doubleValue).average().orElseThrow();
    assertTrue(last < 0.7 * losses.get(0), () -> "loss from " + losses.get(0) + " to " + last);
    BcosWeights.check(SPEC.plan().parameters(), result.weights());
    assertNotEquals(
        1f,
        BcosWeights.get(result.weights(), "bn1.running_var").get(0),
        "running statistics are kept");
  }

  @Test
  void theSameSeedGivesTheSameBitsAndAnotherDoesNot() {
    assertSameBits(whole(), whole());
    BcosTrainer.Result other = BcosTrainer.train(SPEC, OPTIONS, batches(), null, RUN.withSeed(6));
    assertNotEquals(whole().losses(), other.losses());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 4, 7, 11})
  void aTrainingThatWasKilledGoesOnWithTheSameBits(int killedAt) {
    assertThrows(
        KilledException.class,
        () -> BcosTrainer.train(SPEC, OPTIONS, new Halves(killedAt), every(3), RUN));
    BcosTrainer.Result resumed = BcosTrainer.train(SPEC, OPTIONS, batches(), every(3), RUN);
    assertSameBits(whole(), resumed);
    // And once more: it is finished, no batch is asked for.
    assertSameBits(whole(), BcosTrainer.train(SPEC, OPTIONS, new Halves(12), every(3), RUN));
  }

  @Test
  void killedAgainAndAgainAndWithHalfWrittenFilesLeftOver() throws IOException {
    for (int killedAt : new int[] {2, 5, 5, 8, 11}) {
      assertThrows(
          KilledException.class,
          () -> BcosTrainer.train(SPEC, OPTIONS, new Halves(killedAt), every(2), RUN));
      // What a kill leaves in the middle of writing: half of the next tensors, under either name,
      // and half of the next description beside the whole one.
      Files.write(folder.resolve("state-9.safetensors.part"), new byte[100]);
      Files.write(folder.resolve("state-9.safetensors"), new byte[200]);
      Files.writeString(folder.resolve("training.json.part"), "{ \"schema\"");
    }
    BcosTrainer.Result resumed = BcosTrainer.train(SPEC, OPTIONS, batches(), every(2), RUN);
    assertSameBits(whole(), resumed);
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(
          List.of("state-12.safetensors", "training.json"),
          files.map(f -> f.getFileName().toString()).sorted().toList());
    }
  }

  @Test
  void anOlderStateBesideANewerOneWhichNothingNamesYet() throws IOException {
    assertThrows(
        KilledException.class,
        () -> BcosTrainer.train(SPEC, OPTIONS, new Halves(4), every(4), RUN));
    byte[] description = Files.readAllBytes(folder.resolve("training.json"));
    byte[] tensors = Files.readAllBytes(folder.resolve("state-4.safetensors"));
    assertThrows(
        KilledException.class,
        () -> BcosTrainer.train(SPEC, OPTIONS, new Halves(9), every(4), RUN));
    assertTrue(Files.exists(folder.resolve("state-8.safetensors")));
    // Killed after the newer tensors were in their place and before the description was.
    Files.write(folder.resolve("training.json"), description);
    Files.write(folder.resolve("state-4.safetensors"), tensors);
    assertSameBits(whole(), BcosTrainer.train(SPEC, OPTIONS, batches(), every(4), RUN));
  }

  @Test
  void aCancelledTrainingStopsAndCanBeResumed() {
    Run run = Run.of(5).withThreads(1);
    BcosTrainer.Batches cancelling =
        new BcosTrainer.Batches() {
          @Override
          public String description() {
            return "halves";
          }

          @Override
          public void fill(int step, FloatBuffer inputs, float[] targets, float[] answers) {
            batches().fill(step, inputs, targets, answers);
            if (step == 6) {
              run.cancel();
            }
          }
        };
    assertThrows(
        CancellationException.class,
        () -> BcosTrainer.train(SPEC, OPTIONS, cancelling, every(5), run));
    assertSameBits(whole(), BcosTrainer.train(SPEC, OPTIONS, batches(), every(5), RUN));
  }

  @Test
  void theStateOfAnotherTrainingIsRefused() {
    assertThrows(
        KilledException.class,
        () -> BcosTrainer.train(SPEC, OPTIONS, new Halves(4), every(2), RUN));
    refused("seed: 5 there, 6 asked for", SPEC, OPTIONS, RUN.withSeed(6));
    refused("threads: 1 there, 2 asked for", SPEC, OPTIONS, RUN.withThreads(2));
    refused("network: ", SPEC.withB(1.5), OPTIONS, RUN);
    refused("options: ", SPEC, new BcosTrainer.Options(12, 4, 0.02, 0.1, 1, 2, 0.5), RUN);
    PerceptException data =
        assertThrows(
            PerceptException.class,
            () -> BcosTrainer.train(SPEC, OPTIONS, new Other(), every(2), RUN));
    assertTrue(String.valueOf(data.getMessage()).contains("data: halves there, other asked for"));
  }

  private static final class Other implements BcosTrainer.Batches {
    @Override
    public String description() {
      return "other";
    }

    @Override
    public void fill(int step, FloatBuffer inputs, float[] targets, float[] answers) {
      throw new AssertionError("no batch is asked for");
    }
  }

  private void refused(String why, BcosSpec spec, BcosTrainer.Options options, Run run) {
    PerceptException e =
        assertThrows(
            PerceptException.class,
            () -> BcosTrainer.train(spec, options, batches(), every(2), run));
    assertTrue(String.valueOf(e.getMessage()).contains(why), e.getMessage());
    assertTrue(String.valueOf(e.getMessage()).contains("another folder"), e.getMessage());
  }

  @Test
  void aDamagedStateIsRefused() throws IOException {
    assertThrows(
        KilledException.class,
        () -> BcosTrainer.train(SPEC, OPTIONS, new Halves(4), every(2), RUN));
    Path tensors = folder.resolve("state-4.safetensors");
    byte[] good = Files.readAllBytes(tensors);
    byte[] bad = good.clone();
    bad[bad.length - 1] ^= 1;
    Files.write(tensors, bad);
    damaged("not what training.json says");
    Files.write(tensors, Arrays.copyOf(good, good.length / 2));
    damaged("not what training.json says");
    Files.delete(tensors);
    damaged("missing");
    Path description = folder.resolve("training.json");
    String text = Files.readString(description);
    Files.writeString(description, text.replace("training/1", "training/2"));
    damaged("percept-bcos-training/2");
    Files.writeString(description, text.substring(0, 50));
    damaged("training.json is no state of a training");
  }

  private void damaged(String why) {
    PerceptException e =
        assertThrows(
            PerceptException.class,
            () -> BcosTrainer.train(SPEC, OPTIONS, batches(), every(2), RUN));
    assertTrue(String.valueOf(e.getMessage()).contains(why), e.getMessage());
  }

  @Test
  void questionsAreNoPartOfTheNetwork() {
    Map<String, Tensor> weights = whole().weights();
    assertEquals(SPEC.weights().keySet(), weights.keySet());
    BcosTrainer.Options without = new BcosTrainer.Options(12, 4, 0.01, 0.1);
    assertNotEquals(
        whole().losses(), BcosTrainer.train(SPEC, without, batches(), null, RUN).losses());
  }

  @Test
  void whereNoQuestionIsAnsweredTheMapGrowsQuiet() {
    TorchEngine.start(1);
    BcosTrainer.Options loud = new BcosTrainer.Options(40, 8, 0.02, 0, 1, 0, 0);
    BcosTrainer.Options quiet = new BcosTrainer.Options(40, 8, 0.02, 0, 1, 0, 20);
    assertTrue(dark(quiet) < 0.7 * dark(loud), () -> dark(quiet) + " against " + dark(loud));
  }

  /** Gains of the last normalisation, by which all of the last map is multiplied. */
  private static double dark(BcosTrainer.Options options) {
    Map<String, Tensor> weights =
        BcosTrainer.train(SPEC, options, new Halves(-1, true), null, RUN).weights();
    double sum = 0;
    for (String name : List.of("layer1.0.bn2.weight", "layer1.0.downsample.1.weight")) {
      for (float gain : BcosWeights.get(weights, name).toArray()) {
        sum += Math.abs(gain);
      }
    }
    return sum;
  }

  static Stream<Runnable> badOptions() {
    return Stream.of(
        () -> new BcosTrainer.Options(0, 4, 0.1, 0),
        () -> new BcosTrainer.Options(1, 1, 0.1, 0),
        () -> new BcosTrainer.Options(1, 2, 0, 0),
        () -> new BcosTrainer.Options(1, 2, Double.NaN, 0),
        () -> new BcosTrainer.Options(1, 2, 0.1, -1),
        () -> new BcosTrainer.Options(1, 2, 0.1, 0, -1, 0, 0),
        () -> new BcosTrainer.Options(1, 2, 0.1, 0, 1, -1, 0),
        () -> new BcosTrainer.Options(1, 2, 0.1, 0, 1, 0, Double.POSITIVE_INFINITY),
        () -> new BcosTrainer.Checkpoints(Path.of("x"), 0));
  }

  @ParameterizedTest
  @MethodSource("badOptions")
  void badOptionsAreNamed(Runnable bad) {
    IllegalArgumentException e = assertThrows(IllegalArgumentException.class, bad::run);
    assertTrue(String.valueOf(e.getMessage()).contains("found"), e.getMessage());
  }

  @Test
  void theStateIsReadableByOthers() {
    BcosTrainer.train(SPEC, OPTIONS, batches(), every(12), RUN);
    Map<String, Tensor> state = Safetensors.read(folder.resolve("state-12.safetensors"));
    assertTrue(state.keySet().containsAll(SPEC.weights().keySet()));
    assertTrue(state.containsKey("adam.mean.questions.weight"));
    assertFalse(state.containsKey("adam.mean.bn1.running_var"), "not learnt");
    assertEquals(12, BcosWeights.get(state, "losses").shape().size());
  }
}
