package dev.percept.core;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How much each part of n inputs matters to a score.
 *
 * @param method the name of the method
 * @param settings what it was run with, in words: {@code 50 steps, Gauss-Legendre}; empty where
 *     there is nothing to set
 * @param baseline what stands for an absent part, in words; null where the method has none
 * @param values n x c x h x w; c is 1 where channels are not told apart, h x w is coarser than the
 *     input where the method sees no finer
 * @param signed whether a negative value says that a part lowers the score; otherwise values only
 *     say how much it matters
 * @param forwards passes forward for one input
 * @param backwards passes backward for one input
 * @param gaps for methods whose values should add up to a known number, how far each input's sum is
 *     from it; null for all others
 */
public record Attribution(
    String method,
    String settings,
    @Nullable String baseline,
    Tensor values,
    boolean signed,
    long forwards,
    long backwards,
    @Nullable List<Gap> gaps) {

  /**
   * Completeness of one input's attribution.
   *
   * @param sum what the values add up to
   * @param expected what they should add up to: score of the input less score of the baseline
   */
  public record Gap(double sum, double expected) {
    /** How far the sum is off, as a share of what was expected; absolute where that is 0. */
    public double relative() {
      double off = Math.abs(sum - expected);
      return expected == 0 ? off : off / Math.abs(expected);
    }
  }

  public Attribution {
    if (values.shape().rank() != 4) {
      throw new IllegalArgumentException(
          "attribution: expected n x c x h x w, found " + values.shape());
    }
    gaps = gaps == null ? null : List.copyOf(gaps);
    if (gaps != null && gaps.size() != values.rows()) {
      throw new IllegalArgumentException(
          "attribution: expected " + values.rows() + " gaps, found " + gaps.size());
    }
  }

  /** The number of inputs. */
  public int size() {
    return values.rows();
  }

  /** Values averaged over channels, place by place: n x h x w. */
  public Tensor places() {
    Shape s = values.shape();
    int channels = s.dim(1);
    int size = s.dim(2) * s.dim(3);
    float[] mean = new float[s.dim(0) * size];
    for (int i = 0; i < s.dim(0); i++) {
      for (int at = 0; at < size; at++) {
        double sum = 0;
        for (int c = 0; c < channels; c++) {
          sum += values.get((i * channels + c) * size + at);
        }
        mean[i * size + at] = (float) (sum / channels);
      }
    }
    return Tensor.wrap(Shape.of(s.dim(0), s.dim(2), s.dim(3)), mean);
  }
}
