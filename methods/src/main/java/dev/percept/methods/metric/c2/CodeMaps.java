package dev.percept.methods.metric.c2;

import dev.percept.core.Grid;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;

/**
 * Codes as maps, at the resolution of the cut. Where codes have signs (principal components,
 * channels of a network without a rectifier) only what is positive is there.
 */
public final class CodeMaps implements ConceptMaps {
  private final Tensor codes;
  private final Grid grid;
  private final Tensor presence;

  /**
   * Maps of codes.
   *
   * @param codes n x L x r
   * @param grid the L locations; only places are looked at
   * @throws IllegalArgumentException if there are not L locations
   */
  public CodeMaps(Tensor codes, Grid grid) {
    this.codes = grid.ofPlaces(codes);
    this.grid = grid.ofPlaces();
    int n = codes.rows();
    int r = codes.shape().dim(2);
    float[] sums = new float[n * r];
    for (int i = 0; i < n; i++) {
      double[] sum = new double[r];
      for (int l = 0; l < grid.places(); l++) {
        for (int k = 0; k < r; k++) {
          sum[k] += Math.max(0, code(i, l, k));
        }
      }
      for (int k = 0; k < r; k++) {
        sums[i * r + k] = (float) sum[k];
      }
    }
    this.presence = Tensor.wrap(Shape.of(n, r), sums);
  }

  private float code(int picture, int place, int concept) {
    return codes.get((picture * grid.size() + place) * codes.shape().dim(2) + concept);
  }

  @Override
  public Tensor presence() {
    return presence;
  }

  @Override
  public Tensor maps(int picture, int[] concepts) {
    int places = grid.size();
    float[] maps = new float[concepts.length * places];
    for (int c = 0; c < concepts.length; c++) {
      if (concepts[c] < 0 || concepts[c] >= codes.shape().dim(2)) {
        throw new IllegalArgumentException(
            "concept: 0 to " + (codes.shape().dim(2) - 1) + ", found " + concepts[c]);
      }
      for (int l = 0; l < places; l++) {
        maps[c * places + l] = code(picture, l, concepts[c]);
      }
    }
    return Tensor.wrap(Shape.of(concepts.length, grid.rows(), grid.columns()), maps);
  }
}
