package dev.percept.fact.sae;

import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import java.util.random.RandomGenerator;

/** Rows that are sparse sums of directions, which a test knows: a picture has some rows. */
final class PlantedRows implements ActivationShards.Source {
  private final int pictures;
  private final int positions;
  private final int features;
  private final int batch;
  private final Tensor directions;
  private final int active;

  /** What {@link #rows} was asked for last; −1 before. */
  int asked = -1;

  /** Throws when it is asked for pictures from here on. */
  int breaksAt = Integer.MAX_VALUE;

  PlantedRows(int pictures, int positions, int features, int batch, int directions, int active) {
    this.pictures = pictures;
    this.positions = positions;
    this.features = features;
    this.batch = batch;
    this.active = active;
    this.directions = directions(directions, features);
  }

  private static Tensor directions(int count, int p) {
    RandomGenerator random = Run.of(2).random("directions");
    float[] values = new float[count * p];
    for (int k = 0; k < count; k++) {
      double squares = 0;
      for (int j = k * p; j < (k + 1) * p; j++) {
        values[j] = (float) random.nextGaussian();
        squares += values[j] * values[j];
      }
      for (int j = k * p; j < (k + 1) * p; j++) {
        values[j] /= (float) Math.sqrt(squares);
      }
    }
    return Tensor.wrap(Shape.of(count, p), values);
  }

  Tensor directions() {
    return directions;
  }

  @Override
  public ShardIndex.Source source() {
    return new ShardIndex.Source("planted", "00", "layer", "print", "uniform", 2);
  }

  @Override
  public int pictures() {
    return pictures;
  }

  @Override
  public int positions() {
    return positions;
  }

  @Override
  public int features() {
    return features;
  }

  @Override
  public int batch() {
    return batch;
  }

  @Override
  public Tensor rows(int from, int to) {
    asked = from;
    if (from >= breaksAt) {
      throw new IllegalStateException("broken");
    }
    float[] rows = new float[(to - from) * positions * features];
    for (int i = from; i < to; i++) {
      RandomGenerator random = Run.of(2).random("rows." + i);
      for (int l = 0; l < positions; l++) {
        int at = ((i - from) * positions + l) * features;
        for (int a = 0; a < active; a++) {
          int k = random.nextInt(directions.rows());
          double code = 1 + random.nextDouble();
          for (int j = 0; j < features; j++) {
            rows[at + j] += (float) (code * directions.get(k, j));
          }
        }
        for (int j = 0; j < features; j++) {
          rows[at + j] += (float) (0.02 * random.nextGaussian());
        }
      }
    }
    return Tensor.wrap(Shape.of((to - from) * positions, features), rows);
  }
}
