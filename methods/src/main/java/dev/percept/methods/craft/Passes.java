package dev.percept.methods.craft;

import dev.percept.core.Examples;
import dev.percept.core.Progress;
import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.SplitModel;
import dev.percept.core.Tensor;
import dev.percept.core.TextModel;
import java.nio.FloatBuffer;

/**
 * Examples through a model, batch by batch, on all threads of a run. Every batch writes to its own
 * place, so the result does not depend on the schedule; memory is bounded by threads x batch.
 */
final class Passes {
  /** What to do with one batch. */
  interface Body {
    /** {@code inputs} are examples {@code from} ... {@code from + inputs.rows() - 1}. */
    void accept(Tensor inputs, int from);
  }

  private Passes() {}

  /** How many batches there are; any size of a batch, even one that would overflow a sum. */
  static int batches(int count, int batch) {
    return count / batch + (count % batch == 0 ? 0 : 1);
  }

  /** Feeds all examples in batches; the tensor given to {@code body} is reused after it returns. */
  static void forEachBatch(Examples examples, int batch, String stage, Run run, Body body) {
    int count = examples.size();
    int each = examples.shape().size();
    // A batch beyond the last example would only take memory.
    int size = Math.max(1, Math.min(batch, count));
    ThreadLocal<FloatBuffer> inputs =
        ThreadLocal.withInitial(() -> Tensor.allocateDirect(Math.multiplyExact(size, each)));
    try (Progress.Stage progress = run.stage(stage, count)) {
      run.parallel(
          batches(count, size),
          b -> {
            int from = b * size;
            int to = Math.min(count - from, size) + from;
            FloatBuffer buffer = inputs.get().clear();
            for (int i = from; i < to; i++) {
              examples.read(i, buffer);
            }
            body.accept(
                Tensor.wrap(examples.shape().batch(to - from), buffer.flip().duplicate()), from);
            progress.advance(to - from);
          });
    }
  }

  /** g of every example, averaged over locations: m x p. */
  static Tensor pooled(SplitModel model, Examples examples, int batch, Run run) {
    int p = model.features();
    FloatBuffer all = Scratch.allocate(Math.multiplyExact(examples.size(), p));
    forEachBatch(
        examples,
        batch,
        model instanceof TextModel ? "units" : "crops",
        run,
        (inputs, from) -> {
          FloatBuffer pooled = model.pooled(inputs).buffer();
          all.duplicate().position(from * p).put(pooled);
        });
    return Tensor.wrap(Shape.of(examples.size(), p), all);
  }
}
