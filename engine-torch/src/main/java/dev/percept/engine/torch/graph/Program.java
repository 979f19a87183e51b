package dev.percept.engine.torch.graph;

import dev.percept.core.PerceptException;
import dev.percept.core.RectifierRule;
import dev.percept.onnx.proto.ModelProto;
import dev.percept.onnx.proto.NodeProto;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * A part of a model, ready to be executed: what follows from the weights is worked out, patterns
 * are fused. What follows from the <em>shapes</em> of the inputs alone (sizes, masks, positions) is
 * worked out in the first call with those shapes and kept for later ones. Safe for use from several
 * threads.
 */
public final class Program implements AutoCloseable {
  /** More shapes of inputs than batches of a usual size; then all is worked out anew. */
  private static final int PLANS = 64;

  private final String name;
  private final List<String> outputs;
  private final Map<String, Integer> slots = new HashMap<>();
  private final List<NodeProto> nodes;
  private final Steps full;
  private final Steps data;
  private final @Nullable Kept[] known;
  private final Map<List<Long>, Plan> plans = new HashMap<>();
  private volatile boolean sizesDependOnData;

  /** Values that follow from the shapes of the inputs; by slot, null elsewhere. */
  private record Plan(List<@Nullable Kept> values) {
    void release() {
      for (Kept k : values) {
        if (k != null) {
          k.release();
        }
      }
    }
  }

  /**
   * Prepares a part.
   *
   * @param own what the part is called, for names that no other part has
   * @param part a graph whose tensors have the names of the model's
   * @param outputs what it is to make
   * @param fuse whether patterns are fused
   * @throws PerceptException if operators are missing: all are named
   */
  @SuppressWarnings("try") // scopes are there to be closed
  public Program(
      Constants constants, String own, ModelProto part, List<String> outputs, boolean fuse) {
    this.name = constants.model().name();
    this.outputs = List.copyOf(outputs);
    List<NodeProto> needed = needed(Inlining.of(part), outputs);
    requireOperators(needed);
    try (PointerScope scope = new PointerScope();
        NoGradGuard guard = new NoGradGuard()) {
      int opset = constants.model().opset();
      Folding folding = new Folding(constants, opset, part.getGraph().getInitializerList());
      List<NodeProto> left = guarded(() -> folding.fold(needed));
      Statics statics = new Statics(left, folding::isKnown);
      this.nodes = fuse ? new Fusion(left, folding, statics, outputs).nodes() : left;
      part.getGraph().getInputList().forEach(i -> slot(i.getName()));
      for (NodeProto node : nodes) {
        node.getInputList().forEach(this::slot);
        node.getOutputList().forEach(this::slot);
      }
      outputs.forEach(this::slot);
      this.known = new Kept[slots.size()];
      for (Map.Entry<String, Integer> e : slots.entrySet()) {
        if (folding.isKnown(e.getKey())) {
          known[e.getValue()] =
              constants.keep(own, e.getKey(), () -> folding.value(e.getKey()).contiguous());
        }
      }
      List<Step> steps = new ArrayList<>();
      for (NodeProto node : nodes) {
        boolean fixed = statics.isStatic(node);
        steps.add(new Step(node, opset, fixed, constants.precision(), this::slot));
      }
      Set<Integer> kept = new HashSet<>();
      outputs.forEach(o -> kept.add(slot(o)));
      part.getGraph().getInputList().forEach(i -> kept.add(slot(i.getName())));
      this.full = new Steps(steps, kept);
      this.data = new Steps(steps.stream().filter(s -> !s.isStatic()).toList(), kept);
    }
  }

  private int slot(String tensor) {
    return tensor.isEmpty() ? -1 : slots.computeIfAbsent(tensor, t -> slots.size());
  }

