package dev.percept.methods.linalg;

import dev.percept.core.Run;
import dev.percept.core.Tensor;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/**
 * A matrix of many rows in direct memory, read in blocks of {@value #BLOCK} rows. Blocks belong to
 * fixed groups; sums over rows are formed inside a group in order and then over the groups in
 * order, so they do not depend on the number of threads.
 */
public final class Rows {
  /**
   * Rows of a block: with a few thousand features it stays in the cache between two products, and a
   * thousand rows still make enough blocks for every thread.
   */
  public static final int BLOCK = 128;

  private static final int MAX_GROUPS = 16;

  private final FloatBuffer data;
  private final int size;
  private final int features;

  private Rows(FloatBuffer data, int size, int features) {
    this.data = data;
    this.size = size;
    this.features = features;
  }

  /** The rows of a matrix, n x p: a view where its memory is direct, else a copy. */
  public static Rows of(Tensor matrix) {
    FloatBuffer data = matrix.buffer();
    if (!data.isDirect() || data.order() != ByteOrder.nativeOrder()) {
      data = Tensor.allocateDirect(matrix.shape().size()).put(data).flip();
    }
    return new Rows(data, matrix.rows(), matrix.shape().dim(1));
  }

  /** n, the number of rows. */
  public int size() {
    return size;
  }

  /** p, the number of columns. */
  public int features() {
    return features;
  }

  /** The number of groups; depends on the number of rows alone. */
  public int groups() {
    return Math.min(MAX_GROUPS, blocks());
  }

  private int blocks() {
    return (size + BLOCK - 1) / BLOCK;
  }

  /** The values from row {@code row} on, in direct memory. */
  public FloatBuffer from(int row) {
    return data.duplicate().position(row * features);
  }

  /** Visits all blocks, the blocks of a group in order, groups on the threads of {@code run}. */
  public void eachBlock(Run run, BlockTask task) {
    int blocks = blocks();
    int groups = groups();
    run.parallel(
        groups,
        group -> {
          int first = (int) ((long) blocks * group / groups);
          int last = (int) ((long) blocks * (group + 1) / groups);
          for (int block = first; block < last; block++) {
            run.throwIfCancelled();
            task.accept(group, block * BLOCK, Math.min(size, (block + 1) * BLOCK));
          }
        });
  }

  /** The sum of all squares. */
  public double sumOfSquares(Run run) {
    double[] partial = new double[groups()];
    eachBlock(
        run,
        (group, from, to) -> {
          double sum = 0;
          for (int i = from * features; i < to * features; i++) {
            double v = data.get(i);
            sum += v * v;
          }
          partial[group] += sum;
        });
    double total = 0;
    for (double p : partial) {
      total += p;
    }
    return total;
  }

  /** Work on the rows {@code from} (inclusive) to {@code to} (exclusive) of a group. */
  @FunctionalInterface
  public interface BlockTask {
    /** Does the work; a group is never visited by two threads at once. */
    void accept(int group, int from, int to);
  }
}
