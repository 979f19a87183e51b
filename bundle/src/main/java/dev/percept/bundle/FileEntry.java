package dev.percept.bundle;

import dev.percept.core.PerceptException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * One entry of {@code files} in {@code bundle.json}, by which a bundle cut short is recognised.
 *
 * @param path relative to the bundle, with forward slashes
 * @param bytes size
 * @param sha256 of the contents, in small hexadecimal digits
 */
record FileEntry(String path, long bytes, String sha256) {

  /** The entry of a file as it is now. */
  static FileEntry of(Path folder, String path) throws IOException {
    Path file = folder.resolve(path);
    return new FileEntry(path, Files.size(file), sha256(file));
  }

  /**
   * Checks the file in {@code folder} against this entry.
   *
   * @throws PerceptException if it is missing or differs
   */
  void verify(Path folder) {
    Path file = BundlePaths.file(folder, path);
    try {
      long found = Files.size(file);
      if (found != bytes) {
        throw new PerceptException(
            "'"
                + path
                + "' of the bundle "
                + folder
                + " has "
                + found
                + " bytes where "
                + bytes
                + " are expected: it was cut short or changed; copy the bundle again, or make it again"
                + " with percept explain");
      }
      if (!sha256(file).equals(sha256)) {
        throw new PerceptException(
            "'"
                + path
                + "' of the bundle "
                + folder
                + " is not what was written (its SHA-256 differs); copy the bundle again, or make it"
                + " again with percept explain");
      }
    } catch (IOException e) {
      throw new PerceptException(
          "cannot read '" + path + "' of the bundle " + folder + ": " + e.getMessage(), e);
    }
  }

  private static String sha256(Path file) throws IOException {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
    byte[] buffer = new byte[1 << 16];
    try (InputStream in = Files.newInputStream(file)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.update(buffer, 0, n);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
