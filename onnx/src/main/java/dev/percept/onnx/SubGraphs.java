package dev.percept.onnx;

import dev.percept.core.Grid;
import dev.percept.core.PerceptException;
import dev.percept.core.TextModel;
import dev.percept.onnx.proto.GraphProto;
import dev.percept.onnx.proto.ModelProto;
import dev.percept.onnx.proto.NodeProto;
import dev.percept.onnx.proto.TensorProto;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Cuts a model into models of their own: g, h, h∘decode and the uncut f. Activations go in and out
 * as n x L x p, whatever the layout inside; pictures go in as n x C x H x W. Weights in external
 * files stay there.
 */
public final class SubGraphs {
  /** The input of g and f, n x C x H x W. */
  public static final String INPUT = "percept.input";

  /** Activations n x L x p: an output of g, the input of h. */
  public static final String ACTIVATIONS = "percept.activations";

  /** Their mean over the places, n x p: an output of g. Other tokens have no part in it. */
  public static final String POOLED = "percept.pooled";

  /** Codes n x L x r: an input of h∘decode. */
  public static final String CODES = "percept.codes";

  /** W, r x p: an input of h∘decode. */
  public static final String ATOMS = "percept.atoms";

  /** b, p values: an input of h∘decode. */
  public static final String OFFSET = "percept.offset";

  /** Activations n x L x p at a later cut: the output of what lies between two. */
  public static final String ONWARD = "percept.onward";

  /** The logits: the output of h, h∘decode and f. */
  public static final String LOGITS = "percept.logits";

  private static final int FOUR_IR = 4;

  private final OnnxModel model;
  private final Graph graph;
  private final TensorShapes shapes;
  private final int batch;

  /** Sub-graphs of {@code model}. */
  public SubGraphs(OnnxModel model, TensorShapes shapes) {
    this.model = model;
    this.graph = model.graph();
    this.shapes = shapes;
    long fixed = shapes.fixedBatch();
    this.batch = fixed > 0 ? (int) fixed : OnnxBuilder.DYNAMIC;
  }

  /**
   * Axes of what goes in, without the batch: a picture, channels first, or a text's rows, as long
   * as it may be.
   */
  public int[] inputDims() {
    List<Dim> dims = shapes.input();
    if (model.texts() != null) {
      return new int[] {TextModel.ROWS, shapes.maxTokens()};
    }
    int[] out = new int[dims.size() - 1];
    for (int i = 0; i < out.length; i++) {
      out[i] = (int) dims.get(i + 1).fixed();
    }
    return channelsLast() ? new int[] {out[2], out[0], out[1]} : out;
  }

  private boolean channelsLast() {
    return InputAxes.channelsLast(shapes.input().stream().mapToLong(d -> d.at(1)).toArray());
  }

  /** {@link #INPUT} to each of {@code tensors}, under their own names. */
  public ModelProto probe(List<String> tensors) {
    Pieces out = new Pieces(model.opset());
    input(out);
    Set<Integer> done = new TreeSet<>();
    for (String tensor : tensors) {
      done.addAll(needed(Set.of(graph.inputName()), tensor));
    }
    copy(out, Set.of(graph.inputName()), done);
    tensors.forEach(out::output);
    return build(out);
  }

  /** f: {@link #INPUT} to {@link #LOGITS}, without a softmax at its end. */
  public ModelProto whole(Logits logits) {
    Pieces out = new Pieces(model.opset());
    input(out);
    copy(out, Set.of(graph.inputName()), logits.tensor());
    logits(out, logits);
    return build(out);
  }

  /** g: {@link #INPUT} to {@link #ACTIVATIONS} and {@link #POOLED}. */
  public ModelProto front(Cut cut) {
    Pieces out = new Pieces(model.opset());
    input(out);
    copy(out, Set.of(graph.inputName()), cut.tensor());
    String values = laidOut(out, cut, ACTIVATIONS);
    int rank = rank(cut);
    if (rank == 4 && cut.channelAxis() == 1) {
      // The pooling of the model's own layout: it costs nothing beside the network.
      out.node("GlobalAveragePool", "percept.mean", Map.of(), values);
      out.reshape("percept.mean", POOLED, 0, cut.features());
    } else {
      out.meanOfAxis1(places(out, cut), POOLED);
    }
    out.output(ACTIVATIONS);
    out.output(POOLED);
    return build(out);
  }

