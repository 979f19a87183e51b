package dev.percept.app.sweep;

import dev.percept.core.Sha256;
import java.nio.charset.StandardCharsets;

/** Names of files by what they hold. */
final class Keys {
  private static final int CHARACTERS = 24;

  private Keys() {}

  /** The name of the file of {@code key}, without an ending: 96 bits of its hash. */
  static String file(String key) {
    return Sha256.of(key.getBytes(StandardCharsets.UTF_8)).substring(0, CHARACTERS);
  }
}
