package dev.percept.engine.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import dev.percept.core.EngineMissingException;
import dev.percept.core.PerceptException;
import java.util.function.Supplier;

/** ONNX Runtime's native library. */
final class Natives {
  private Natives() {}

  /**
   * The one environment of this process.
   *
   * @throws EngineMissingException if the native library cannot be loaded here
   */
  static OrtEnvironment environment() {
    // Warnings about weights that are not used would go to the user's terminal.
    return load(() -> OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR));
  }

  static OrtEnvironment load(Supplier<OrtEnvironment> loader) {
    try {
      return loader.get();
    } catch (LinkageError | IllegalStateException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new EngineMissingException(
          "ONNX Runtime cannot be loaded on "
              + System.getProperty("os.name")
              + " "
              + System.getProperty("os.arch")
              + " ("
              + cause.getMessage()
              + "); 'percept doctor' shows what is there",
          e);
    }
  }

  /** A failure inside ONNX Runtime, as one sentence. */
  static PerceptException failure(String what, OrtException e) {
    String message = String.valueOf(e.getMessage()).split("\n", -1)[0].strip();
    return new PerceptException(what + ": ONNX Runtime says '" + message + "'", e);
  }
}
