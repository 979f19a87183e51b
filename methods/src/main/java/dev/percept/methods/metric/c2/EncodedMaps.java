package dev.percept.methods.metric.c2;

import dev.percept.core.Activations;
import dev.percept.core.ConceptBank;
import dev.percept.core.Examples;
import dev.percept.core.Progress;
import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.SplitModel;
import dev.percept.core.Tensor;

/**
 * The concepts of a bank on pictures, by their codes at the resolution of the cut. As {@link
 * CodeMaps}, but codes are made when they are needed, so that memory does not grow with concepts
 * times pictures times places.
 */
public final class EncodedMaps implements ConceptMaps {
  private static final int BATCH = 16;

  private final SplitModel model;
  private final ConceptBank bank;
  private final Examples pictures;
  private final Tensor presence;
  private final Run run;

  private EncodedMaps(
      SplitModel model, ConceptBank bank, Examples pictures, Tensor presence, Run run) {
    this.model = model;
    this.bank = bank;
    this.pictures = pictures;
    this.presence = presence;
    this.run = run.withThreads(1);
  }

  /**
   * Maps of the codes of a bank.
   *
   * @param model cut where the concepts are; stays the caller's to close
   * @param pictures its inputs
   */
  public static EncodedMaps of(SplitModel model, ConceptBank bank, Examples pictures, Run run) {
    int n = pictures.size();
    int r = bank.concepts();
    float[] presence = new float[Math.multiplyExact(n, r)];
    try (Progress.Stage stage = run.stage("presence", n)) {
      for (int from = 0; from < n; from += BATCH) {
        run.throwIfCancelled();
        int to = Math.min(n, from + BATCH);
        Tensor codes = codes(model, bank, pictures.batch(from, to), run);
        new CodeMaps(codes, model.grid()).presence().copyTo(0, presence, from * r, (to - from) * r);
        stage.advance(to - from);
      }
    }
    return new EncodedMaps(model, bank, pictures, Tensor.wrap(Shape.of(n, r), presence), run);
  }

  /** n x L x r. */
  private static Tensor codes(SplitModel model, ConceptBank bank, Tensor inputs, Run run) {
    Activations a = model.activations(inputs);
    return bank.encode(a.matrix(), run).reshape(a.size(), a.grid().size(), bank.concepts());
  }

  @Override
  public Tensor presence() {
    return presence;
  }

  @Override
  public Tensor maps(int picture, int[] concepts) {
    Tensor codes = codes(model, bank, pictures.batch(picture, picture + 1), run);
    return new CodeMaps(codes, model.grid()).maps(0, concepts);
  }
}
