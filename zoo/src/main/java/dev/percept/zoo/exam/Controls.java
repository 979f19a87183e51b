package dev.percept.zoo.exam;

import dev.percept.core.Examples;
import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.SplitModel;
import dev.percept.core.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * What to compare with: directions of the activation space that nobody had to search for. A
 * direction's code is the activation's component along it; its importance is the squared mean
 * change of the class logit when that component is taken out everywhere, which for an affine head
 * is what the total Sobol index is proportional to.
 */
final class Controls {
  private static final int BATCH = 16;

  private Controls() {}

  /** {@code count} random directions, non-negative where the activations are. */
  static Explained random(SplitModel model, Examples pictures, int target, int count, Run run) {
    RandomGenerator random = run.random("exam.random");
    boolean signed = signed(model, pictures);
    List<float[]> directions = new ArrayList<>();
    for (int k = 0; k < count; k++) {
      float[] direction = new float[model.features()];
      double norm = 0;
      for (int j = 0; j < direction.length; j++) {
        double drawn = random.nextGaussian();
        direction[j] = (float) (signed ? drawn : Math.abs(drawn));
        norm += (double) direction[j] * direction[j];
      }
      for (int j = 0; j < direction.length; j++) {
        direction[j] /= (float) Math.sqrt(norm);
      }
      directions.add(direction);
    }
    return explain(model, pictures, target, directions, run);
  }

  private static boolean signed(SplitModel model, Examples pictures) {
    float[] some =
        model.activations(pictures.batch(0, Math.min(BATCH, pictures.size()))).values().toArray();
    for (float value : some) {
      if (value < 0) {
        return true;
      }
    }
    return false;
  }

  /** Every channel by itself. */
  static Explained channels(SplitModel model, Examples pictures, int target, Run run) {
    List<float[]> directions = new ArrayList<>();
    for (int j = 0; j < model.features(); j++) {
      float[] direction = new float[model.features()];
      direction[j] = 1;
      directions.add(direction);
    }
    return explain(model, pictures, target, directions, run);
  }

  private static Explained explain(
      SplitModel model, Examples pictures, int target, List<float[]> directions, Run run) {
    int r = directions.size();
    int locations = model.grid().size();
    float[] codes = new float[pictures.size() * locations * r];
    int batches = (pictures.size() + BATCH - 1) / BATCH;
    double[][] change = new double[batches][r];
    run.parallel(
        batches,
        b -> {
          int from = b * BATCH;
          int to = Math.min(pictures.size(), from + BATCH);
          Tensor a = model.activations(pictures.batch(from, to)).values();
          float[] values = a.toArray();
          Tensor whole = model.head(a);
          for (int k = 0; k < r; k++) {
            float[] part = project(values, directions.get(k));
            for (int row = 0; row < part.length; row++) {
              codes[(from * locations + row) * r + k] = part[row];
            }
            Tensor left = model.head(without(values, part, directions.get(k), a.shape()));
            for (int i = 0; i < to - from; i++) {
              change[b][k] += whole.get(i, target) - left.get(i, target);
            }
          }
        });
    double[] importance = new double[r];
    for (int k = 0; k < r; k++) {
      double sum = 0;
      for (double[] batch : change) {
        sum += batch[k];
      }
      importance[k] = Math.pow(sum / pictures.size(), 2);
    }
    return new Explained(
        Tensor.wrap(Shape.of(pictures.size(), locations, r), codes),
        model.grid(),
        Arrays.stream(importance).boxed().toList());
  }

  private static float[] project(float[] activations, float[] direction) {
    int p = direction.length;
    float[] out = new float[activations.length / p];
    for (int row = 0; row < out.length; row++) {
      double sum = 0;
      for (int j = 0; j < p; j++) {
        sum += (double) activations[row * p + j] * direction[j];
      }
      out[row] = (float) sum;
    }
    return out;
  }

  private static Tensor without(float[] activations, float[] part, float[] direction, Shape shape) {
    int p = direction.length;
    float[] rest = new float[activations.length];
    for (int i = 0; i < rest.length; i++) {
      rest[i] = activations[i] - part[i / p] * direction[i % p];
    }
    return Tensor.wrap(shape, rest);
  }
}
