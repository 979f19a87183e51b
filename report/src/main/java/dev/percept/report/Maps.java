package dev.percept.report;

import dev.percept.core.Tensor;
import java.util.Base64;

/**
 * Concept maps in one byte a location, in base 64. In a picture's map 255 is the concept's largest
 * code in any picture of the class; in the mean map it is the largest mean.
 */
final class Maps {
  private final Tensor codes;
  private final int locations;
  private final int concepts;
  private final float[] largest;

  /**
   * @param codes n x rows x columns x r; not modified
   */
  Maps(Tensor codes) {
    this.codes = codes;
    this.concepts = codes.shape().dim(3);
    this.locations = codes.shape().dim(1) * codes.shape().dim(2);
    this.largest = new float[concepts];
    for (int i = 0; i < codes.shape().size(); i++) {
      int k = i % concepts;
      largest[k] = Math.max(largest[k], codes.get(i));
    }
  }

  /** The map of concept {@code k} in picture {@code row}. */
  String picture(int row, int k) {
    double[] map = new double[locations];
    for (int i = 0; i < locations; i++) {
      map[i] = at(row, i, k);
    }
    return base64(map, largest[k]);
  }

  /** The largest code of concept {@code k} in picture {@code row}, as a share of its largest. */
  double strongest(int row, int k) {
    double max = 0;
    for (int i = 0; i < locations; i++) {
      max = Math.max(max, at(row, i, k));
    }
    return largest[k] > 0 ? max / largest[k] : 0;
  }

  /** The mean map of concept {@code k} over all pictures. */
  String mean(int k) {
    double[] map = new double[locations];
    double max = 0;
    for (int i = 0; i < locations; i++) {
      for (int row = 0; row < codes.rows(); row++) {
        map[i] += Math.max(0, at(row, i, k));
      }
      max = Math.max(max, map[i]);
    }
    return base64(map, max);
  }

  private float at(int row, int location, int k) {
    return codes.get((row * locations + location) * concepts + k);
  }

  private static String base64(double[] map, double max) {
    byte[] bytes = new byte[map.length];
    for (int i = 0; i < map.length; i++) {
      // A concept that is nowhere has no largest: its map is empty, not 0 / 0.
      double share = max > 0 ? Math.max(0, map[i]) / max : 0;
      bytes[i] = (byte) Math.round(255 * share);
    }
    return Base64.getEncoder().encodeToString(bytes);
  }
}