  /** The activations that are places of the picture. */
  private static String places(Pieces out, Cut cut) {
    Grid grid = cut.grid();
    if (grid == null || grid.specials() == 0) {
      return ACTIVATIONS;
    }
    out.rangeOfAxis1(
        ACTIVATIONS, "percept.patches", grid.location(0), grid.location(grid.places()));
    return "percept.patches";
  }

  /**
   * What lies between two clean cuts: {@link #ACTIVATIONS} at the earlier to {@link #ONWARD}, those
   * at the later.
   */
  public ModelProto between(Cut earlier, Cut later) {
    Pieces out = new Pieces(model.opset());
    out.input(ACTIVATIONS, batch, earlier.locations(), earlier.features());
    back(out, earlier, ACTIVATIONS);
    copy(out, Set.of(earlier.tensor()), later.tensor());
    laidOut(out, later, ONWARD);
    out.output(ONWARD);
    return build(out);
  }

  /** Names a cut's values, n x L x p, {@code to}; returns them in the model's own layout. */
  String laidOut(Pieces out, Cut cut, String to) {
    String values = out.castToFloat(cut.tensor(), shapes.type(cut.tensor()));
    String last = out.channelsToEnd(values, rank(cut), cut.channelAxis());
    out.reshape(last, to, 0, cut.locations(), cut.features());
    return values;
  }

  /** h: {@link #ACTIVATIONS} to {@link #LOGITS}. */
  public ModelProto head(Cut cut, Logits logits) {
    Pieces out = new Pieces(model.opset());
    out.input(ACTIVATIONS, batch, cut.locations(), cut.features());
    behind(out, cut, ACTIVATIONS, logits);
    return build(out);
  }

  /** h∘decode: {@link #CODES}, {@link #ATOMS} and {@link #OFFSET} to {@link #LOGITS}. */
  public ModelProto headOfCodes(Cut cut, Logits logits) {
    Pieces out = new Pieces(model.opset());
    out.input(CODES, batch, cut.locations(), OnnxBuilder.DYNAMIC);
    // The open axis of the codes is called D2: r is the same in both.
    out.input(Types.matrix(ATOMS, "D2", cut.features()));
    out.input(OFFSET, cut.features());
    out.node("MatMul", "percept.product", Map.of(), CODES, ATOMS);
    out.node("Add", "percept.decoded", Map.of(), "percept.product", OFFSET);
    behind(out, cut, "percept.decoded", logits);
    return build(out);
  }

  private void behind(Pieces out, Cut cut, String activations, Logits logits) {
    back(out, cut, activations);
    copy(out, Set.of(cut.tensor()), logits.tensor());
    logits(out, logits);
  }

  /** Makes the tensor of a cut, in the model's own layout, from n x L x p. */
  private void back(Pieces out, Cut cut, String activations) {
    int rank = rank(cut);
    int axis = cut.channelAxis();
    List<Dim> dims = cut.dims();
    if (dims == null) {
      throw new IllegalStateException(cut.tensor() + ": no shape");
    }
    long[] inside = new long[rank];
    int next = 1;
    for (int i = 1; i < rank; i++) {
      if (i != axis) {
        inside[next++] = dims.get(i).fixed();
      }
    }
    inside[rank - 1] = cut.features();
    // Batch 0 keeps what there is; 0 elsewhere cannot be: usable cuts have no empty axis.
    String last = "percept.places";
    out.reshape(activations, last, inside);
    String back = out.channelsBack(last, rank, axis);
    out.castTo(back, cut.tensor(), shapes.type(cut.tensor()));
    out.batchOf(activations);
  }

  private static int rank(Cut cut) {
    List<Dim> dims = cut.dims();
    return dims == null ? 0 : dims.size();
  }

  void input(Pieces out) {
    int[] dims = inputDims();
    int[] all = new int[dims.length + 1];
    all[0] = batch;
    System.arraycopy(dims, 0, all, 1, dims.length);
    if (model.texts() != null && shapes.fixedTokens() == 0) {
      all[2] = OnnxBuilder.DYNAMIC;
    }
    out.input(INPUT, all);
    String laidOut = INPUT;
    if (channelsLast()) {
      laidOut = "percept.channelsLast";
      out.node("Transpose", laidOut, Map.of("perm", new long[] {0, 2, 3, 1}), INPUT);
    }
    out.castTo(laidOut, graph.inputName(), shapes.type(graph.inputName()));
  }

