package dev.percept.methods.craft;

import dev.percept.core.Dictionary;
import dev.percept.core.MaskedScore;
import dev.percept.core.Shape;
import dev.percept.core.SplitModel;
import dev.percept.core.Tensor;
import dev.percept.methods.metric.MaskedLogits;

/**
 * Logits of one picture under concept masks: {@code h((U∘m) W)}, one mask value a concept, shared
 * by all locations, in bounded batches.
 */
public final class CodeScore implements MaskedScore, MaskedLogits {
  /** Masks that are multiplied at once; the engine bounds what it decodes of them. */
  private static final int BATCH = 256;

  private final SplitModel model;
  private final Dictionary dictionary;
  private final Tensor codes;
  private final int target;

  /**
   * The scores of one picture.
   *
   * @param codes L x r of one picture
   * @param target the logit that {@link #score} gives
   * @throws IllegalArgumentException if codes, dictionary and model do not fit together, or the
   *     model has no such logit
   */
  public CodeScore(SplitModel model, Dictionary dictionary, Tensor codes, int target) {
    Shape shape = codes.shape();
    if (shape.rank() != 2
        || shape.dim(0) != model.grid().size()
        || shape.dim(1) != dictionary.concepts()
        || dictionary.features() != model.features()) {
      throw new IllegalArgumentException(
          "codes: expected "
              + model.grid().size()
              + " x "
              + dictionary.concepts()
              + " and concepts of "
              + model.features()
              + " features, found "
              + shape
              + " and "
              + dictionary.features());
    }
    if (target < 0 || target >= model.outputs()) {
      throw new IllegalArgumentException(
          "target: 0 to " + (model.outputs() - 1) + ", found " + target);
    }
    this.model = model;
    this.dictionary = dictionary;
    this.codes = codes;
    this.target = target;
  }

  @Override
  public int concepts() {
    return dictionary.concepts();
  }

  @Override
  public float[] score(Tensor masks) {
    Tensor logits = logits(masks);
    float[] scores = new float[masks.rows()];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = logits.get(i, target);
    }
    return scores;
  }

  @Override
  public Tensor logits(Tensor masks) {
    int r = concepts();
    int n = masks.rows();
    int locations = codes.shape().dim(0);
    int outputs = model.outputs();
    float[] u = codes.toArray();
    float[] all = new float[n * outputs];
    for (int from = 0; from < n; from += BATCH) {
      int rows = Math.min(BATCH, n - from);
      float[] masked = new float[rows * u.length];
      for (int i = 0; i < rows; i++) {
        for (int j = 0; j < u.length; j++) {
          masked[i * u.length + j] = u[j] * masks.get(from + i, j % r);
        }
      }
      model
          .headOfCodes(Tensor.wrap(Shape.of(rows, locations, r), masked), dictionary)
          .copyTo(0, all, from * outputs, rows * outputs);
    }
    return Tensor.wrap(Shape.of(n, outputs), all);
  }
}