  /** The nodes that {@code outputs} need, in order. */
  static List<NodeProto> needed(List<NodeProto> nodes, List<String> outputs) {
    Set<String> wanted = new HashSet<>(outputs);
    List<NodeProto> reversed = new ArrayList<>();
    for (int i = nodes.size() - 1; i >= 0; i--) {
      NodeProto node = nodes.get(i);
      if (node.getOutputList().stream().anyMatch(wanted::contains)) {
        reversed.add(node);
        wanted.addAll(node.getInputList());
      }
    }
    java.util.Collections.reverse(reversed);
    return reversed;
  }

  /** Whether every operator that {@code output} needs is there. */
  public static boolean canMake(ModelProto part, String output) {
    return Operators.missing(needed(Inlining.of(part), List.of(output))).isEmpty();
  }

  private void requireOperators(List<NodeProto> needed) {
    Set<String> missing = Operators.missing(needed);
    if (!missing.isEmpty()) {
      throw new PerceptException(
          name
              + ": gradients cannot pass through "
              + (missing.size() == 1 ? "the operator " : "the operators ")
              + String.join(", ", missing)
              + "; methods that only run the model (occlusion, rise, sobol, hsic, lime) work on it");
    }
  }

  /** The operators that are executed, fused ones by their own names, in order. */
  public List<String> operators() {
    return nodes.stream().map(Operators::key).collect(Collectors.toList());
  }

  /**
   * Executes the part. The caller has opened a {@link PointerScope}, which owns the results, and
   * says by a {@link NoGradGuard} whether gradients are wanted.
   *
   * @param inputs by name, where the graph is computed; not changed
   * @return outputs in the order that was asked for
   * @throws PerceptException if a node cannot be executed
   */
  public List<Tensor> run(Map<String, Tensor> inputs, RectifierRule rule) {
    @Nullable Tensor[] live = new Tensor[slots.size()];
    List<Long> key = new ArrayList<>();
    new java.util.TreeMap<>(inputs)
        .forEach(
            (input, tensor) -> {
              Integer slot = slots.get(input);
              if (slot != null) {
                live[slot] = tensor;
              }
              Arrays.stream(tensor.shape()).forEach(key::add);
              key.add(-1L);
            });
    Plan plan = plan(key);
    @Nullable Kept[] fixed = new Kept[slots.size()];
    Steps steps = plan == null ? full : data;
    Frame frame = new Frame(live, known, plan == null ? Arrays.asList(fixed) : plan.values(), rule);
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.step(i);
      guarded(
          () -> {
            step.run(frame);
            return step;
          });
      steps.release(i, live);
    }
    sizesDependOnData |= frame.readData();
    if (plan == null && !sizesDependOnData) {
      keep(key, frame);
    }
    List<Tensor> results = new ArrayList<>();
    for (String output : outputs) {
      results.add(frame.here(slot(output)));
    }
    return results;
  }

  private synchronized @Nullable Plan plan(List<Long> key) {
    return plans.get(key);
  }

  private synchronized void keep(List<Long> key, Frame frame) {
    if (plans.size() < PLANS && !plans.containsKey(key)) {
      List<@Nullable Kept> values = frame.fixed();
      for (Kept k : values) {
        if (k != null) {
          k.retain();
        }
      }
      plans.put(key, new Plan(values));
    }
  }

  private interface Work<T> {
    T run();
  }

  /** Errors of libtorch are long; the first line says what is wrong. */
  private <T> T guarded(Work<T> work) {
    try {
      return work.run();
    } catch (PerceptException e) {
      throw e;
    } catch (RuntimeException e) {
      throw failure(e);
    }
  }

  /** What libtorch says, as one sentence. */
  public PerceptException failure(RuntimeException e) {
    String message = String.valueOf(e.getMessage()).split("\n", -1)[0].strip();
    return new PerceptException(
        name
            + " cannot be executed with gradients: "
            + message
            + "; methods that only run the model work on it",
        e);
  }

  /** Gives back what it holds beside the constants. It may not be run any more. */
  @Override
  public synchronized void close() {
    plans.values().forEach(Plan::release);
    plans.clear();
  }
}