  private void logits(Pieces out, Logits logits) {
    String tensor = logits.tensor();
    String values = out.castToFloat(tensor, shapes.type(tensor));
    out.node("Identity", LOGITS, Map.of(), values);
    out.output(LOGITS);
  }

  /** Copies the nodes that make {@code target} from {@code given}. */
  void copy(Pieces out, Set<String> given, String target) {
    copy(out, given, needed(given, target));
  }

  /** The nodes that make {@code target} from {@code given}, in order. */
  Set<Integer> needed(Set<String> given, String target) {
    Set<String> seen = new HashSet<>();
    Set<Integer> nodes = new TreeSet<>();
    List<String> open = new ArrayList<>(List.of(target));
    while (!open.isEmpty()) {
      String tensor = open.remove(open.size() - 1);
      if (given.contains(tensor) || !seen.add(tensor)) {
        continue;
      }
      if (tensor.equals(graph.inputName())) {
        throw new PerceptException(
            "'"
                + given.iterator().next()
                + "' cannot be cut at: what follows needs the size of an earlier tensor, which"
                + " is not known; choose another with --layer");
      }
      int at = graph.producer(tensor);
      if (at >= 0 && nodes.add(at) && !isFrozen(graph.nodes().get(at), given)) {
        open.addAll(Graph.reads(graph.nodes().get(at)));
      }
    }
    return nodes;
  }

  private void copy(Pieces out, Set<String> given, Set<Integer> nodes) {
    copyWeights(out, read(given, nodes));
    copyNodes(out, given, nodes);
  }

  /** What {@code nodes} read. */
  Set<String> read(Set<String> given, Set<Integer> nodes) {
    Set<String> read = new HashSet<>();
    for (int at : nodes) {
      if (!isFrozen(graph.nodes().get(at), given)) {
        read.addAll(Graph.reads(graph.nodes().get(at)));
      }
    }
    return read;
  }

  void copyWeights(Pieces out, Set<String> read) {
    for (TensorProto t : graph.initializers().values()) {
      if (read.contains(t.getName())) {
        out.initializer(t);
      }
    }
  }

  void copyNodes(Pieces out, Set<String> given, Set<Integer> nodes) {
    for (int at : nodes) {
      NodeProto node = graph.nodes().get(at);
      if (isFrozen(node, given)) {
        freeze(out, node);
      } else {
        out.copy(node);
      }
    }
  }

  /**
   * Whether a node behind a cut asks for the size of a tensor, which may lie before it: the answer
   * is known up to the batch.
   */
  private boolean isFrozen(NodeProto node, Set<String> given) {
    return node.getOpType().equals("Shape")
        && Operators.isStandard(node.getDomain())
        && !given.contains(graph.inputName())
        && isKnown(node.getInput(0));
  }

  /** How long the texts are is not known behind a cut. */
  private boolean isKnown(String tensor) {
    List<Dim> dims = shapes.dims(tensor);
    return dims != null && dims.stream().noneMatch(Dim::countsTokens);
  }

  private void freeze(Pieces out, NodeProto node) {
    List<Dim> dims = shapes.dims(node.getInput(0));
    if (dims == null) {
      throw new IllegalStateException(node.getInput(0) + ": no shape");
    }
    int rank = dims.size();
    int from = ShapeMath.axis(Attributes.integer(node, "start", 0), rank);
    int to = ShapeMath.axis(Attributes.integer(node, "end", rank), rank);
    from = Math.min(Math.max(from, 0), rank);
    out.sizes(node.getOutput(0), dims.subList(from, Math.min(Math.max(to, from), rank)));
  }

  ModelProto build(Pieces pieces) {
    ModelProto from = model.proto();
    GraphProto.Builder built = pieces.graph().setName("percept");
    // From version 4 on weights need not be inputs, so the engine may fold them into constants.
    return ModelProto.newBuilder()
        .setIrVersion(Math.max(FOUR_IR, from.getIrVersion()))
        .setProducerName("percept")
        .setGraph(built)
        .addAllOpsetImport(from.getOpsetImportList())
        .addAllFunctions(from.getFunctionsList())
        .build();
  }
}
