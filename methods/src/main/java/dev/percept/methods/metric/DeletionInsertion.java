package dev.percept.methods.metric;

import dev.percept.core.Progress;
import dev.percept.core.Run;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Deletion and insertion of concepts: codes set to 0 one concept after the other, and put back the
 * same way. The state without a concept is codes of 0, which decode to the dictionary's offset
 * (zeros for NMF). Probabilities saturate, so logits are reported beside them.
 *
 * @param deletionLogit the class logit as concepts go
 * @param insertionLogit the class logit as concepts come
 * @param deletionProbability the same as softmax probability
 * @param insertionProbability the same as softmax probability
 */
public record DeletionInsertion(
    Curve deletionLogit,
    Curve insertionLogit,
    Curve deletionProbability,
    Curve insertionProbability) {

  /**
   * Measures curves.
   *
   * @param examples what is asked
   * @param orders one an example: its concepts in the order in which they go (and come)
   * @param target index of the class logit
   * @param randomOrders how many random orders an example for the baseline, at least 1
   */
  public static DeletionInsertion measure(
      List<? extends MaskedLogits> examples,
      List<int[]> orders,
      int target,
      int randomOrders,
      Run run) {
    if (examples.isEmpty() || orders.size() != examples.size()) {
      throw new IllegalArgumentException(
          "orders: one an example, at least 1, found "
              + orders.size()
              + " orders and "
              + examples.size()
              + " examples");
    }
    if (randomOrders < 1) {
      throw new IllegalArgumentException("randomOrders: at least 1, found " + randomOrders);
    }
    int r = examples.get(0).concepts();
    int n = examples.size();
    CurveDraws[] each = new CurveDraws[n];
    try (Progress.Stage stage = run.stage("curves", n)) {
      run.parallel(
          n,
          e -> {
            RandomGenerator random = run.random("curves." + e);
            int[][] draws = new int[randomOrders + 1][];
            draws[0] = ConceptOrder.check(orders.get(e), r);
            for (int d = 1; d <= randomOrders; d++) {
              draws[d] = ConceptOrder.random(r, random);
            }
            each[e] = CurveDraws.of(examples.get(e), draws, target);
            stage.advance(1);
          });
    }
    return CurveDraws.mean(each).curves();
  }
}
