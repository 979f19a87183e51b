package dev.percept.fact.sae;

import dev.percept.core.Examples;
import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.SplitModel;
import dev.percept.core.Tensor;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Activations at some positions of each picture, drawn without replacement in proportion to their
 * weights. What is drawn depends on seed and picture alone.
 */
public final class SampledActivations implements ActivationShards.Source {
  private final SplitModel model;
  private final Examples pictures;
  private final PositionWeights weights;
  private final int positions;
  private final int batch;
  private final Run run;
  private final ShardIndex.Source source;

  /**
   * Draws from a model's activations.
   *
   * @param positions of each picture; all where there are no more
   * @param batch pictures at once
   * @param fingerprint of the pictures and of how they are read
   */
  public SampledActivations(
      SplitModel model,
      Examples pictures,
      PositionWeights weights,
      int positions,
      int batch,
      String fingerprint,
      Run run) {
    if (positions < 1 || batch < 1 || pictures.size() < 1) {
      throw new IllegalArgumentException(
          "positions, batch, pictures: at least 1, found "
              + positions
              + ", "
              + batch
              + ", "
              + pictures.size());
    }
    this.model = model;
    this.pictures = pictures;
    this.weights = weights;
    this.positions = Math.min(positions, model.grid().size());
    this.batch = batch;
    this.run = run;
    this.source =
        new ShardIndex.Source(
            model.info().file(),
            model.info().sha256(),
            model.info().layer(),
            fingerprint,
            weights.name(),
            run.seed());
  }

  @Override
  public ShardIndex.Source source() {
    return source;
  }

  @Override
  public int pictures() {
    return pictures.size();
  }

  @Override
  public int positions() {
    return positions;
  }

  @Override
  public int features() {
    return model.features();
  }

  @Override
  public int batch() {
    return batch;
  }

  @Override
  public Tensor rows(int from, int to) {
    PositionWeights.Weighted found = weights.of(pictures.batch(from, to));
    Tensor values = found.activations().values();
    int locations = found.activations().grid().size();
    int p = found.activations().features();
    float[] rows = new float[(to - from) * positions * p];
    for (int i = from; i < to; i++) {
      int[] drawn =
          draw(found.weights().row(i - from), positions, run.random("sae.positions." + i));
      for (int k = 0; k < positions; k++) {
        int row = (i - from) * positions + k;
        values.copyTo(((i - from) * locations + drawn[k]) * p, rows, row * p, p);
      }
    }
    return Tensor.wrap(Shape.of((to - from) * positions, p), rows);
  }

  /**
   * {@code count} of the positions, ascending; the next one always in proportion to the weights of
   * those that are left (Efraimidis and Spirakis, 2006). Those of weight 0 come last.
   */
  static int[] draw(Tensor weights, int count, RandomGenerator random) {
    int locations = weights.rows();
    record Key(double key, double tie, int at) {}
    Key[] keys = new Key[locations];
    for (int l = 0; l < locations; l++) {
      // In (0, 1], so that its logarithm is finite.
      double u = 1 - random.nextDouble();
      double w = weights.get(l);
      keys[l] = new Key(w > 0 ? Math.log(u) / w : Double.NEGATIVE_INFINITY, u, l);
    }
    Arrays.sort(
        keys,
        (a, b) ->
            a.key != b.key
                ? Double.compare(b.key, a.key)
                : a.tie != b.tie ? Double.compare(b.tie, a.tie) : Integer.compare(a.at, b.at));
    int[] drawn = new int[count];
    for (int i = 0; i < count; i++) {
      drawn[i] = keys[i].at;
    }
    Arrays.sort(drawn);
    return drawn;
  }
}
