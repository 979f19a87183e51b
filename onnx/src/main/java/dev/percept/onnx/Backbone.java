package dev.percept.onnx;

import com.google.protobuf.ByteString;
import dev.percept.core.Grid;
import dev.percept.core.PerceptException;
import dev.percept.core.Tensor;
import dev.percept.onnx.proto.ModelProto;
import dev.percept.onnx.proto.StringStringEntryProto;
import dev.percept.onnx.proto.TensorProto;
import dev.percept.onnx.proto.ValueInfoProto;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A network up to a tensor of features, with the way in which that becomes one vector an input:
 * what a linear classifier is trained on, and what a model with that classifier is written from.
 */
public final class Backbone {
  /** The features: the output of {@link #features()}. */
  public static final String FEATURES = "percept.features";

  /** The output of {@link #withHead}. */
  public static final String LOGITS = "logits";

  private static final String PREFIX = "percept.head.";

  /** How locations become one vector. */
  public enum Pool {
    /** There is one vector already. */
    NONE,
    /** The mean of all places: a feature map, or patch tokens. */
    MEAN,
    /** The class token. */
    CLASS,
    /** The class token, then the mean of the patch tokens. */
    BOTH
  }

  private final OnnxModel model;
  private final TensorShapes shapes;
  private final SubGraphs parts;
  private final String tensor;
  private final List<Dim> dims;
  private final int axis;
  private final Grid grid;
  private final Pool pooling;

  private Backbone(
      OnnxModel model,
      TensorShapes shapes,
      String tensor,
      List<Dim> dims,
      int axis,
      Grid grid,
      Pool pooling) {
    this.model = model;
    this.shapes = shapes;
    this.parts = new SubGraphs(model, shapes);
    this.tensor = tensor;
    this.dims = dims;
    this.axis = axis;
    this.grid = grid;
    this.pooling = pooling;
  }

  /**
   * Finds the features of a model.
   *
   * @param shapes of its tensors, as far as they are known
   * @param output any tensor between the input and the end; null to take the only output
   * @param wanted how they are pooled; null for {@code BOTH} where there is a class token, {@code
   *     MEAN} where there are other locations
   * @throws PerceptException if it is not clear which tensor holds the features, it has another
   *     shape than features have, or it cannot be pooled so
   */
  public static Backbone of(
      OnnxModel model, TensorShapes shapes, @Nullable String output, @Nullable Pool wanted) {
    Graph graph = model.graph();
    String tensor = output == null ? only(model, shapes) : output;
    if (graph.producer(tensor) < 0 || !Paths.forward(graph).contains(tensor)) {
      List<String> made = new ArrayList<>(Paths.forward(graph));
      made.remove(graph.inputName());
      throw new PerceptException(
          "no tensor '"
              + tensor
              + "' that depends on the input of "
              + model.name()
              + "; nearest: "
              + String.join(", ", Nearest.of(tensor, made.stream().sorted().toList()))
              + " ('percept inspect' lists all)");
    }
    ChannelAxes channels = new ChannelAxes(graph, shapes);
    Locations.Found found =
        new Locations(shapes, channels, new TokenLayouts(graph, shapes, channels)).of(tensor);
    List<Dim> dims = shapes.dims(tensor);
    Grid grid = found.grid();
    if (dims == null || grid == null) {
      throw new PerceptException(
          "'"
              + tensor
              + "' has the shape "
              + Dim.words(dims)
              + "; features are n x p, n x p x H x W or n x tokens x p: choose another tensor with"
              + " --output ('percept inspect' lists them)");
    }
    return new Backbone(
        model, shapes, tensor, dims, found.features(), grid, pooling(tensor, dims, grid, wanted));
  }

  private static String only(OnnxModel model, TensorShapes shapes) {
    List<String> names = model.graph().outputs().stream().map(ValueInfoProto::getName).toList();
    if (names.size() == 1) {
      return names.get(0);
    }
    throw new PerceptException(
        model.name()
            + " has several outputs ("
            + names.stream()
                .map(n -> "'" + n + "' " + Dim.words(shapes.dims(n)))
                .collect(Collectors.joining(", "))
            + "); say which holds the features with --output");
  }

  private static Pool pooling(String tensor, List<Dim> dims, Grid grid, @Nullable Pool wanted) {
    boolean token = grid.leading() > 0;
    if (wanted == null) {
      return dims.size() == 2 ? Pool.NONE : token ? Pool.BOTH : Pool.MEAN;
    }
    boolean fits =
        switch (wanted) {
          case NONE -> dims.size() == 2;
          case MEAN -> dims.size() > 2;
          case CLASS, BOTH -> token;
        };
    if (!fits) {
      throw new PerceptException(
          "'"
              + tensor
              + "' ("
              + Dim.words(dims)
              + ") "
              + (wanted == Pool.MEAN
                  ? "has one location, so there is no mean of several"
                  : wanted == Pool.NONE
                      ? "has several locations, which must be pooled"
                      : "has no class token that the graph shows")
              + "; leave --pool out, or choose another tensor with --output");
    }
    return wanted;
  }

  /** The tensor of the features. */
  public String tensor() {
    return tensor;
  }

  /** Its axes in words. */
  public String shape() {
    return Dim.words(dims);
  }

  /** How it is pooled. */
  public Pool pooling() {
    return pooling;
  }

  /** p, the number of features after pooling. */
  public int size() {
    int p = (int) dims.get(axis).fixed();
    return pooling == Pool.BOTH ? 2 * p : p;
  }

  /** The shape of one input: channels first, without the batch. */
  public int[] inputDims() {
    return parts.inputDims();
  }

