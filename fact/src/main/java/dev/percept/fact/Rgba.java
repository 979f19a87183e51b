package dev.percept.fact;

import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import java.util.Arrays;

/**
 * Weights of six-channel inputs as a picture: the colour is the one that the weights ask for, the
 * opacity how much they ask for it. Colours are compared with their inverse, {@code rgb / (rgb +
 * inverse)} of the positive weights, pixel by pixel; the opacity is the length of the weights where
 * the pixel contributes and nothing where it speaks against, averaged over a window, over a
 * percentile of itself.
 *
 * <p>Böhle et al., B-cos Networks, CVPR 2022, appendix; window 15 there, 3 in FaCT.
 *
 * @param smoothing side of the window in pixels, odd; places beyond the edge count as 0
 * @param percentile that becomes full opacity, more than 0 to 100
 */
public record Rgba(int smoothing, double percentile) {
  /** As in FaCT. */
  public static final Rgba FACT = new Rgba(3, 99.5);

  /** As in B-cos networks. */
  public static final Rgba BCOS = new Rgba(15, 99.5);

  private static final double NOTHING = 1e-12;

  public Rgba {
    if (smoothing < 1 || smoothing % 2 == 0) {
      throw new IllegalArgumentException("smoothing: odd, at least 1, found " + smoothing);
    }
    if (!(percentile > 0 && percentile <= 100)) {
      throw new IllegalArgumentException("percentile: more than 0 to 100, found " + percentile);
    }
  }

  /**
   * The picture of one input.
   *
   * @param weights 6 x h x w
   * @param contributions h x w
   * @return h x w x 4, red, green, blue and opacity from 0 to 1
   * @throws IllegalArgumentException if there are not six channels or sizes differ
   */
  public Tensor of(Tensor weights, Tensor contributions) {
    Shape s = weights.shape();
    if (s.rank() != 3
        || s.dim(0) != 6
        || !contributions.shape().equals(Shape.of(s.dim(1), s.dim(2)))) {
      throw new IllegalArgumentException(
          "weights: expected 6 x h x w and contributions h x w, found "
              + s
              + " and "
              + contributions.shape());
    }
    int pixels = s.dim(1) * s.dim(2);
    float[] out = new float[pixels * 4];
    double[] length = new double[pixels];
    for (int at = 0; at < pixels; at++) {
      double squares = 0;
      double largest = 0;
      for (int c = 0; c < 6; c++) {
        double w = weights.get(c * pixels + at);
        squares += w * w;
        largest = Math.max(largest, Math.abs(w));
      }
      length[at] = contributions.get(at) < 0 ? 0 : Math.sqrt(squares);
      for (int c = 0; c < 3; c++) {
        double colour = share(weights.get(c * pixels + at), largest);
        double inverse = share(weights.get((c + 3) * pixels + at), largest);
        out[at * 4 + c] = (float) (colour / (colour + inverse + NOTHING));
      }
    }
    double[] smooth = smooth(length, s.dim(1), s.dim(2));
    double full = percentile(smooth);
    for (int at = 0; at < pixels; at++) {
      out[at * 4 + 3] = (float) (full > 0 ? Math.min(1, smooth[at] / full) : 0);
    }
    return Tensor.wrap(Shape.of(s.dim(1), s.dim(2), 4), out);
  }

  private static double share(double weight, double largest) {
    return largest > 0 ? Math.max(0, weight / largest) : 0;
  }

  private double[] smooth(double[] values, int height, int width) {
    int reach = smoothing / 2;
    double[] out = new double[values.length];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        double sum = 0;
        for (int v = Math.max(0, y - reach); v <= Math.min(height - 1, y + reach); v++) {
          for (int u = Math.max(0, x - reach); u <= Math.min(width - 1, x + reach); u++) {
            sum += values[v * width + u];
          }
        }
        out[y * width + x] = sum / (smoothing * smoothing);
      }
    }
    return out;
  }

  private double percentile(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double at = percentile / 100 * (sorted.length - 1);
    int low = (int) at;
    int high = Math.min(low + 1, sorted.length - 1);
    return sorted[low] + (at - low) * (sorted[high] - sorted[low]);
  }
}
