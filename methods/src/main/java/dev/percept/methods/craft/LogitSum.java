package dev.percept.methods.craft;

import java.util.List;

/**
 * One logit of one picture as a sum, exact where the head is affine: {@code logit = start + Σ
 * concepts + other}.
 *
 * @param output which logit
 * @param start the logit with no concept at all, h(decode(0))
 * @param concepts what each concept adds
 * @param other what no concept rebuilds: the logit minus that of the reconstruction
 * @param logit the model's own
 */
public record LogitSum(
    int output, double start, List<Double> concepts, double other, double logit) {
  public LogitSum {
    concepts = List.copyOf(concepts);
  }
}
