package dev.percept.fact.checkpoint;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What wrappers of networks put before the name of every weight. */
final class Prefixes {
  /** Of data-parallel training, of a trainer's own module, of a compiled model. */
  private static final List<String> KNOWN = List.of("module.", "model.", "_orig_mod.");

  private Prefixes() {}

  /**
   * The same values; a known prefix that all names share is taken off, and then perhaps another.
   */
  static <V> Map<String, V> without(Map<String, V> named) {
    for (String prefix : KNOWN) {
      if (named.keySet().stream().allMatch(n -> n.startsWith(prefix) && !n.equals(prefix))) {
        Map<String, V> shorter = new LinkedHashMap<>();
        named.forEach((name, value) -> shorter.put(name.substring(prefix.length()), value));
        return without(shorter);
      }
    }
    return named;
  }
}
