package dev.percept.app.sweep;

import dev.percept.core.Examples;
import dev.percept.core.PerceptException;
import dev.percept.core.Progress;
import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import java.nio.FloatBuffer;
import java.util.function.UnaryOperator;

/** Examples through the first half of a model, batch by batch, on all threads of a run. */
final class Passing {
  /** 1 GiB: more is not held in memory. */
  private static final long MOST = 1L << 28;

  private Passing() {}

  /**
   * Passes.
   *
   * @param each values that an example becomes
   * @param pass a batch of inputs to a tensor with as many rows
   * @return n x each
   */
  static Tensor all(
      Examples examples, int each, int batch, String stage, Run run, UnaryOperator<Tensor> pass) {
    int n = examples.size();
    if ((long) n * each > MOST) {
      throw new PerceptException(
          "activations of "
              + n
              + " examples need "
              + (((long) n * each) >> 18)
              + " MiB, and a sweep holds at most 1024; take fewer with --max-images, or a later"
              + " --layer");
    }
    FloatBuffer all = Tensor.allocateDirect(n * each);
    try (Progress.Stage progress = run.stage(stage, n)) {
      run.parallel(
          (n + batch - 1) / batch,
          b -> {
            int from = b * batch;
            int to = Math.min(n, from + batch);
            FloatBuffer made = pass.apply(examples.batch(from, to)).buffer();
            all.duplicate().position(from * each).put(made);
            progress.advance(to - from);
          });
    }
    return Tensor.wrap(Shape.of(n, each), all);
  }
}
