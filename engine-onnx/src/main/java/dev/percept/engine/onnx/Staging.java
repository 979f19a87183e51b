package dev.percept.engine.onnx;

import dev.percept.core.Tensor;
import java.nio.FloatBuffer;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * Direct buffers for what goes in and out of the engine, used again by whichever thread comes next:
 * allocating one a call would fill native memory until the garbage collector looks.
 */
final class Staging {
  private final ConcurrentLinkedDeque<FloatBuffer> free = new ConcurrentLinkedDeque<>();

  /** A buffer of {@code size} floats, to be given back. */
  Lease take(int size) {
    FloatBuffer buffer = free.pollFirst();
    if (buffer == null || buffer.capacity() < size) {
      // One that is too small is dropped: sizes settle after the first calls.
      buffer = Tensor.allocateDirect(size);
    }
    return new Lease(buffer, buffer.duplicate().clear().limit(size).slice());
  }

  void clear() {
    free.clear();
  }

  /** A buffer in use. */
  final class Lease implements AutoCloseable {
    private final FloatBuffer whole;
    private final FloatBuffer part;

    private Lease(FloatBuffer whole, FloatBuffer part) {
      this.whole = whole;
      this.part = part;
    }

    /** The floats asked for, position 0. */
    FloatBuffer buffer() {
      return part.duplicate();
    }

    @Override
    public void close() {
      free.addFirst(whole);
    }
  }
}
