package dev.percept.engine.torch;

import dev.percept.core.Tensor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The weights of a transformer in plain Java.
 *
 * <p>Names: {@code patches.weight} (d x channels x patch x patch), {@code patches.bias}, {@code
 * class.token} (d) for pictures; {@code words} (vocabulary x d), {@code types} (types x d) for
 * texts; {@code positions} (positions x d); {@code embedding.norm} where normalisation stands
 * behind; of block i = 0 ...: {@code i.qkv} (3 d x d: queries, keys, values), {@code i.out}, {@code
 * i.up}, {@code i.down}, {@code i.norm1}, {@code i.norm2}; {@code norm} where it stands before;
 * {@code pooler} where the reading is rectified; {@code head}; {@code attributes}. Dense layers
 * have {@code .weight} (out x in) and {@code .bias}, normalisations {@code .gain} and {@code
 * .shift}.
 *
 * @param spec the network that they belong to
 * @param tensors by name
 */
public record TransformerWeights(TransformerSpec spec, Map<String, Tensor> tensors) {
  public TransformerWeights {
    tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
  }

  /**
   * One of them.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public Tensor get(String name) {
    Tensor found = tensors.get(name);
    if (found == null) {
      throw new IllegalArgumentException(
          "weight: one of " + tensors.keySet() + ", found '" + name + "'");
    }
    return found;
  }

  /** The number of values of all of them. */
  public long count() {
    return tensors.values().stream().mapToLong(t -> t.shape().size()).sum();
  }
}
