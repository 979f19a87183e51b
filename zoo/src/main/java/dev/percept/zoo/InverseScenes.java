package dev.percept.zoo;

import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import dev.percept.fact.bcos.BcosSpec;
import dev.percept.fact.bcos.BcosTrainer;
import java.nio.FloatBuffer;

/** {@link TrainingScenes} for a B-cos network: each colour, then 1 minus it. */
final class InverseScenes implements BcosTrainer.Batches {
  private final TrainingScenes scenes;
  private final double smoothing;
  private final FloatBuffer colours;
  private final long[] labels;

  /**
   * Scenes in batches.
   *
   * @param smoothing share of the label that is spread over all classes, in [0, 1)
   */
  InverseScenes(int batch, double smoothing, Run run) {
    this.scenes = new TrainingScenes(batch, run);
    this.smoothing = smoothing;
    this.colours = Tensor.allocateDirect(SceneExamples.SHAPE.batch(batch).size());
    this.labels = new long[batch];
  }

  @Override
  public String description() {
    return "new scenes of creatures, half of them seen from close by, labels smoothed by "
        + smoothing;
  }

  @Override
  public void fill(int step, FloatBuffer inputs, float[] targets, float[] answers) {
    scenes.fill(step, colours.clear(), labels, answers);
    inputs.put(
        withInverse(Tensor.wrap(SceneExamples.SHAPE.batch(labels.length), colours)).buffer());
    int classes = targets.length / labels.length;
    for (int i = 0; i < targets.length; i++) {
      double hard = labels[i / classes] == i % classes ? 1 : 0;
      targets[i] = (float) (hard * (1 - smoothing) + smoothing / classes);
    }
  }

  /** n x 3 x height x width to n x 6 x height x width. */
  static Tensor withInverse(Tensor colours) {
    Shape shape = colours.shape();
    int n = shape.dim(0);
    int each = shape.example().size();
    FloatBuffer six = Tensor.allocateDirect(2 * n * each);
    float[] values = new float[each];
    for (int i = 0; i < n; i++) {
      colours.copyTo(i * each, values, 0, each);
      six.put(values);
      for (int k = 0; k < each; k++) {
        values[k] = 1 - values[k];
      }
      six.put(values);
    }
    return Tensor.wrap(Shape.of(n, BcosSpec.CHANNELS, shape.dim(2), shape.dim(3)), six.flip());
  }
}
