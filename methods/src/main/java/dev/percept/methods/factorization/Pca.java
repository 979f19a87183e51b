package dev.percept.methods.factorization;

import dev.percept.core.ConceptExtractor;
import dev.percept.core.Dictionary;
import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import dev.percept.methods.linalg.RandomizedSvd;
import dev.percept.methods.linalg.Rows;

/**
 * Principal components: the r orthonormal directions that keep most variance around the mean, which
 * is the dictionary's offset. Nothing reconstructs better with r concepts, and few things are
 * harder to read: directions mix parts, and codes of both signs cancel. A yardstick for the others.
 *
 * @param concepts r
 */
public record Pca(int concepts) implements ConceptExtractor {
  /** Float32 accuracy where neighbouring variances differ by a few percent. */
  private static final int ITERATIONS = 30;

  public Pca {
    FitChecks.concepts("pca", concepts);
  }

  @Override
  public String name() {
    return "pca";
  }

  @Override
  public Pca withConcepts(int concepts) {
    return new Pca(concepts);
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if a value is not finite, all rows are equal, or there are
   *     fewer rows or features than concepts
   */
  @Override
  public LinearBank fit(Tensor activations, Run run) {
    Rows a = FitChecks.fit(activations, concepts, true, run);
    Tensor mean = Centred.mean(a, run);
    Rows centred = Centred.of(a, mean, run);
    int p = a.features();
    RandomizedSvd svd = RandomizedSvd.of(centred, concepts, ITERATIONS, run.random("pca"), run);
    if (svd.value(0) == 0) {
      throw new IllegalArgumentException(
          "activations: all rows are equal, so there is no variance to explain; use more pictures");
    }
    float[] atoms = new float[concepts * p];
    for (int k = 0; k < concepts; k++) {
      int largest = 0;
      for (int j = 1; j < p; j++) {
        largest = Math.abs(svd.right(j, k)) > Math.abs(svd.right(largest, k)) ? j : largest;
      }
      // A direction and its opposite are the same component: the largest entry is positive.
      float sign = svd.right(largest, k) < 0 ? -1 : 1;
      for (int j = 0; j < p; j++) {
        atoms[k * p + j] = sign * svd.right(j, k);
      }
    }
    return new LinearBank(new Dictionary(Tensor.wrap(Shape.of(concepts, p), atoms), mean));
  }
}
