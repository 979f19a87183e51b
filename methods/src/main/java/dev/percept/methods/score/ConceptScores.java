package dev.percept.methods.score;

import dev.percept.core.Activations;
import dev.percept.core.ConceptBank;
import dev.percept.core.Run;
import dev.percept.core.Score;
import dev.percept.core.Shape;
import dev.percept.core.SplitModel;
import dev.percept.core.Tensor;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/**
 * The codes of all concepts of a bank in an input, each summed over the places, as one score a
 * concept. Black-box methods ask every concept about the same perturbed inputs: one pass answers
 * for all, and is remembered by what was in the batch, not kept itself. Memory: r + 2 numbers an
 * input asked about.
 */
public final class ConceptScores {
  private final SplitModel model;
  private final ConceptBank bank;
  private final Run run;
  private final Map<Key, Tensor> remembered = new ConcurrentHashMap<>();

  /** Two hashes of 64 bits: that two batches of a run share both does not happen. */
  private record Key(int rows, long one, long other) {}

  /**
   * Scores of every concept of {@code bank}.
   *
   * @throws IllegalArgumentException if the bank has other features than the model
   */
  public ConceptScores(SplitModel model, ConceptBank bank, Run run) {
    new CodeChoice(0, CodeChoice.ALL).check(model, bank);
    this.model = model;
    this.bank = bank;
    this.run = run.withThreads(1);
  }

  /** One score a concept, in the order of the bank. */
  public List<Score> all() {
    return IntStream.range(0, bank.concepts()).<Score>mapToObj(One::new).toList();
  }

  /** Sums of codes, n x r. */
  private Tensor sums(Tensor inputs) {
    Key key = key(inputs);
    Tensor known = remembered.get(key);
    if (known != null) {
      return known;
    }
    Activations activations = model.activations(inputs);
    Tensor codes = bank.encode(activations.matrix(), run);
    int n = activations.size();
    int r = bank.concepts();
    float[] sums = new float[n * r];
    for (int k = 0; k < r; k++) {
      float[] scores = new CodeChoice(k, CodeChoice.ALL).scores(codes, n, activations.grid());
      for (int i = 0; i < n; i++) {
        sums[i * r + k] = scores[i];
      }
    }
    Tensor result = Tensor.wrap(Shape.of(n, r), sums);
    remembered.put(key, result);
    return result;
  }

  private static Key key(Tensor inputs) {
    FloatBuffer values = inputs.buffer();
    long one = 0xcbf29ce484222325L;
    long other = 0x9e3779b97f4a7c15L;
    while (values.hasRemaining()) {
      int bits = Float.floatToRawIntBits(values.get());
      one = (one ^ bits) * 0x100000001b3L;
      other = Long.rotateLeft(other, 7) * 0xd6e8feb86659fd93L + bits;
    }
    return new Key(inputs.rows(), one, other);
  }

  private final class One implements Score {
    private final int concept;

    One(int concept) {
      this.concept = concept;
    }

    @Override
    public String name() {
      return new CodeChoice(concept, CodeChoice.ALL).name();
    }

    @Override
    public Shape inputShape() {
      return model.inputShape();
    }

    @Override
    public float[] score(Tensor inputs) {
      return LogitScore.column(sums(inputs), concept);
    }
  }
}
