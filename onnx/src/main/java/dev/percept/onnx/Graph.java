package dev.percept.onnx;

import dev.percept.core.PerceptException;
import dev.percept.onnx.proto.AttributeProto;
import dev.percept.onnx.proto.GraphProto;
import dev.percept.onnx.proto.NodeProto;
import dev.percept.onnx.proto.TensorProto;
import dev.percept.onnx.proto.ValueInfoProto;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A model's graph in topological order. Nodes are known by their position in {@link #nodes()}.
 * Tensors are known by name, which is unique in a graph.
 */
public final class Graph {
  /** Operators that hand on the numbers they get, perhaps under another type or shape. */
  static final Set<String> HANDS_ON =
      Set.of("Identity", "Cast", "Reshape", "Squeeze", "Unsqueeze", "Dropout");

  private final List<NodeProto> nodes;
  private final Map<String, Integer> producers = new HashMap<>();
  private final Map<String, List<Integer>> consumers = new HashMap<>();
  private final Map<String, TensorProto> initializers = new LinkedHashMap<>();
  private final ValueInfoProto input;
  private final List<ValueInfoProto> outputs;

  private Graph(
      List<NodeProto> nodes, GraphProto proto, ValueInfoProto input, Set<String> initialized) {
    this.nodes = List.copyOf(nodes);
    this.input = input;
    this.outputs = proto.getOutputList();
    for (TensorProto t : proto.getInitializerList()) {
      initializers.put(t.getName(), t);
    }
    for (int i = 0; i < nodes.size(); i++) {
      for (String out : nodes.get(i).getOutputList()) {
        if (!out.isEmpty()) {
          producers.put(out, i);
        }
      }
      for (String in : reads(nodes.get(i))) {
        if (!initialized.contains(in)) {
          consumers.computeIfAbsent(in, k -> new ArrayList<>()).add(i);
        }
      }
    }
  }

  /** Orders and checks the graph of a model file called {@code file}. */
  static Graph of(GraphProto proto, String file) {
    Set<String> initialized = new HashSet<>();
    proto.getInitializerList().forEach(t -> initialized.add(t.getName()));
    proto.getSparseInitializerList().forEach(t -> initialized.add(t.getValues().getName()));
    // Old exporters list weights among the inputs; a real input is one that nothing fills.
    List<ValueInfoProto> inputs =
        proto.getInputList().stream().filter(i -> !initialized.contains(i.getName())).toList();
    if (inputs.size() != 1) {
      String names =
          inputs.stream().map(i -> "'" + i.getName() + "'").collect(Collectors.joining(", "));
      throw new PerceptException(
          inputs.isEmpty()
              ? file + " has no input; export it with the picture as its input"
              : file
                  + " has "
                  + inputs.size()
                  + " inputs ("
                  + names
                  + "); a model of pictures has one, a model of texts takes ids of tokens that"
                  + " choose rows of a table: export it with the others fixed");
    }
    if (proto.getOutputCount() == 0) {
      throw new PerceptException(file + " has no output; export it with its logits as output");
    }
    ValueInfoProto input = inputs.get(0);
    return new Graph(order(proto, input, initialized, file), proto, input, initialized);
  }

  /** Kahn's algorithm, keeping the file's order wherever it is a valid one. */
  private static List<NodeProto> order(
      GraphProto proto, ValueInfoProto input, Set<String> initialized, String file) {
    Set<String> ready = new HashSet<>(initialized);
    ready.add(input.getName());
    Set<String> made = new HashSet<>();
    for (NodeProto node : proto.getNodeList()) {
      for (String out : node.getOutputList()) {
        if (!out.isEmpty() && (!made.add(out) || ready.contains(out))) {
          throw new PerceptException(
              file + " is damaged: tensor '" + out + "' is made twice; export it again");
        }
      }
    }
    List<NodeProto> all = proto.getNodeList();
    Map<String, List<Integer>> waiting = new HashMap<>();
    int[] missing = new int[all.size()];
    PriorityQueue<Integer> next = new PriorityQueue<>();
    for (int i = 0; i < all.size(); i++) {
      for (String in : reads(all.get(i))) {
        if (!ready.contains(in)) {
          waiting.computeIfAbsent(in, k -> new ArrayList<>()).add(i);
          missing[i]++;
        }
      }
      if (missing[i] == 0) {
        next.add(i);
      }
    }
    List<NodeProto> ordered = new ArrayList<>();
    while (!next.isEmpty()) {
      NodeProto node = all.get(next.remove());
      ordered.add(node);
      for (String out : node.getOutputList()) {
        for (int reader : waiting.getOrDefault(out, List.of())) {
          if (--missing[reader] == 0) {
            next.add(reader);
          }
        }
      }
    }
    for (int i = 0; i < all.size(); i++) {
      if (missing[i] > 0) {
        Set<String> absent = new LinkedHashSet<>(reads(all.get(i)));
        absent.removeAll(ready);
        throw new PerceptException(
            file
                + " is damaged: node '"
                + label(all.get(i))
                + "' reads "
                + absent
                + ", which nothing makes before it; export it again");
      }
    }
    return ordered;
  }

