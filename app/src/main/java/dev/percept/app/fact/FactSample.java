package dev.percept.app.fact;

import dev.percept.core.Tensor;
import java.util.List;
import java.util.Map;

/**
 * What one pass over all pictures gives.
 *
 * @param cuts what the autoencoders make of the activations, the last cut first
 * @param contributions n x r, to the logit that the network says
 * @param logits n x outputs, with the concepts of the last cut in place
 * @param predicted the largest logit of each picture
 * @param plain the same of the network without concepts
 * @param random the same with a random dictionary
 * @param byClass contributions to the logit of each explained class, by its index
 * @param gap the largest of all sums
 * @param shuffledGap mean gap of contributions of another picture
 * @param sums how many sums
 */
record FactSample(
    List<CutTally.Result> cuts,
    Tensor contributions,
    Tensor logits,
    List<Integer> predicted,
    List<Integer> plain,
    List<Integer> random,
    Map<Integer, Tensor> byClass,
    double gap,
    double shuffledGap,
    int sums) {
  FactSample {
    cuts = List.copyOf(cuts);
    predicted = List.copyOf(predicted);
    plain = List.copyOf(plain);
    random = List.copyOf(random);
    byClass = Map.copyOf(byClass);
  }

  /** n x r, codes of the last cut, summed over places. */
  Tensor presence() {
    return cuts.get(0).presence();
  }

  /** How many pictures. */
  int size() {
    return predicted.size();
  }

  /** r, the number of concepts. */
  int concepts() {
    return presence().shape().dim(1);
  }

  /** In how many pictures a concept of a cut is active. */
  int activeIn(int cut, int concept) {
    Tensor presence = cuts.get(cut).presence();
    int count = 0;
    for (int i = 0; i < size(); i++) {
      count += presence.get(i, concept) != 0 ? 1 : 0;
    }
    return count;
  }
}
