package dev.percept.fact.sae;

import dev.percept.core.Run;
import dev.percept.core.Tensor;
import dev.percept.methods.linalg.Blas;
import java.nio.FloatBuffer;
import java.util.function.IntFunction;
import org.bytedeco.javacpp.FloatPointer;

/**
 * {@code A W_eᵀ} in blocks of rows. The bits of a product may depend on its shape, so every block
 * is filled up to {@value #BLOCK} rows, a multiple of what any kernel takes at once: a row then has
 * the same bits alone, in any batch and on any number of threads.
 */
final class EncoderProducts {
  /** Rows of a block: enough for full speed, few enough that one row alone wastes little. */
  static final int BLOCK = 64;

  private final FloatBuffer encoder;
  private final int latents;
  private final int features;

  /**
   * A view of an encoder, r x p in direct memory: what is written there is seen by later products.
   */
  EncoderProducts(FloatBuffer encoder, int latents, int features) {
    this.encoder = encoder;
    this.latents = latents;
    this.features = features;
  }

  static EncoderProducts of(Tensor encoder) {
    FloatBuffer direct = Tensor.allocateDirect(encoder.shape().size()).put(encoder.buffer()).flip();
    return new EncoderProducts(direct, encoder.rows(), encoder.shape().dim(1));
  }

  /** Where rows come from. */
  interface Source {
    /** Writes row {@code row}, p values, at the position of {@code target} and advances it. */
    void read(int row, FloatBuffer target);
  }

  /** What is done with the products of a row. */
  interface Sink {
    /**
     * Row {@code row}; every task visits rows of its own, in order.
     *
     * @param products holds r values from {@code at} on, until the call returns
     */
    void accept(int row, float[] products, int at);
  }

  /** How many tasks {@code rows} rows are shared by. */
  static int tasks(int rows, Run run) {
    return Math.max(1, Math.min(run.threads(), (rows + BLOCK - 1) / BLOCK));
  }

  /** The first row of a task; that of the task behind the last is the number of rows. */
  private static int first(int task, int tasks, int rows) {
    int blocks = (rows + BLOCK - 1) / BLOCK;
    return (int) Math.min(rows, (long) blocks * task / tasks * BLOCK);
  }

  /**
   * All rows.
   *
   * @param sinks one for each of {@link #tasks}
   */
  void each(int rows, Source source, Run run, IntFunction<? extends Sink> sinks) {
    Blas.require();
    int tasks = tasks(rows, run);
    run.parallel(
        tasks,
        task -> {
          Sink sink = sinks.apply(task);
          float[] products = new float[BLOCK * latents];
          try (FloatPointer in = new FloatPointer((long) BLOCK * features);
              FloatPointer out = new FloatPointer((long) BLOCK * latents)) {
            FloatBuffer x = in.asBuffer();
            FloatBuffer y = out.asBuffer();
            int last = first(task + 1, tasks, rows);
            for (int from = first(task, tasks, rows); from < last; from += BLOCK) {
              run.throwIfCancelled();
              int count = Math.min(BLOCK, last - from);
              x.clear();
              for (int i = 0; i < count; i++) {
                source.read(from + i, x);
              }
              while (x.hasRemaining()) {
                x.put(0f);
              }
              multiply(x.flip(), y);
              y.get(0, products);
              for (int i = 0; i < count; i++) {
                sink.accept(from + i, products, i * latents);
              }
            }
          }
        });
  }

  private void multiply(FloatBuffer x, FloatBuffer y) {
    Blas.multiply(
        false, true, BLOCK, latents, features, x, features, encoder, features, 0, y, latents);
  }
}
