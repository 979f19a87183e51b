package dev.percept.methods.craft;

import dev.percept.core.Activations;
import dev.percept.core.ConceptBank;
import dev.percept.core.Dictionary;
import dev.percept.core.Grid;
import dev.percept.core.MaskedScore;
import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.StackedModel;
import dev.percept.core.Tensor;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What sub-concepts do in one crop: the code of their parent, summed over the places, and the logit
 * of the class, when sub-concepts are masked at the earlier cut and everything else is left as it
 * is. Activations become {@code a − Σ (1 − m_j) u_j w_j}, no lower than 0 where the layer has no
 * negative values, and go on through the network to the parent's cut and to the logits.
 *
 * <p>Few sub-concepts rebuild little of an early layer; from {@code (U∘m) W} alone the network
 * would often see nothing of the parent, and importance would be measured where it is not at work.
 * {@link #rebuilt} says how much that is.
 *
 * <p>One pass gives both numbers, which are remembered for the estimator that asks for the other.
 */
final class SplitEffect {
  /** Activations that are held at once, in values: about 16 MB. */
  private static final int HELD = 1 << 22;

  private final StackedModel stack;
  private final int from;
  private final ConceptBank bank;
  private final int concept;
  private final int target;
  private final Dictionary dictionary;
  private final float[] activations;
  private final Tensor codes;
  private final Run run;
  private final Map<FloatBuffer, float[][]> remembered = new ConcurrentHashMap<>();

  /**
   * @param from the cut of the sub-concepts
   * @param bank of the parent, at cut {@code from − 1}
   * @param concept the parent's number there
   * @param target index of the logit
   * @param dictionary of the sub-concepts
   * @param activations 1 x L x p of the crop at cut {@code from}
   * @param codes L x r of them
   */
  SplitEffect(
      StackedModel stack,
      int from,
      ConceptBank bank,
      int concept,
      int target,
      Dictionary dictionary,
      Tensor activations,
      Tensor codes,
      Run run) {
    this.stack = stack;
    this.from = from;
    this.bank = bank;
    this.concept = concept;
    this.target = target;
    this.dictionary = dictionary;
    this.activations = activations.toArray();
    this.codes = codes;
    this.run = run.withThreads(1);
  }

  /** The parent's code under masks. */
  MaskedScore parent() {
    return new View(0);
  }

  /** The logit under masks. */
  MaskedScore logit() {
    return new View(1);
  }

  /** The parent's code as it is. */
  double whole() {
    return code(Tensor.wrap(shape(1), activations));
  }

  /** The parent's code when only what the sub-concepts rebuild is left. */
  double rebuilt() {
    float[] decoded = new float[activations.length];
    int r = dictionary.concepts();
    int p = dictionary.features();
    Tensor offset = dictionary.offset();
    for (int i = 0; i < decoded.length; i++) {
      double sum = offset == null ? 0 : offset.get(i % p);
      for (int k = 0; k < r; k++) {
        sum += (double) codes.get(i / p, k) * dictionary.atoms().get(k, i % p);
      }
      decoded[i] = (float) sum;
    }
    return code(Tensor.wrap(shape(1), decoded));
  }

  private double code(Tensor earlier) {
    return codes(stack.onward(from, earlier))[0];
  }

  private Shape shape(int n) {
    return Shape.of(n, codes.rows(), dictionary.features());
  }

  /** The parent's code of n inputs, summed over the places. */
  private float[] codes(Activations later) {
    Tensor all = bank.encode(later.matrix(), run);
    Grid grid = later.grid();
    float[] sums = new float[later.size()];
    for (int i = 0; i < sums.length; i++) {
      double sum = 0;
      for (int l = 0; l < grid.places(); l++) {
        sum += all.get(i * grid.size() + grid.location(l), concept);
      }
      sums[i] = (float) sum;
    }
    return sums;
  }

  private float[][] scores(Tensor masks) {
    return remembered.computeIfAbsent(FloatBuffer.wrap(masks.toArray()), key -> pass(masks));
  }

  private float[][] pass(Tensor masks) {
    int n = masks.rows();
    int each = activations.length;
    int step = Math.max(1, HELD / each);
    float[][] scores = new float[2][n];
    for (int at = 0; at < n; at += step) {
      int rows = Math.min(step, n - at);
      float[] masked = new float[rows * each];
      for (int i = 0; i < rows; i++) {
        mask(masks, at + i, masked, i * each);
      }
      Activations later = stack.onward(from, Tensor.wrap(shape(rows), masked));
      System.arraycopy(codes(later), 0, scores[0], at, rows);
      Tensor logits = stack.at(from - 1).head(later.values());
      for (int i = 0; i < rows; i++) {
        scores[1][at + i] = logits.get(i, target);
      }
    }
    return scores;
  }

  private void mask(Tensor masks, int mask, float[] masked, int at) {
    int r = dictionary.concepts();
    int p = dictionary.features();
    float[] atoms = dictionary.atoms().toArray();
    System.arraycopy(activations, 0, masked, at, activations.length);
    for (int l = 0; l < codes.rows(); l++) {
      for (int k = 0; k < r; k++) {
        float gone = codes.get(l, k) * (1 - masks.get(mask, k));
        for (int j = 0; gone != 0 && j < p; j++) {
          masked[at + l * p + j] -= gone * atoms[k * p + j];
        }
      }
    }
    if (stack.at(from).info().nonNegative()) {
      for (int i = at; i < at + activations.length; i++) {
        masked[i] = Math.max(0, masked[i]);
      }
    }
  }

  private final class View implements MaskedScore {
    private final int which;

    View(int which) {
      this.which = which;
    }

    @Override
    public int concepts() {
      return dictionary.concepts();
    }

    @Override
    public float[] score(Tensor masks) {
      return scores(masks)[which].clone();
    }
  }
}
