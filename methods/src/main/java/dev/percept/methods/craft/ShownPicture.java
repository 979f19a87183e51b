package dev.percept.methods.craft;

import dev.percept.core.Activations;
import dev.percept.core.Dictionary;
import dev.percept.core.Shape;
import dev.percept.core.SplitModel;
import dev.percept.core.Tensor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A picture that a page shows in depth.
 *
 * @param picture its index
 * @param answer what the model says
 * @param without per concept, what the model says when that concept's part {@code u_k w_k} is
 *     subtracted from its activations, everything else left as it is
 * @param sums of the target first, then of its strongest rivals; empty where the head is not affine
 * @param restLogSumExp log Σ exp of the logits that have no entry in {@code sums}; negative
 *     infinity where there is none
 */
public record ShownPicture(
    int picture, Answer answer, List<Answer> without, List<LogitSum> sums, double restLogSumExp) {
  /** How many rivals of the target get contributions of their own. */
  private static final int RIVALS = 9;

  /** Changed activations that are held at once. */
  private static final int BATCH = 8;

  public ShownPicture {
    without = List.copyOf(without);
    sums = List.copyOf(sums);
  }

  /**
   * Looks at one picture in depth.
   *
   * @param activations of that picture alone
   * @param codes L x r
   * @param affine whether the head has been verified to be affine in the masks
   */
  static ShownPicture of(
      SplitModel model,
      int picture,
      Activations activations,
      Tensor codes,
      Dictionary dictionary,
      int target,
      boolean affine) {
    Tensor logits = model.head(activations.values());
    Tensor removed = without(model, activations, codes, dictionary);
    int r = dictionary.concepts();
    List<Answer> without = new ArrayList<>();
    for (int k = 0; k < r; k++) {
      without.add(Answer.of(removed, k, target));
    }
    List<LogitSum> contributions = new ArrayList<>();
    double rest = Double.NEGATIVE_INFINITY;
    if (affine) {
      Set<Integer> outputs = rivals(target, logits, removed);
      contributions.addAll(contributions(model, codes, dictionary, logits, outputs));
      rest = Logits.logSumExp(logits, 0, outputs::contains);
    }
    return new ShownPicture(picture, Answer.of(logits, 0, target), without, contributions, rest);
  }

  private static Tensor without(
      SplitModel model, Activations activations, Tensor codes, Dictionary dictionary) {
    int r = dictionary.concepts();
    int p = dictionary.features();
    int locations = codes.shape().dim(0);
    int outputs = model.outputs();
    float[] a = activations.values().toArray();
    float[] all = new float[r * outputs];
    for (int from = 0; from < r; from += BATCH) {
      int rows = Math.min(BATCH, r - from);
      float[] changed = new float[rows * a.length];
      for (int i = 0; i < rows; i++) {
        for (int l = 0; l < locations; l++) {
          float u = codes.get(l, from + i);
          for (int f = 0; f < p; f++) {
            int at = l * p + f;
            changed[i * a.length + at] = a[at] - u * dictionary.atoms().get(from + i, f);
          }
        }
      }
      model
          .head(Tensor.wrap(Shape.of(rows, locations, p), changed))
          .copyTo(0, all, from * outputs, rows * outputs);
    }
    return Tensor.wrap(Shape.of(r, outputs), all);
  }

  /** The target, then whatever is strong with all concepts or with one of them gone. */
  private static Set<Integer> rivals(int target, Tensor logits, Tensor removed) {
    Set<Integer> outputs = new LinkedHashSet<>();
    outputs.add(target);
    int count = logits.shape().dim(1);
    IntStream.range(0, count)
        .boxed()
        .sorted(Comparator.comparingDouble(c -> -logits.get(0, c)))
        .limit(RIVALS)
        .forEach(outputs::add);
    for (int k = 0; k < removed.rows(); k++) {
      outputs.add(Logits.argmax(removed, k));
    }
    return outputs;
  }

  private static List<LogitSum> contributions(
      SplitModel model, Tensor codes, Dictionary dictionary, Tensor logits, Set<Integer> outputs) {
    int r = dictionary.concepts();
    Tensor alone = new CodeScore(model, dictionary, codes, 0).logits(AffineLogits.oneAtATime(r));
    List<LogitSum> result = new ArrayList<>();
    for (int output : outputs) {
      double start = alone.get(0, output);
      double other = logits.get(0, output) - start;
      List<Double> concepts = new ArrayList<>();
      for (int k = 0; k < r; k++) {
        double c = alone.get(k + 1, output) - start;
        concepts.add(c);
        other -= c;
      }
      result.add(new LogitSum(output, start, concepts, other, logits.get(0, output)));
    }
    return result;
  }
}
