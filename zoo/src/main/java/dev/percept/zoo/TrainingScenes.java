package dev.percept.zoo;

import dev.percept.core.Run;
import dev.percept.engine.torch.ResidualTrainer;
import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * What the network is trained on: every scene is new. Some lack parts, so that it learns to do with
 * what is left; some are seen from close by, so that parts are known at any size, as they must be
 * when crops are shown to it.
 */
final class TrainingScenes implements ResidualTrainer.Batches {
  private static final double MISSING = 0.08;
  private static final double CLOSE = 0.5;
  private static final double CLOSEST = 0.3;

  /** Rows and columns of the last map. */
  private static final int CELLS = 12;

  /**
   * One question a part: how much of this cell shows it? The scenery, the first of the parts, is
   * not asked about: nothing has to be known about it.
   */
  static final int ASKED = Part.values().length - 1;

  private final int batch;
  private final Run run;

  TrainingScenes(int batch, Run run) {
    this.batch = batch;
    this.run = run;
  }

  @Override
  public void fill(int step, FloatBuffer pixels, long[] labels, float[] attributes) {
    int size = SceneExamples.SHAPE.size();
    Arrays.fill(attributes, 0);
    run.parallel(
        batch,
        i -> {
          int index = Math.addExact(Math.multiplyExact(step, batch), i);
          Scene scene = Creatures.scene(Split.TRAIN, index);
          labels[i] = scene.species().index();
          pixels
              .duplicate()
              .position(i * size)
              .put(view(scene, index, attributes, i * CELLS * CELLS * ASKED));
        });
  }

  private float[] view(Scene scene, int index, float[] attributes, int at) {
    Dice dice = new Dice(run.seed() * 0x9e3779b97f4a7c15L ^ index * 0xa0761d6478bd642fL);
    Scene shown = scene;
    for (Part part : scene.parts()) {
      if (dice.chance(MISSING)) {
        shown = shown.without(part);
      }
    }
    float[] planes = SceneExamples.planes(shown.draw());
    double side = dice.chance(CLOSE) ? Creatures.SIDE * dice.in(CLOSEST, 1) : Creatures.SIDE;
    double x = dice.in(0, Creatures.SIDE - side);
    double y = dice.in(0, Creatures.SIDE - side);
    ask(shown, x, y, side, attributes, at);
    return side == Creatures.SIDE ? planes : zoom(planes, x, y, side);
  }

  /** Which share of each cell of the last map shows which part. */
  private static void ask(
      Scene scene, double left, double top, double side, float[] attributes, int at) {
    Part[] parts = scene.seen();
    int n = Creatures.SIDE;
    int cell = n / CELLS;
    double step = side / n;
    for (int y = 0; y < n; y++) {
      for (int x = 0; x < n; x++) {
        int row = (int) (top + (y + 0.5) * step);
        int column = (int) (left + (x + 0.5) * step);
        int location = y / cell * CELLS + x / cell;
        int asked = parts[row * n + column].index() - 1;
        if (asked >= 0) {
          attributes[at + location * ASKED + asked] += 1f / (cell * cell);
        }
      }
    }
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
