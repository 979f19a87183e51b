package dev.percept.fact;

import dev.percept.core.Activations;
import dev.percept.core.DifferentiableConceptBank;
import dev.percept.core.DynamicLinearModel;
import dev.percept.core.Examples;
import dev.percept.core.Progress;
import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import dev.percept.methods.metric.c2.ConceptMaps;

/**
 * What concepts see of the input, to be marked for consistency: contributions of pixels to how much
 * of a concept there is. One pass back a concept and picture.
 */
public final class InputConceptMaps implements ConceptMaps {
  private static final int BATCH = 16;

  private final InputMaps maps;
  private final Examples pictures;
  private final Tensor presence;
  private final Run run;

  private InputConceptMaps(InputMaps maps, Examples pictures, Tensor presence, Run run) {
    this.maps = maps;
    this.pictures = pictures;
    this.presence = presence;
    this.run = run.withThreads(1);
  }

  /**
   * Maps of the concepts of a bank on pictures; how much of each there is is asked now, maps when
   * they are needed.
   *
   * @param model cut where the concepts are; stays the caller's to close
   * @param pictures its inputs
   */
  public static InputConceptMaps of(
      DynamicLinearModel model, DifferentiableConceptBank bank, Examples pictures, Run run) {
    return new InputConceptMaps(
        new InputMaps(model, bank), pictures, presence(model, bank, pictures, run), run);
  }

  private static Tensor presence(
      DynamicLinearModel model, DifferentiableConceptBank bank, Examples pictures, Run run) {
    int n = pictures.size();
    int r = bank.concepts();
    float[] presence = new float[Math.multiplyExact(n, r)];
    try (Progress.Stage stage = run.stage("presence", n)) {
      for (int from = 0; from < n; from += BATCH) {
        run.throwIfCancelled();
        int to = Math.min(n, from + BATCH);
        Activations a = model.activations(pictures.batch(from, to));
        Tensor codes = bank.encode(a.matrix(), run);
        int locations = a.grid().size();
        for (int i = 0; i < to - from; i++) {
          double[] sum = new double[r];
          for (int row = i * locations; row < (i + 1) * locations; row++) {
            for (int k = 0; k < r; k++) {
              sum[k] += codes.get(row, k);
            }
          }
          for (int k = 0; k < r; k++) {
            presence[(from + i) * r + k] = (float) sum[k];
          }
        }
        stage.advance(to - from);
      }
    }
    return Tensor.wrap(Shape.of(n, r), presence);
  }

  @Override
  public Tensor presence() {
    return presence;
  }

  @Override
  public Tensor maps(int picture, int[] concepts) {
    Tensor input = pictures.batch(picture, picture + 1);
    Shape shape = pictures.shape();
    int pixels = shape.dim(1) * shape.dim(2);
    float[] all = new float[concepts.length * pixels];
    for (int c = 0; c < concepts.length; c++) {
      run.throwIfCancelled();
      maps.of(concepts[c], input, run).contributions().copyTo(0, all, c * pixels, pixels);
    }
    return Tensor.wrap(Shape.of(concepts.length, shape.dim(1), shape.dim(2)), all);
  }
}
