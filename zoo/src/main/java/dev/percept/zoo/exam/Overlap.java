package dev.percept.zoo.exam;

import java.util.Arrays;

/**
 * How well one map agrees with each part, over all pixels of all pictures at once.
 *
 * @param auroc area under the ROC curve for each part: the chance that a pixel of the part has a
 *     higher value than a pixel elsewhere, ties counted half; 0.5 for a part without pixels
 * @param iou intersection over union for each part, above a threshold that was chosen on the other
 *     half of the pictures (even against odd numbers), averaged over both halves
 * @param correlation Pearson's correlation of the map with each part's mask; 0 where one does not
 *     vary
 */
@SuppressWarnings("ArrayRecordComponent") // one short array a concept, never leaves this package
record Overlap(double[] auroc, double[] iou, double[] correlation) {

  /**
   * Compares a map with labels.
   *
   * @param map one value a pixel, in the order of the labels
   * @param labels part of each pixel, -1 for none
   * @param parts number of parts
   * @param pixels number of pixels in a picture
   */
  static Overlap of(float[] map, byte[] labels, int parts, int pixels) {
    if (map.length != labels.length) {
      throw new IllegalArgumentException(
          "map: expected " + labels.length + " pixels, found " + map.length);
    }
    long[] order = order(map);
    double[] iou = new double[parts];
    for (int half = 0; half < 2; half++) {
      float[] thresholds = thresholds(order, map, labels, parts, pixels, half);
      for (int p = 0; p < parts; p++) {
        iou[p] += 0.5 * iou(map, labels, p, thresholds[p], pixels, 1 - half);
      }
    }
    return new Overlap(auroc(order, map, labels, parts), iou, correlation(map, labels, parts));
  }

  private static double[] correlation(float[] map, byte[] labels, int parts) {
    double[] sum = new double[parts];
    long[] count = new long[parts];
    double total = 0;
    double squares = 0;
    for (int i = 0; i < map.length; i++) {
      total += map[i];
      squares += (double) map[i] * map[i];
      if (labels[i] >= 0) {
        sum[labels[i]] += map[i];
        count[labels[i]]++;
      }
    }
    double n = map.length;
    double spread = squares / n - (total / n) * (total / n);
    double[] correlation = new double[parts];
    for (int p = 0; p < parts; p++) {
      double share = count[p] / n;
      double covariance = sum[p] / n - share * total / n;
      double both = spread * share * (1 - share);
      correlation[p] = both > 0 ? covariance / Math.sqrt(both) : 0;
    }
    return correlation;
  }

  /** Pixels by rising value: the value's order-keeping bits above the pixel's number. */
  private static long[] order(float[] map) {
    long[] keys = new long[map.length];
    for (int i = 0; i < map.length; i++) {
      int bits = Float.floatToIntBits(map[i] + 0f);
      // Negative floats order backwards as integers; flipping their magnitude mends that.
      int ordered = bits ^ ((bits >> 31) & 0x7fffffff);
      keys[i] = ((long) ordered << 32) | i;
    }
    Arrays.sort(keys);
    return keys;
  }

  private static double[] auroc(long[] order, float[] map, byte[] labels, int parts) {
    double[] rankSum = new double[parts];
    long[] count = new long[parts];
    int from = 0;
    while (from < order.length) {
      int to = from + 1;
      while (to < order.length && map[(int) order[to]] == map[(int) order[from]]) {
        to++;
      }
      double rank = 0.5 * (from + 1 + to);
      for (int i = from; i < to; i++) {
        int label = labels[(int) order[i]];
        if (label >= 0) {
          rankSum[label] += rank;
          count[label]++;
        }
      }
      from = to;
    }
    double[] auroc = new double[parts];
    for (int p = 0; p < parts; p++) {
      double inside = count[p];
      double outside = order.length - inside;
      auroc[p] =
          inside == 0 || outside == 0
              ? 0.5
              : (rankSum[p] - inside * (inside + 1) / 2) / (inside * outside);
    }
    return auroc;
  }

  /** The value at which each part's intersection over union is highest on one half. */
  private static float[] thresholds(
      long[] order, float[] map, byte[] labels, int parts, int pixels, int half) {
    long[] size = new long[parts];
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] >= 0 && i / pixels % 2 == half) {
        size[labels[i]]++;
      }
    }
    float[] thresholds = new float[parts];
    Arrays.fill(thresholds, Float.POSITIVE_INFINITY);
    double[] best = new double[parts];
    long[] hits = new long[parts];
    long above = 0;
    for (int i = order.length - 1; i >= 0; i--) {
      int pixel = (int) order[i];
      if (pixel / pixels % 2 != half) {
        continue;
      }
      above++;
      int label = labels[pixel];
      if (label < 0) {
        continue;
      }
      hits[label]++;
      // Only at one of the part's own pixels can its value rise to a new best. Ties above count
      // in an arbitrary order here; the value reported is measured afresh on the other half.
      double iou = (double) hits[label] / (size[label] + above - hits[label]);
      if (iou > best[label]) {
        best[label] = iou;
        thresholds[label] = map[pixel];
      }
    }
    return thresholds;
  }

  private static double iou(
      float[] map, byte[] labels, int part, float threshold, int pixels, int half) {
    long both = 0;
    long either = 0;
    for (int i = 0; i < map.length; i++) {
      if (i / pixels % 2 == half) {
        boolean shown = map[i] >= threshold;
        boolean there = labels[i] == part;
        both += shown && there ? 1 : 0;
        either += shown || there ? 1 : 0;
      }
    }
    return either == 0 ? 0 : (double) both / either;
  }
}
