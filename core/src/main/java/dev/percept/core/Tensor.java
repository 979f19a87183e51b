package dev.percept.core;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/**
 * A dense float32 tensor in row-major order. Immutable from outside: whoever makes one gives its
 * memory away. The memory is plain Java (a heap array, a direct or a mapped buffer) and is freed by
 * the garbage collector; a tensor never refers to memory of an engine.
 */
public final class Tensor {
  private final Shape shape;
  private final FloatBuffer data;

  private Tensor(Shape shape, FloatBuffer data) {
    if (data.remaining() != shape.size()) {
      throw new IllegalArgumentException(
          "tensor: shape "
              + shape
              + " needs "
              + shape.size()
              + " values, found "
              + data.remaining());
    }
    this.shape = shape;
    this.data = data.slice().asReadOnlyBuffer();
  }

  /** A tensor with a copy of {@code values}. */
  public static Tensor of(Shape shape, float... values) {
    return new Tensor(shape, FloatBuffer.wrap(values.clone()));
  }

  /**
   * A tensor over {@code values} without a copy; the caller must not write to it again (a producer
   * that reuses one input buffer may, once nobody reads this tensor any more).
   */
  public static Tensor wrap(Shape shape, float[] values) {
    return new Tensor(shape, FloatBuffer.wrap(values));
  }

  /** A tensor over the remaining values of {@code values}, as {@link #wrap(Shape, float[])}. */
  public static Tensor wrap(Shape shape, FloatBuffer values) {
    return new Tensor(shape, values);
  }

  /** A tensor of zeros on the heap. */
  public static Tensor zeros(Shape shape) {
    return new Tensor(shape, FloatBuffer.allocate(shape.size()));
  }

  /** A new direct buffer of {@code size} floats in native order, for {@link #wrap}. */
  public static FloatBuffer allocateDirect(int size) {
    return ByteBuffer.allocateDirect(Math.multiplyExact(size, Float.BYTES))
        .order(ByteOrder.nativeOrder())
        .asFloatBuffer();
  }

  /** The shape. */
  public Shape shape() {
    return shape;
  }

  /** The size of the first axis. */
  public int rows() {
    return shape.dim(0);
  }

  /** The value at a flat index, row-major. */
  public float get(int flat) {
    return data.get(flat);
  }

  /** The value of a matrix at {@code row, column}. */
  public float get(int row, int column) {
    return data.get(row * shape.dim(1) + column);
  }

  /** A read-only view of the values, position 0; direct if and only if the memory is. */
  public FloatBuffer buffer() {
    return data.duplicate();
  }

  /** Copies {@code length} values from flat index {@code from} to {@code target[offset ...]}. */
  public void copyTo(int from, float[] target, int offset, int length) {
    data.get(from, target, offset, length);
  }

  /** The values as a new array. */
  public float[] toArray() {
    float[] values = new float[shape.size()];
    data.get(0, values);
    return values;
  }

  /** The examples {@code from} (inclusive) to {@code to} (exclusive) of the first axis; a view. */
  public Tensor slice(int from, int to) {
    int each = shape.example().size();
    return new Tensor(
        shape.example().batch(to - from), data.duplicate().position(from * each).limit(to * each));
  }

  /** Example {@code index} of the first axis, without that axis; a view. */
  public Tensor row(int index) {
    int each = shape.example().size();
    return new Tensor(
        shape.example(), data.duplicate().position(index * each).limit((index + 1) * each));
  }

  /** The same values under another shape of the same size; a view. */
  public Tensor reshape(int... dims) {
    return new Tensor(Shape.of(dims), data.duplicate());
  }

  /** Whether every value is finite. */
  public boolean isFinite() {
    for (int i = 0; i < shape.size(); i++) {
      if (!Float.isFinite(data.get(i))) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return "Tensor " + shape;
  }
}
