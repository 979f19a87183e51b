package dev.percept.engine.torch.graph;

import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * A value that outlives a call, on the host, where sizes are read, and where it is computed with.
 */
final class Kept {
  private final Tensor host;
  private final Tensor here;
  private long @Nullable [] longs;
  private double @Nullable [] doubles;

  Kept(Tensor host, Tensor here) {
    this.host = host;
    this.here = here;
  }

  Tensor host() {
    return host;
  }

  Tensor here() {
    return here;
  }

  /** The values as whole numbers, as a new array. */
  synchronized long[] longs() {
    if (longs == null) {
      longs = Memory.longs(host);
    }
    return longs.clone();
  }

  /** The values, as a new array. */
  synchronized double[] doubles() {
    if (doubles == null) {
      doubles = Memory.doubles(host);
    }
    return doubles.clone();
  }

  /** Keeps it beyond the scope in which it was made. */
  Kept retain() {
    host.retainReference();
    // The same on the processor; then it is retained and released twice.
    here.retainReference();
    return this;
  }

  void release() {
    host.releaseReference();
    here.releaseReference();
  }
}
