package dev.percept.fact.bcos;

import dev.percept.core.PerceptException;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import dev.percept.engine.torch.graph.Memory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * Weights in the memory of libtorch. Learnable, they are kept as they are and filters are brought
 * to unit length whenever they are used; frozen, that is done once.
 */
final class Store implements AutoCloseable {
  private final boolean learnable;
  private final Map<String, Parameter> parameters = new LinkedHashMap<>();
  private final Map<String, org.bytedeco.pytorch.Tensor> tensors = new LinkedHashMap<>();
  private final List<org.bytedeco.pytorch.Tensor> others = new ArrayList<>();

  /**
   * Copies weights that {@link BcosWeights#check} has found to fit.
   *
   * @throws PerceptException if a filter is zero, which has no direction
   */
  @SuppressWarnings("try") // scopes are there to be closed
  Store(List<Parameter> wanted, Map<String, Tensor> weights, boolean learnable) {
    this.learnable = learnable;
    List<String> zero = new ArrayList<>();
    for (Parameter p : wanted) {
      try (PointerScope scope = new PointerScope()) {
        Tensor values = BcosWeights.get(weights, p.name());
        org.bytedeco.pytorch.Tensor t = Memory.load(values);
        if (p.kind().isUnit()) {
          org.bytedeco.pytorch.Tensor unit = unit(t);
          if (unit.isnan().any().item_bool()) {
            zero.add(p.name());
          }
          t = learnable ? t : unit;
        }
        t.set_requires_grad(learnable && p.kind().isLearnt());
        t.retainReference();
        parameters.put(p.name(), p);
        tensors.put(p.name(), t);
      }
    }
    if (!zero.isEmpty()) {
      close();
      throw new PerceptException(
          "filters of zeros have no direction, and there are some in "
              + String.join(", ", zero)
              + "; take weights that have been trained");
    }
  }

  private static org.bytedeco.pytorch.Tensor unit(org.bytedeco.pytorch.Tensor weight) {
    long[] axes = new long[(int) weight.dim() - 1];
    for (int i = 0; i < axes.length; i++) {
      axes[i] = i + 1L;
    }
    return weight.div(
        torch.linalg_vector_norm(weight, new Scalar(2.0), axes, true, new ScalarTypeOptional()));
  }

  /** A tensor as it is stored. */
  org.bytedeco.pytorch.Tensor tensor(String name) {
    org.bytedeco.pytorch.Tensor found = tensors.get(name);
    if (found == null) {
      throw new IllegalStateException(name + " is not among the parameters of this network");
    }
    return found;
  }

  /** Filters at unit length, whenever they are asked for as they then are. */
  Supplier<org.bytedeco.pytorch.Tensor> unit(String name) {
    org.bytedeco.pytorch.Tensor kept = tensor(name);
    return learnable ? () -> unit(kept) : () -> kept;
  }

  /** Keeps constants that are in no state dict as long as the weights. */
  @SuppressWarnings("try") // scopes are there to be closed
  org.bytedeco.pytorch.Tensor keep(Tensor constants) {
    try (PointerScope scope = new PointerScope()) {
      org.bytedeco.pytorch.Tensor t = Memory.load(constants);
      t.retainReference();
      others.add(t);
      return t;
    }
  }

  /** What is learnt, in the order of a state dict. */
  TensorVector learnt() {
    TensorVector all = new TensorVector();
    parameters.values().stream()
        .filter(p -> p.kind().isLearnt())
        .forEach(p -> all.push_back(tensor(p.name())));
    return all;
  }

  /** Copies of all values as they are now, by name, in the order of a state dict. */
  @SuppressWarnings("try") // scopes are there to be closed
  Map<String, Tensor> read() {
    Map<String, Tensor> all = new LinkedHashMap<>();
    try (PointerScope scope = new PointerScope()) {
      parameters.forEach(
          (name, p) -> {
            Shape shape = p.shape();
            all.put(name, Memory.read(tensor(name), shape));
          });
    }
    return all;
  }

  @Override
  public void close() {
    tensors.values().forEach(org.bytedeco.pytorch.Tensor::releaseReference);
    tensors.clear();
    others.forEach(org.bytedeco.pytorch.Tensor::releaseReference);
    others.clear();
  }
}
