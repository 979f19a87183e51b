package dev.percept.fact.bcos;

import dev.percept.core.PerceptException;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Whether a state dict fits a network. */
final class BcosWeights {
  /** What PyTorch counts besides; nothing is computed from it. */
  private static final String COUNTER = "num_batches_tracked";

  private BcosWeights() {}

  /**
   * Compares names, shapes and values with what a network needs.
   *
   * @throws PerceptException that lists everything that is missing, too much, of another shape, not
   *     finite, or a negative variance
   */
  static void check(List<Parameter> wanted, Map<String, Tensor> weights) {
    List<String> missing = new ArrayList<>();
    List<String> shapes = new ArrayList<>();
    List<String> values = new ArrayList<>();
    Set<String> known = new HashSet<>();
    for (Parameter p : wanted) {
      known.add(p.name());
      Tensor found = weights.get(p.name());
      if (found == null) {
        missing.add(p.name());
      } else if (!found.shape().equals(p.shape())) {
        shapes.add(p.name() + " (expected " + p.shape() + ", found " + found.shape() + ")");
      } else if (!found.isFinite() || isNegative(p, found)) {
        values.add(p.name());
      }
    }
    List<String> unexpected =
        weights.keySet().stream()
            .filter(name -> !known.contains(name) && !name.endsWith(COUNTER))
            .sorted()
            .toList();
    List<String> all = new ArrayList<>();
    say("missing", missing, all);
    say("unexpected", unexpected, all);
    say("of another shape", shapes, all);
    say("not finite, or a variance below 0", values, all);
    if (!all.isEmpty()) {
      throw new PerceptException(
          "the weights do not fit the network: "
              + String.join("; ", all)
              + ". Check that its architecture is the one they were trained with");
    }
  }

  private static boolean isNegative(Parameter p, Tensor values) {
    if (p.kind() != Parameter.Kind.RUNNING_VARIANCE) {
      return false;
    }
    for (int i = 0; i < values.shape().size(); i++) {
      if (values.get(i) < 0) {
        return true;
      }
    }
    return false;
  }

  private static void say(String what, List<String> names, List<String> all) {
    if (!names.isEmpty()) {
      all.add(what + ": " + String.join(", ", names));
    }
  }

  /** The weights of {@code name}, which have been checked. */
  static Tensor get(Map<String, Tensor> weights, String name) {
    Tensor found = weights.get(name);
    if (found == null) {
      throw new IllegalArgumentException("weights: " + name + " is missing");
    }
    return found;
  }

  /** A hash of names, shapes and values, in the order of the names; lower-case hexadecimal. */
  static String sha256(Map<String, Tensor> weights) {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
    new TreeMap<>(weights)
        .forEach(
            (name, tensor) -> {
              digest.update((name + ' ' + tensor.shape() + '\n').getBytes(StandardCharsets.UTF_8));
              ByteBuffer bytes =
                  ByteBuffer.allocate(Math.multiplyExact(tensor.shape().size(), Float.BYTES))
                      .order(ByteOrder.LITTLE_ENDIAN);
              bytes.asFloatBuffer().put(tensor.buffer());
              digest.update(bytes);
            });
    return HexFormat.of().formatHex(digest.digest());
  }

  /** Names and shapes, in the order of a state dict. */
  static Map<String, Shape> shapes(List<Parameter> wanted) {
    Map<String, Shape> all = new LinkedHashMap<>();
    wanted.forEach(p -> all.put(p.name(), p.shape()));
    return all;
  }
}
