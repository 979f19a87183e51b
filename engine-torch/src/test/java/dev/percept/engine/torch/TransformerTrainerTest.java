package dev.percept.engine.torch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

/** Networks small enough to be trained in a second or two. */
class TransformerTrainerTest {
  private static final EncoderSpec BEFORE = new EncoderSpec(16, 2, 2, 32, EncoderSpec.Norm.BEFORE);
  private static final EncoderSpec AFTER = new EncoderSpec(16, 2, 2, 32, EncoderSpec.Norm.AFTER);
  private static final TransformerSpec.Patches PATCHES = new TransformerSpec.Patches(1, 12, 3);
  private static final TransformerSpec.Words WORDS = new TransformerSpec.Words(12, 8, 2);
  private static final TransformerTrainer.Options OPTIONS =
      new TransformerTrainer.Options(120, 16, 5e-3, 0.01, 0, 1, 1);

  private static TransformerSpec vision(TransformerSpec.Reading reading) {
    return new TransformerSpec(PATCHES, BEFORE, reading, 2, 1);
  }

  private static TransformerSpec text() {
    return new TransformerSpec(WORDS, AFTER, TransformerSpec.Reading.FIRST_RECTIFIED, 2, 0);
  }

  /** Class 1 has its bright square on the left; the attribute is the share that is bright. */
  private static final TransformerTrainer.Pictures SQUARES =
      (step, pixels, labels, attributes) -> {
        Random random = new Random(step);
        for (int i = 0; i < labels.length; i++) {
          labels[i] = i % 2;
          int column = (int) labels[i] == 1 ? random.nextInt(2) : 2 + random.nextInt(2);
          int row = random.nextInt(4);
          for (int k = 0; k < 144; k++) {
            boolean inside = k / 12 / 3 == row && k % 12 / 3 == column;
            pixels.put((inside ? 1 : 0) + 0.05f * random.nextFloat());
          }
          for (int k = 0; k < 16; k++) {
            attributes[i * 16 + k] = k == row * 4 + column ? 1 : 0;
          }
        }
      };

  /** Class 1 has the token 3 in front of the token 4, class 0 behind it. */
  private static final TransformerTrainer.Texts ORDERS =
      (step, tokens, labels) -> {
        Random random = new Random(step);
        for (int i = 0; i < labels.length; i++) {
          labels[i] = i % 2;
          int[] one = new int[4 + random.nextInt(5)];
          one[0] = 1;
          for (int t = 1; t < one.length; t++) {
            one[t] = 5 + random.nextInt(7);
          }
          int at = 1 + random.nextInt(one.length - 2);
          one[at] = labels[i] == 1 ? 3 : 4;
          one[at + 1] = labels[i] == 1 ? 4 : 3;
          tokens[i] = one;
        }
      };

  private static Run run(long seed) {
    return Run.of(seed).withThreads(1);
  }

  @Test
  void picturesAreLearntWhateverIsRead() {
    for (TransformerSpec.Reading reading : TransformerSpec.Reading.values()) {
      TransformerWeights weights =
          TransformerTrainer.pictures(vision(reading), OPTIONS, SQUARES, run(1)).weights();
      int n = 64;
      Shape shape = Shape.of(n, 1, 12, 12);
      java.nio.FloatBuffer pixels = Tensor.allocateDirect(shape.size());
      long[] labels = new long[n];
      SQUARES.fill(1_000_000, pixels, labels, new float[16 * n]);
      Tensor logits = TransformerForward.pictures(weights, Tensor.wrap(shape, pixels.flip()), 1);
      // Chance is 32; new pictures, so nothing can be known by heart.
      assertTrue(right(logits, labels) >= 62, reading + ": " + right(logits, labels));
    }
  }

  @Test
  void theOrderOfTokensIsLearnt() {
    TransformerWeights weights =
        TransformerTrainer.texts(
                text(),
                new TransformerTrainer.Options(300, 16, 5e-3, 0.01, 0, 0, 1),
                ORDERS,
                run(1))
            .weights();
    int[][] tokens = new int[64][];
    long[] labels = new long[64];
    ORDERS.fill(1_000_000, tokens, labels);
    Tensor logits = TransformerForward.texts(weights, tokens, 1);
    assertTrue(right(logits, labels) >= 60, "right: " + right(logits, labels));
  }

  @Test
  void aTextSaysTheSameAloneAndBesideLongerOnes() {
    TransformerWeights weights = TransformerStart.of(text(), run(0).random("start"));
    int[] one = {1, 3, 4, 2};
    Tensor alone = TransformerForward.texts(weights, new int[][] {one}, 1);
    Tensor beside =
        TransformerForward.texts(weights, new int[][] {one, {1, 5, 6, 7, 8, 9, 10, 2}}, 1);
    // The same sums in another order of blocks: float32 logits near 1.
    assertArrayEquals(alone.row(0).toArray(), beside.row(0).toArray(), 1e-5f);
  }

