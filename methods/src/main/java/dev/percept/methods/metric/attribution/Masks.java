package dev.percept.methods.metric.attribution;

import dev.percept.core.Tensor;
import java.util.ArrayList;
import java.util.List;

/** Asks maps and masks picture by picture. */
final class Masks {
  private Masks() {}

  /** What is asked of one picture. */
  interface Question {
    double of(float[] map, boolean[] inside, int width);
  }

  static List<Double> each(Tensor maps, Tensor masks, Question question) {
    Places.check(maps);
    if (!masks.shape().equals(maps.shape())) {
      throw new IllegalArgumentException(
          "masks: expected " + maps.shape() + ", found " + masks.shape());
    }
    List<Double> values = new ArrayList<>();
    int width = maps.shape().dim(2);
    for (int i = 0; i < maps.rows(); i++) {
      float[] mask = masks.row(i).toArray();
      boolean[] inside = new boolean[mask.length];
      boolean any = false;
      for (int at = 0; at < mask.length; at++) {
        if (Float.isNaN(mask[at])) {
          throw new IllegalArgumentException("masks: every value must be a number, found NaN");
        }
        inside[at] = mask[at] > 0;
        any |= inside[at];
      }
      if (!any) {
        throw new IllegalArgumentException("masks: at least one place inside, found none in " + i);
      }
      values.add(question.of(maps.row(i).toArray(), inside, width));
    }
    return values;
  }
}
