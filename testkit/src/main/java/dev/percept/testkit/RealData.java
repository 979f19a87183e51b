package dev.percept.testkit;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/**
 * Real models, photographs and texts, which are not part of this project. Tests that use them carry
 * the tag {@code realdata} and are skipped, with a message, where the folder is absent. The folder
 * is named by the environment variable {@code PERCEPT_REALDATA}; CONTRIBUTING.md lists what it
 * holds.
 */
public final class RealData {
  private RealData() {}

  /**
   * A file or folder of the collection, or the test is skipped.
   *
   * @param relative for example {@code models/resnet56-cifar10.onnx}
   */
  public static Path path(String relative) {
    String root = System.getenv("PERCEPT_REALDATA");
    Assumptions.assumeTrue(
        root != null && !root.isBlank(),
        "PERCEPT_REALDATA is not set: real models and photographs are not part of this project");
    Path path = Path.of(root).resolve(relative);
    Assumptions.assumeTrue(Files.exists(path), "no " + relative + " in PERCEPT_REALDATA");
    return path;
  }
}