  /** What a node reads: its inputs, and what its nested graphs (If, Loop) take from outside. */
  static Set<String> reads(NodeProto node) {
    Set<String> reads = new LinkedHashSet<>(node.getInputList());
    reads.remove("");
    for (AttributeProto a : node.getAttributeList()) {
      if (a.hasG()) {
        reads.addAll(captured(a.getG()));
      }
      for (GraphProto g : a.getGraphsList()) {
        reads.addAll(captured(g));
      }
    }
    return reads;
  }

  private static Set<String> captured(GraphProto nested) {
    Set<String> own = new HashSet<>();
    nested.getInputList().forEach(i -> own.add(i.getName()));
    nested.getInitializerList().forEach(t -> own.add(t.getName()));
    nested.getSparseInitializerList().forEach(t -> own.add(t.getValues().getName()));
    Set<String> outer = new LinkedHashSet<>();
    for (NodeProto node : nested.getNodeList()) {
      for (String in : reads(node)) {
        if (!own.contains(in)) {
          outer.add(in);
        }
      }
      own.addAll(node.getOutputList());
    }
    for (ValueInfoProto out : nested.getOutputList()) {
      if (!own.contains(out.getName())) {
        outer.add(out.getName());
      }
    }
    return outer;
  }

  /** A node's name, or its operator and what it makes where it has none. */
  static String label(NodeProto node) {
    return node.getName().isEmpty()
        ? node.getOpType() + " -> " + String.join(", ", node.getOutputList())
        : node.getName();
  }

  /** The nodes in topological order. */
  public List<NodeProto> nodes() {
    return nodes;
  }

  /** The one input that is no weight. */
  public ValueInfoProto input() {
    return input;
  }

  /** The name of the input. */
  public String inputName() {
    return input.getName();
  }

  /** The outputs as declared. */
  public List<ValueInfoProto> outputs() {
    return outputs;
  }

  /** The weights by name. */
  public Map<String, TensorProto> initializers() {
    return initializers;
  }

  /** The position of the node that makes {@code tensor}; -1 for the input and for weights. */
  public int producer(String tensor) {
    return producers.getOrDefault(tensor, -1);
  }

  /** The node that makes {@code tensor}; null for the input and for weights. */
  public @Nullable NodeProto maker(String tensor) {
    int at = producer(tensor);
    return at < 0 ? null : nodes.get(at);
  }

  /** The positions of the nodes that read {@code tensor}, in order. */
  public List<Integer> consumers(String tensor) {
    return consumers.getOrDefault(tensor, List.of());
  }

  /** The values of {@code tensor} if the file fixes them: a weight or a Constant node. */
  public @Nullable TensorProto constant(String tensor) {
    TensorProto weight = initializers.get(tensor);
    if (weight != null) {
      return weight;
    }
    NodeProto node = maker(tensor);
    return node == null || !node.getOpType().equals("Constant") ? null : value(node);
  }

  /**
   * What a node makes where that is fixed and not changed: by a Constant, or by an operator that
   * hands on one of {@code known}.
   */
  static @Nullable TensorProto constant(NodeProto node, Map<String, TensorProto> known) {
    if (node.getOpType().equals("Constant")) {
      return value(node);
    }
    boolean handsOn = node.getOpType().equals("Identity") || node.getOpType().equals("Cast");
    return handsOn && node.getInputCount() > 0 ? known.get(node.getInput(0)) : null;
  }

  /** The values of a Constant node. */
  static @Nullable TensorProto value(NodeProto node) {
    String tensor = node.getOutput(0);
    TensorProto value = Attributes.tensor(node, "value");
    if (value != null) {
      return value;
    }
    if (Attributes.has(node, "value_int")) {
      return TensorData.scalar(tensor, Attributes.integer(node, "value_int", 0));
    }
    if (Attributes.has(node, "value_float")) {
      return TensorData.scalar(tensor, Attributes.number(node, "value_float", 0));
    }
    long[] ints = Attributes.integers(node, "value_ints");
    return ints == null ? null : TensorData.of(tensor, ints);
  }
}
