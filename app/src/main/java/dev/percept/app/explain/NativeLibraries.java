package dev.percept.app.explain;

import dev.percept.core.EngineMissingException;
import dev.percept.engine.onnx.OnnxEngine;
import dev.percept.methods.linalg.Blas;

/**
 * The native libraries of a run, unpacked and loaded while the model's file is still being read.
 */
public final class NativeLibraries {
  private NativeLibraries() {}

  /** Begins to load them and returns. */
  public static void preload() {
    Thread thread =
        new Thread(
            () -> {
              load(OnnxEngine::version);
              load(Blas::require);
            },
            "percept-preload");
    thread.setDaemon(true);
    thread.start();
  }

  private static void load(Runnable library) {
    try {
      library.run();
    } catch (EngineMissingException e) {
      // Whoever needs the library will fail in the same way, and say so.
      return;
    }
  }
}
