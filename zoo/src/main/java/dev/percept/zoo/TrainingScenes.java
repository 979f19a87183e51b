package dev.percept.zoo;

import dev.percept.core.Run;
import dev.percept.engine.torch.ResidualTrainer;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * What the network is trained on: every scene is new. Some lack a part, so that it learns to do
 * with what is left; some are seen from close by, so that parts are known at any size, as they must
 * be when crops are shown to it.
 */
final class TrainingScenes implements ResidualTrainer.Batches {
  private static final double MISSING = 0.35;
  private static final double CLOSE = 0.5;
  private static final double CLOSEST = 0.3;

  private final int batch;
  private final Run run;

  TrainingScenes(int batch, Run run) {
    this.batch = batch;
    this.run = run;
  }

  @Override
  public void fill(int step, FloatBuffer pixels, long[] labels) {
    int size = SceneExamples.SHAPE.size();
    run.parallel(
        batch,
        i -> {
          int index = Math.addExact(Math.multiplyExact(step, batch), i);
          Scene scene = Creatures.scene(Split.TRAIN, index);
          labels[i] = scene.species().index();
          pixels.duplicate().position(i * size).put(view(scene, index));
        });
  }

  private float[] view(Scene scene, int index) {
    Dice dice = new Dice(run.seed() * 0x9e3779b97f4a7c15L ^ index * 0xa0761d6478bd642fL);
    Scene shown = scene;
    if (dice.chance(MISSING)) {
      List<Part> parts = List.copyOf(scene.parts());
      shown = scene.without(parts.get(dice.integer(parts.size())));
    }
    float[] planes = SceneExamples.planes(shown.draw());
    if (!dice.chance(CLOSE)) {
      return planes;
    }
    double side = Creatures.SIDE * dice.in(CLOSEST, 1);
    double x = dice.in(0, Creatures.SIDE - side);
    double y = dice.in(0, Creatures.SIDE - side);
    return zoom(planes, x, y, side);
  }

  /** A square of the picture at full size: bilinear, half-pixel centres. */
  static float[] zoom(float[] planes, double left, double top, double side) {
    int n = Creatures.SIDE;
    float[] out = new float[planes.length];
    double step = side / n;
    for (int y = 0; y < n; y++) {
      double sy = Math.max(0, Math.min(n - 1, top + (y + 0.5) * step - 0.5));
      int y0 = Math.min(n - 2, (int) sy);
      double fy = sy - y0;
      for (int x = 0; x < n; x++) {
        double sx = Math.max(0, Math.min(n - 1, left + (x + 0.5) * step - 0.5));
        int x0 = Math.min(n - 2, (int) sx);
        double fx = sx - x0;
        for (int c = 0; c < 3; c++) {
          int at = (c * n + y0) * n + x0;
          double upper = planes[at] + fx * (planes[at + 1] - planes[at]);
          double lower = planes[at + n] + fx * (planes[at + n + 1] - planes[at + n]);
          out[(c * n + y) * n + x] = (float) (upper + fy * (lower - upper));
        }
      }
    }
    return out;
  }
}
