package dev.percept.text;

import ai.djl.huggingface.tokenizers.jni.LibUtils;
import dev.percept.core.EngineMissingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The native library behind tokenizer files. It is unpacked to a folder of its own and deleted
 * again, and never asks the network for anything.
 */
final class TokenizerLibrary {
  /** Otherwise the library tells its makers, over the network, that it is in use. */
  private static final String SILENCE = "OPT_OUT_TRACKING";

  private static final String FOLDER = "ENGINE_CACHE_DIR";

  private static boolean loaded;

  private TokenizerLibrary() {}

  /**
   * Loads the library, once.
   *
   * @throws EngineMissingException if it cannot be loaded here
   */
  static synchronized void require() {
    if (loaded) {
      return;
    }
    System.setProperty(SILENCE, "true");
    try {
      load();
    } catch (IOException | RuntimeException | LinkageError e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new EngineMissingException(
          "the tokenizer library cannot be loaded on "
              + System.getProperty("os.name")
              + " "
              + System.getProperty("os.arch")
              + " ("
              + cause.getMessage()
              + "); a plain vocabulary, one word a line, needs none",
          e);
    }
    loaded = true;
  }

  private static void load() throws IOException {
    // What a user has chosen for this library stays as it is.
    boolean chosen = System.getenv(FOLDER) != null || System.getProperty(FOLDER) != null;
    Path folder = chosen ? null : Files.createTempDirectory("percept-tokenizers-");
    Map<String, String> ours = new HashMap<>();
    // Without these two it would look for a library for this machine's graphics card, outside.
    ours.put("RUST_FLAVOR", "cpu");
    ours.put("ai.djl.offline", "true");
    if (folder != null) {
      ours.put(FOLDER, folder.toString());
    }
    Map<String, @Nullable String> before = new HashMap<>();
    ours.forEach((key, value) -> before.put(key, System.setProperty(key, value)));
    try {
      LibUtils.checkStatus();
    } finally {
      before.forEach(
          (key, value) -> {
            if (value == null) {
              System.clearProperty(key);
            } else {
              System.setProperty(key, value);
            }
          });
      if (folder != null) {
        delete(folder);
      }
    }
  }

  /** A loaded library may be deleted, except on Windows: there when the process ends. */
  private static void delete(Path folder) throws IOException {
    List<Path> all;
    try (Stream<Path> walk = Files.walk(folder)) {
      all = walk.sorted(Comparator.reverseOrder()).toList();
    }
    boolean keeps = System.getProperty("os.name", "").startsWith("Windows");
    for (Path one : keeps ? all.stream().sorted().toList() : all) {
      if (keeps) {
        one.toFile().deleteOnExit();
      } else {
        Files.deleteIfExists(one);
      }
    }
  }
}
