package dev.percept.fact.sae;

import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import java.util.Arrays;

/**
 * Codes of n rows of which most are 0: for each row the latents that speak, ascending, and what
 * they say. Immutable.
 */
public final class SparseCodes {
  private final int latents;
  private final int[] starts;
  private final int[] indices;
  private final float[] values;

  /** Takes the arrays over. */
  SparseCodes(int latents, int[] starts, int[] indices, float[] values) {
    this.latents = latents;
    this.starts = starts;
    this.indices = indices;
    this.values = values;
  }

  /** n, the number of rows. */
  public int rows() {
    return starts.length - 1;
  }

  /** r, the number of latents. */
  public int latents() {
    return latents;
  }

  /** Where the entries of a row begin; {@code from(rows())} is the number of entries. */
  public int from(int row) {
    return starts[row];
  }

  /** The latent of an entry. */
  public int latent(int entry) {
    return indices[entry];
  }

  /** The code of an entry, above 0. */
  public float value(int entry) {
    return values[entry];
  }

  /** n x r, zeros included. */
  public Tensor dense() {
    float[] all = new float[Math.multiplyExact(rows(), latents)];
    for (int i = 0; i < rows(); i++) {
      for (int e = starts[i]; e < starts[i + 1]; e++) {
        all[i * latents + indices[e]] = values[e];
      }
    }
    return Tensor.wrap(Shape.of(rows(), latents), all);
  }

  /** Grows row by row; rows are put together in their order afterwards. */
  static final class Builder {
    private int[] ends = new int[64];
    private int[] indices = new int[1024];
    private float[] values = new float[1024];
    private int rows;
    private int size;

    void add(int latent, float value) {
      if (size == indices.length) {
        indices = Arrays.copyOf(indices, 2 * size);
        values = Arrays.copyOf(values, 2 * size);
      }
      indices[size] = latent;
      values[size++] = value;
    }

    void endRow() {
      if (rows == ends.length) {
        ends = Arrays.copyOf(ends, 2 * rows);
      }
      ends[rows++] = size;
    }

    /** All rows of {@code parts}, one behind the other. */
    static SparseCodes join(int latents, Builder... parts) {
      int rows = 0;
      int size = 0;
      for (Builder part : parts) {
        rows += part.rows;
        size = Math.addExact(size, part.size);
      }
      int[] starts = new int[rows + 1];
      int[] indices = new int[size];
      float[] values = new float[size];
      int row = 0;
      int at = 0;
      for (Builder part : parts) {
        System.arraycopy(part.indices, 0, indices, at, part.size);
        System.arraycopy(part.values, 0, values, at, part.size);
        for (int i = 0; i < part.rows; i++) {
          starts[++row] = at + part.ends[i];
        }
        at += part.size;
      }
      return new SparseCodes(latents, starts, indices, values);
    }
  }
}
