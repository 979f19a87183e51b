package dev.percept.engine.torch.graph;

import dev.percept.onnx.OnnxModel;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.bytedeco.pytorch.Tensor;

/**
 * What the parts of one model (g, h, f) share: its weights and what follows from them alone, in the
 * memory of libtorch, loaded at first use. Tensors keep their names in every part.
 */
public final class Constants implements AutoCloseable {
  /** Names that only one part has: sub-graphs fit their ends with them. */
  private static final String OWN = "percept.";

  private final OnnxModel model;
  private final Precision precision;
  private final Map<String, Kept> kept = new HashMap<>();

  /** None yet of {@code model}. */
  public Constants(OnnxModel model, Precision precision) {
    this.model = model;
    this.precision = precision;
  }

  OnnxModel model() {
    return model;
  }

  Precision precision() {
    return precision;
  }

  /**
   * The constant {@code name}; where it is not here yet, {@code host} makes it.
   *
   * @param part which part asks, for names of its own
   */
  synchronized Kept keep(String part, String name, Supplier<Tensor> host) {
    String key = name.contains(OWN) ? part + "\n" + name : name;
    Kept found = kept.get(key);
    if (found == null) {
      Tensor made = host.get();
      found = new Kept(made, precision.here(made)).retain();
      kept.put(key, found);
    }
    return found;
  }

  /** Gives the memory back. No part may be run any more. */
  @Override
  public synchronized void close() {
    kept.values().forEach(Kept::release);
    kept.clear();
  }
}
