package dev.percept.methods.linalg;

import dev.percept.core.EngineMissingException;
import org.jspecify.annotations.Nullable;

/** The outcome of loading a native library: it is there, or it is known why not. */
final class NativeEngine {
  private final String name;
  private final @Nullable Throwable failure;

  private NativeEngine(String name, @Nullable Throwable failure) {
    this.name = name;
    this.failure = failure;
  }

  /** Tries to load; a failure is kept, not thrown, so that every use reports it in the same way. */
  static NativeEngine load(String name, Runnable loader) {
    try {
      loader.run();
      return new NativeEngine(name, null);
    } catch (LinkageError | RuntimeException e) {
      return new NativeEngine(name, e);
    }
  }

  /**
   * Returns if the library is there.
   *
   * @throws EngineMissingException if it is not
   */
  void require() {
    if (failure != null) {
      throw new EngineMissingException(
          name
              + " cannot be loaded on "
              + System.getProperty("os.name")
              + " "
              + System.getProperty("os.arch")
              + " ("
              + failure.getMessage()
              + "): add its native artifact for this platform, or run 'percept doctor'",
          failure);
    }
  }
}
