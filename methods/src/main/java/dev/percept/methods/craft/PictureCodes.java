package dev.percept.methods.craft;

import dev.percept.core.Activations;
import dev.percept.core.ConceptBank;
import dev.percept.core.Examples;
import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.SplitModel;
import dev.percept.core.Tensor;
import dev.percept.core.TextModel;
import dev.percept.methods.metric.Reconstruction;
import dev.percept.methods.metric.ReconstructionTally;
import java.nio.FloatBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What one pass over the pictures leaves behind.
 *
 * @param activations n x L x p; null where there are too many to be kept, since memory must not
 *     grow with the number of pictures
 * @param codes n x L x r
 * @param logits n x outputs, of the model
 * @param rebuilt n x outputs, with activations replaced by U W
 * @param random n x outputs, with activations replaced by what random concepts rebuild
 * @param reconstruction of the activations at all locations of all pictures
 * @param randomReconstruction the same by random concepts
 */
record PictureCodes(
    @Nullable Tensor activations,
    Tensor codes,
    Tensor logits,
    Tensor rebuilt,
    Tensor random,
    Reconstruction reconstruction,
    Reconstruction randomReconstruction) {

  /** About 64 MB: 160 pictures of a ResNet-50. Looking at some of them again is then free. */
  private static final long KEPT = 16L << 20;

  static PictureCodes of(
      SplitModel model,
      Examples pictures,
      ConceptBank bank,
      ConceptBank random,
      int batch,
      Run run) {
    int n = pictures.size();
    int locations = model.grid().size();
    int each = locations * bank.concepts();
    int outputs = model.outputs();
    int picture = Math.multiplyExact(locations, model.features());
    FloatBuffer values = (long) n * picture <= KEPT ? Tensor.allocateDirect(n * picture) : null;
    FloatBuffer codes = Scratch.allocate(Math.multiplyExact(n, each));
    float[] logits = new float[n * outputs];
    float[] rebuilt = new float[n * outputs];
    float[] randomly = new float[n * outputs];
    int batches = Passes.batches(n, batch);
    ReconstructionTally[] kept = new ReconstructionTally[batches];
    ReconstructionTally[] keptRandomly = new ReconstructionTally[batches];
    // Batches already run side by side.
    Run single = run.withThreads(1);
    Passes.forEachBatch(
        pictures,
        batch,
        model instanceof TextModel ? "texts" : "pictures",
        run,
        (inputs, from) -> {
          Activations a = model.activations(inputs);
          int rows = inputs.rows();
          if (values != null) {
            values.duplicate().position(from * picture).put(a.values().buffer());
          }
          Tensor u = bank.encode(a.matrix(), single).reshape(rows, locations, bank.concepts());
          Tensor v = random.encode(a.matrix(), single).reshape(rows, locations, random.concepts());
          codes.duplicate().position(from * each).put(u.buffer());
          kept[from / batch] = tally(bank, a.matrix(), u, single);
          keptRandomly[from / batch] = tally(random, a.matrix(), v, single);
          int all = rows * outputs;
          model.head(a.values()).copyTo(0, logits, from * outputs, all);
          model.headOfCodes(u, bank.dictionary()).copyTo(0, rebuilt, from * outputs, all);
          model.headOfCodes(v, random.dictionary()).copyTo(0, randomly, from * outputs, all);
        });
    Shape shape = Shape.of(n, outputs);
    return new PictureCodes(
        values == null ? null : Tensor.wrap(Shape.of(n, locations, model.features()), values),
        Tensor.wrap(Shape.of(n, locations, bank.concepts()), codes),
        Tensor.wrap(shape, logits),
        Tensor.wrap(shape, rebuilt),
        Tensor.wrap(shape, randomly),
        sum(bank, kept),
        sum(random, keptRandomly));
  }

  private static ReconstructionTally tally(ConceptBank bank, Tensor matrix, Tensor codes, Run run) {
    ReconstructionTally tally = new ReconstructionTally(bank.dictionary());
    tally.add(matrix, codes.reshape(matrix.rows(), bank.concepts()), run);
    return tally;
  }

  private static Reconstruction sum(ConceptBank bank, ReconstructionTally[] parts) {
    ReconstructionTally all = new ReconstructionTally(bank.dictionary());
    for (ReconstructionTally part : parts) {
      all.add(part);
    }
    return all.result();
  }
}