  @Test
  void theSameSeedGivesTheSameWeightsAndAnotherSeedOthers() {
    TransformerTrainer.Options few = new TransformerTrainer.Options(5, 8, 1e-3, 0.01, 0.1, 1, 1);
    TransformerSpec spec = vision(TransformerSpec.Reading.FIRST);
    TransformerWeights a = TransformerTrainer.pictures(spec, few, SQUARES, run(1)).weights();
    TransformerWeights b = TransformerTrainer.pictures(spec, few, SQUARES, run(1)).weights();
    TransformerWeights c = TransformerTrainer.pictures(spec, few, SQUARES, run(2)).weights();
    a.tensors().forEach((name, t) -> assertArrayEquals(t.toArray(), b.get(name).toArray(), name));
    assertTrue(a.get("head.weight").get(0) != c.get("head.weight").get(0));
    TransformerWeights x = TransformerTrainer.texts(text(), few, ORDERS, run(1)).weights();
    TransformerWeights y = TransformerTrainer.texts(text(), few, ORDERS, run(1)).weights();
    assertArrayEquals(x.get("words").toArray(), y.get("words").toArray());
  }

  @Test
  void weightsHaveTheShapesOfTheSpec() {
    TransformerWeights first =
        TransformerStart.of(vision(TransformerSpec.Reading.FIRST), run(0).random("start"));
    assertEquals(Shape.of(16, 1, 3, 3), first.get("patches.weight").shape());
    assertEquals(Shape.of(17, 16), first.get("positions").shape());
    assertEquals(Shape.of(48, 16), first.get("1.qkv.weight").shape());
    assertEquals(Shape.of(1, 16), first.get("attributes.weight").shape());
    TransformerWeights mean =
        TransformerStart.of(vision(TransformerSpec.Reading.MEAN), run(0).random("start"));
    assertEquals(Shape.of(16, 16), mean.get("positions").shape());
    assertThrows(IllegalArgumentException.class, () -> mean.get("class.token"));
    TransformerWeights words = TransformerStart.of(text(), run(0).random("start"));
    assertEquals(Shape.of(12, 16), words.get("words").shape());
    assertEquals(Shape.of(16, 16), words.get("pooler.weight").shape());
    assertThrows(IllegalArgumentException.class, () -> words.get("norm.gain"));
    // 12 + 2 + 8 embeddings, 5 norms, 2 blocks of 4 dense layers, pooler, head.
    long block = 48 * 17 + 16 * 17 + 32 * 17 + 16 * 33;
    assertEquals(22 * 16 + 5 * 32 + 2 * block + 16 * 17 + 2 * 17, words.count());
  }

  @Test
  void cancellationStopsIt() {
    Run run = run(0);
    assertThrows(
        CancellationException.class,
        () ->
            TransformerTrainer.texts(
                text(),
                OPTIONS,
                (step, tokens, labels) -> {
                  ORDERS.fill(step, tokens, labels);
                  if (step == 2) {
                    run.cancel();
                  }
                  assertTrue(step <= 2, "went on after cancellation");
                },
                run));
  }

  @Test
  void unfitOptionsAreRefused() {
    for (double[] o :
        List.of(
            new double[] {0, 1, 1, 0, 0, 0, 1},
            new double[] {1, 0, 1, 0, 0, 0, 1},
            new double[] {1, 1, 0, 0, 0, 0, 1},
            new double[] {1, 1, 1, -1, 0, 0, 1},
            new double[] {1, 1, 1, 0, 1, 0, 1},
            new double[] {1, 1, 1, 0, 0, Double.NaN, 1},
            new double[] {1, 1, 1, 0, 0, 0, 0})) {
      assertThrows(
          IllegalArgumentException.class,
          () ->
              new TransformerTrainer.Options((int) o[0], (int) o[1], o[2], o[3], o[4], o[5], o[6]));
    }
    assertThrows(
        IllegalArgumentException.class, () -> new EncoderSpec(16, 1, 3, 8, EncoderSpec.Norm.AFTER));
    assertThrows(IllegalArgumentException.class, () -> new TransformerSpec.Patches(3, 10, 4));
    assertThrows(
        IllegalArgumentException.class,
        () -> new TransformerSpec(WORDS, AFTER, TransformerSpec.Reading.MEAN, 2, 0));
    assertThrows(
        IllegalArgumentException.class,
        () -> new TransformerSpec(WORDS, AFTER, TransformerSpec.Reading.FIRST, 2, 1));
    assertThrows(
        IllegalArgumentException.class,
        () ->
            TransformerTrainer.texts(
                vision(TransformerSpec.Reading.MEAN), OPTIONS, ORDERS, run(0)));
    assertThrows(
        IllegalArgumentException.class,
        () -> TransformerTrainer.pictures(text(), OPTIONS, SQUARES, run(0)));
  }

  private static int right(Tensor logits, long[] labels) {
    int right = 0;
    for (int i = 0; i < labels.length; i++) {
      right += (logits.get(i, 1) > logits.get(i, 0)) == (labels[i] == 1) ? 1 : 0;
    }
    return right;
  }
}
