package dev.percept.app.fact;

import dev.percept.core.Dictionary;
import dev.percept.core.Progress;
import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import dev.percept.fact.sae.SparseAutoencoder;
import dev.percept.methods.metric.RandomBank;
import dev.percept.methods.metric.Reconstruction;
import dev.percept.methods.metric.ReconstructionTally;

/** Collects what an autoencoder makes of the activations at its cut, batch by batch. */
final class CutTally {
  private final SparseAutoencoder sae;
  private final SparseAutoencoder random;
  private final float[] presence;
  private final int pictures;
  private final ReconstructionTally kept;
  private final ReconstructionTally randomKept;
  private final Run run;
  private int at;
  private long active;
  private long rows;

  /**
   * An empty tally.
   *
   * @param pictures that will be added
   */
  CutTally(SparseAutoencoder sae, int pictures, Run run) {
    this.sae = sae;
    this.run = run;
    this.random = byChance(sae, run);
    this.presence = new float[Math.multiplyExact(pictures, sae.concepts())];
    this.pictures = pictures;
    this.kept = new ReconstructionTally(sae.dictionary());
    this.randomKept = new ReconstructionTally(random.dictionary());
  }

  /**
   * What was collected.
   *
   * @param presence n x r, codes summed over places
   * @param kept what the concepts keep of the activations
   * @param randomKept what a random dictionary keeps
   * @param active mean number of concepts that are active at a place
   */
  record Result(Tensor presence, Reconstruction kept, Reconstruction randomKept, double active) {}

  /** All pictures at a cut of the stack. */
  static Result measure(FactSubject subject, int cut, int batch, Run run) {
    int n = subject.inputs().size();
    CutTally tally = new CutTally(subject.banks().get(cut).sae(), n, run);
    try (Progress.Stage stage = run.stage("concepts of an earlier layer", n)) {
      for (int from = 0; from < n; from += batch) {
        run.throwIfCancelled();
        int to = Math.min(n, from + batch);
        tally.add(subject.stack().at(cut).activations(subject.inputs().batch(from, to)).values());
        stage.advance(to - from);
      }
    }
    return tally.result();
  }

  /**
   * An autoencoder by chance: every latent keeps its values, at other features, encoder and decoder
   * alike.
   */
  private static SparseAutoencoder byChance(SparseAutoencoder sae, Run run) {
    return SparseAutoencoder.of(
        sae.gate(),
        RandomBank.shuffled(sae.encoder(), run.random("fact.random")),
        sae.bias(),
        new Dictionary(
            RandomBank.shuffled(sae.dictionary().atoms(), run.random("fact.random")),
            sae.dictionary().offset()));
  }

  /** The autoencoder by chance. */
  SparseAutoencoder random() {
    return random;
  }

  /**
   * Adds pictures.
   *
   * @param activations n x L x p
   * @return the codes of the autoencoder by chance, (n L) x r
   */
  Tensor add(Tensor activations) {
    Shape s = activations.shape();
    int places = s.dim(1);
    int count = s.dim(0) * places;
    int r = sae.concepts();
    Tensor matrix = activations.reshape(count, s.dim(2));
    Tensor codes = sae.encode(matrix, run);
    kept.add(matrix, codes, run);
    for (int i = 0; i < s.dim(0); i++, at++) {
      double[] sums = new double[r];
      for (int row = i * places; row < (i + 1) * places; row++) {
        for (int k = 0; k < r; k++) {
          float code = codes.get(row, k);
          sums[k] += code;
          active += code != 0 ? 1 : 0;
        }
      }
      for (int k = 0; k < r; k++) {
        presence[at * r + k] = (float) sums[k];
      }
    }
    rows += count;
    Tensor others = random.encode(matrix, run);
    randomKept.add(matrix, others, run);
    return others;
  }

  /** What was collected. */
  Result result() {
    return new Result(
        Tensor.wrap(Shape.of(pictures, sae.concepts()), presence),
        kept.result(),
        randomKept.result(),
        (double) active / rows);
  }
}
