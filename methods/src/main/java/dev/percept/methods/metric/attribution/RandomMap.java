package dev.percept.methods.metric.attribution;

import dev.percept.core.Attribution;
import dev.percept.core.Attributor;
import dev.percept.core.Run;
import dev.percept.core.Score;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import java.util.random.RandomGenerator;

/**
 * Maps that know nothing: uniform random numbers, what every metric is compared with. Each picture
 * and each score has its own, whichever pictures stand beside it, because the generator starts from
 * the run's seed, the picture's values and the score's name.
 *
 * <p>Single pixels break a picture into noise that networks react to strongly, squares do not, so a
 * smooth method needs a smooth rival.
 *
 * @param cells random values a side, up-sampled; 0 for one a pixel
 */
public record RandomMap(int cells) implements Attributor<Score> {
  public RandomMap {
    if (cells < 0) {
      throw new IllegalArgumentException("random map cells: 0 or more, found " + cells);
    }
  }

  @Override
  public String name() {
    return cells == 0 ? "random" : "random-" + cells;
  }

  @Override
  public Attribution attribute(Score score, Tensor inputs, Run run) {
    Shape input = score.inputShape();
    if (input.rank() != 3 || !inputs.shape().equals(input.batch(inputs.rows()))) {
      throw new IllegalArgumentException(
          "inputs: expected n x " + input + " of rank 4, found " + inputs.shape());
    }
    int h = cells == 0 ? input.dim(1) : Math.min(cells, input.dim(1));
    int w = cells == 0 ? input.dim(2) : Math.min(cells, input.dim(2));
    float[] values = new float[inputs.rows() * h * w];
    for (int i = 0; i < inputs.rows(); i++) {
      RandomGenerator random =
          run.random("random-map." + score.name() + "." + fingerprint(inputs.row(i)));
      for (int at = 0; at < h * w; at++) {
        values[i * h * w + at] = random.nextFloat();
      }
    }
    return new Attribution(
        name(),
        cells == 0 ? "one number a pixel" : h + " x " + w + " numbers",
        null,
        Tensor.wrap(Shape.of(inputs.rows(), 1, h, w), values),
        false,
        0,
        0,
        null);
  }

  private static long fingerprint(Tensor input) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < input.shape().size(); i++) {
      hash = (hash ^ Float.floatToIntBits(input.get(i))) * 0x100000001b3L;
    }
    return hash;
  }
}