  /** The places of the features, whatever the pooling; other tokens are not among them. */
  public Grid places() {
    return grid.ofPlaces();
  }

  /** The number of features at a place. */
  public int atPlace() {
    return (int) dims.get(axis).fixed();
  }

  /** The batch that the file fixes; 0 where any will do. */
  public int fixedBatch() {
    return (int) shapes.fixedBatch();
  }

  /** {@link SubGraphs#INPUT} to {@link #FEATURES}, n x p. Large weights stay where they are. */
  public ModelProto features() {
    Pieces out = new Pieces(model.opset());
    parts.input(out);
    parts.copy(out, Set.of(model.graph().inputName()), tensor);
    pool(out, FEATURES);
    out.output(FEATURES);
    return parts.build(out);
  }

  /** {@link SubGraphs#INPUT} to {@link #FEATURES}, not pooled: n x places x p. */
  public ModelProto map() {
    Pieces out = new Pieces(model.opset());
    parts.input(out);
    parts.copy(out, Set.of(model.graph().inputName()), tensor);
    String values = out.castToFloat(tensor, shapes.type(tensor));
    String all = grid.specials() == 0 ? FEATURES : PREFIX + "locations";
    out.reshape(out.channelsToEnd(values, dims.size(), axis), all, 0, grid.size(), atPlace());
    if (grid.specials() > 0) {
      out.rangeOfAxis1(all, FEATURES, grid.location(0), grid.location(grid.places()));
    }
    out.output(FEATURES);
    return parts.build(out);
  }

  /**
   * The network with a linear classifier on its features, whole and in one file; its input is that
   * of the original, its output {@value #LOGITS}.
   *
   * @param weights classes x p
   * @param bias one a class
   * @param metadata texts that are added to those of the original
   */
  public ModelProto withHead(Tensor weights, Tensor bias, Map<String, String> metadata) {
    if (weights.shape().rank() != 2 || weights.shape().dim(1) != size()) {
      throw new IllegalArgumentException(
          "weights: expected classes x " + size() + ", found " + weights.shape());
    }
    Pieces out = new Pieces(model.opset());
    out.input(model.graph().input());
    parts.copy(out, Set.of(model.graph().inputName()), tensor);
    pool(out, PREFIX + "features");
    String logits = free(out);
    out.initializer(TensorData.of(PREFIX + "weight", weights));
    out.initializer(TensorData.of(PREFIX + "bias", bias));
    out.node(
        "Gemm",
        logits,
        Map.of("transB", 1),
        PREFIX + "features",
        PREFIX + "weight",
        PREFIX + "bias");
    ModelProto.Builder built = parts.build(out).toBuilder();
    built
        .getGraphBuilder()
        .addOutput(
            Types.info(
                logits,
                ElementType.FLOAT,
                fixedBatch() > 0 ? fixedBatch() : OnnxBuilder.DYNAMIC,
                weights.rows()));
    for (int i = 0; i < built.getGraph().getInitializerCount(); i++) {
      built.getGraphBuilder().setInitializer(i, whole(built.getGraph().getInitializer(i)));
    }
    Map<String, String> all = new TreeMap<>(model.metadata());
    all.putAll(metadata);
    all.forEach(
        (k, v) ->
            built.addMetadataProps(StringStringEntryProto.newBuilder().setKey(k).setValue(v)));
    return built.build();
  }

  /** The usual name, unless the part of the network that is kept has a tensor of that name. */
  private static String free(Pieces kept) {
    boolean taken =
        kept.graph().getNodeList().stream().anyMatch(n -> n.getOutputList().contains(LOGITS))
            || kept.graph().getInitializerList().stream().anyMatch(t -> t.getName().equals(LOGITS));
    return taken ? PREFIX + LOGITS : LOGITS;
  }

  /** A weight with its values in itself. */
  private TensorProto whole(TensorProto t) {
    return TensorData.isExternal(t)
        ? t.toBuilder()
            .clearExternalData()
            .clearDataLocation()
            .setRawData(ByteString.copyFrom(model.weight(t)))
            .build()
        : t;
  }

  private void pool(Pieces out, String to) {
    String values = out.castToFloat(tensor, shapes.type(tensor));
    if (pooling == Pool.NONE) {
      out.node("Identity", to, Map.of(), values);
      return;
    }
    if (dims.size() == 4 && axis == 1) {
      out.node("GlobalAveragePool", PREFIX + "mean", Map.of(), values);
      out.node("Flatten", to, Map.of("axis", 1), PREFIX + "mean");
      return;
    }
    int p = (int) dims.get(axis).fixed();
    String last = out.channelsToEnd(values, dims.size(), axis);
    out.reshape(last, PREFIX + "locations", 0, grid.size(), p);
    List<String> made = new ArrayList<>();
    if (pooling != Pool.MEAN) {
      out.rangeOfAxis1(PREFIX + "locations", PREFIX + "first", 0, 1);
      made.add(PREFIX + "first");
    }
    if (pooling != Pool.CLASS) {
      out.rangeOfAxis1(
          PREFIX + "locations", PREFIX + "places", grid.location(0), grid.location(grid.places()));
      out.meanOfAxis1(PREFIX + "places", PREFIX + "mean");
      made.add(PREFIX + "mean");
    }
    if (pooling == Pool.BOTH) {
      out.reshape(PREFIX + "first", PREFIX + "token", 0, p);
      out.node("Concat", to, Map.of("axis", 1), PREFIX + "token", PREFIX + "mean");
    } else {
      out.reshape(made.get(0), to, 0, p);
    }
  }
}
