package dev.percept.methods.metric.attribution;

import dev.percept.core.Run;
import dev.percept.core.Score;
import dev.percept.core.Tensor;

/**
 * Scores of many inputs that are made one batch at a time, so that memory does not grow: a batch a
 * thread.
 */
final class Batches {
  private Batches() {}

  /** Makes one input; asked from several threads. */
  interface Maker {
    /** Writes input {@code index} to {@code target[offset ...]}, every value of it. */
    void make(int index, float[] target, int offset);
  }

  static float[] score(Score score, int count, int batch, Maker maker, Run run) {
    int each = score.inputShape().size();
    float[] scores = new float[count];
    run.parallel(
        (count + batch - 1) / batch,
        b -> {
          int from = b * batch;
          int size = Math.min(batch, count - from);
          float[] inputs = new float[Math.multiplyExact(size, each)];
          for (int i = 0; i < size; i++) {
            maker.make(from + i, inputs, i * each);
          }
          float[] part = score.score(Tensor.wrap(score.inputShape().batch(size), inputs));
          System.arraycopy(part, 0, scores, from, size);
        });
    return scores;
  }

  static int check(String name, int batch) {
    if (batch < 1) {
      throw new IllegalArgumentException(name + " batch: at least 1, found " + batch);
    }
    return batch;
  }
}
