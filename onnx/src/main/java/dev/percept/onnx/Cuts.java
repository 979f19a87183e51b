package dev.percept.onnx;

import dev.percept.core.PerceptException;
import dev.percept.onnx.proto.NodeProto;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Where a model can be cut, and where {@code auto} cuts it. */
public final class Cuts {
  /** The name under which the cut is found. */
  public static final String AUTO = "auto";

  private static final int CROSSINGS_NAMED = 3;

  /** Operators that hand on the values they get, perhaps arranged in another way. */
  private static final Set<String> SAME_VALUES =
      Set.of(
          "Identity",
          "Dropout",
          "Cast",
          "Reshape",
          "Flatten",
          "Squeeze",
          "Unsqueeze",
          "Transpose",
          "Pad");

  private final OnnxModel model;
  private final TensorShapes shapes;
  private final Logits logits;
  private final Map<String, Cut> cuts = new LinkedHashMap<>();
  private final @Nullable TextCuts texts;
  private final @Nullable Cut auto;

  private Cuts(OnnxModel model, TensorShapes shapes, Logits logits) {
    this.model = model;
    this.shapes = shapes;
    this.logits = logits;
    this.texts = model.texts() == null ? null : new TextCuts(model, shapes, logits);
    Graph graph = model.graph();
    Signs signs = new Signs(graph);
    ChannelAxes channels = new ChannelAxes(graph, shapes);
    TokenLayouts layouts = new TokenLayouts(graph, shapes, channels);
    Map<String, List<String>> crossings = new Paths(graph, logits.tensor()).crossings();
    PatchReach reach = new PatchReach(graph, shapes, layouts, crossings.keySet(), logits.tensor());
    Locations locations = new Locations(shapes, channels, layouts);
    crossings.forEach(
        (tensor, crossing) -> {
          if (!tensor.equals(logits.tensor())) {
            add(tensor, crossing, signs, locations, reach);
          }
        });
    this.auto =
        texts == null
            ? pick(new Attentions(graph, crossings.keySet()))
            : texts.pick(cuts, logits.tensor());
  }

  /**
   * The cuts of a model.
   *
   * @throws PerceptException if its input or its output is not clear; the sentence says which
   *     option makes it so
   */
  public static Cuts of(OnnxModel model, CutOptions options) {
    TensorShapes shapes = TensorShapes.of(model, options);
    return of(model, options, shapes);
  }

  /** As {@link #of(OnnxModel, CutOptions)}, with shapes that somebody has completed. */
  public static Cuts of(OnnxModel model, CutOptions options, TensorShapes shapes) {
    Logits logits = Logits.of(model, shapes, options);
    Cuts cuts = new Cuts(model, shapes, logits);
    if (cuts.cuts.isEmpty() && !Graph.reads(cuts.lastNode()).contains(model.graph().inputName())) {
      throw new PerceptException(
          model.name()
              + ": output '"
              + logits.output()
              + "' does not depend on the input; choose another with --output");
    }
    return cuts;
  }

  private NodeProto lastNode() {
    return model.graph().nodes().get(model.graph().producer(logits.tensor()));
  }

  private void add(
      String tensor, List<String> crossing, Signs signs, Locations locations, PatchReach reach) {
    NodeProto maker = model.graph().maker(tensor);
    if (maker == null || TextAdapter.isOwn(tensor)) {
      return;
    }
    ElementType type = shapes.type(tensor);
    if (!type.isFloating() && type != ElementType.OTHER) {
      return;
    }
    Locations.Found found = locations.of(tensor);
    cuts.put(
        tensor,
        new Cut(
            tensor,
            maker.getName(),
            maker.getOpType(),
            shapes.dims(tensor),
            found.features(),
            found.grid(),
            found.layout(),
            reach.reaches(tensor),
            crossing,
            signs.isNonNegative(tensor)));
  }

  /**
   * The last clean spatial tensor before the head; the last non-negative one instead, unless there
   * is attention between the two: the ReLU in the convolutional stem of a transformer has not yet
   * seen what the network makes of the picture. Where the head reads the class token alone, all
   * that is before the last attention: behind it no concept of a patch could matter.
   */
  private @Nullable Cut pick(Attentions attentions) {
    Cut lastSpatial = null;
    Cut lastNonNegative = null;
    for (Cut cut : cuts.values()) {
      if (!cut.clean() || !cut.usable()) {
        continue;
      }
      if (cut.spatial() && !cut.reaches()) {
        continue;
      }
      if (cut.spatial()) {
        lastSpatial = cut;
        lastNonNegative = cut.nonNegative() ? cut : lastNonNegative;
      } else if (lastSpatial != null) {
        // The places have been pooled away: what follows is the head.
        break;
      }
    }
    if (lastSpatial == null) {
      return null;
    }
    boolean late =
        lastNonNegative != null
            && !attentions.between(lastNonNegative.tensor(), lastSpatial.tensor());
    return origin(late && lastNonNegative != null ? lastNonNegative : lastSpatial);
  }

  /** The tensor whose values {@code cut} hands on: the ReLU rather than the Identity behind it. */
  Cut origin(Cut cut) {
    Cut at = cut;
    while (SAME_VALUES.contains(at.operator())) {
      NodeProto maker = model.graph().maker(at.tensor());
      Cut before = maker == null ? null : cuts.get(maker.getInput(0));
      boolean same =
          before != null
              && before.clean()
              && before.spatial()
              && before.nonNegative() == at.nonNegative()
              && before.features() == at.features()
              && before.locations() == at.locations();
      if (before == null || !same) {
        return at;
      }
      at = before;
    }
    return at;
  }

  /** The model. */
  public OnnxModel model() {
    return model;
  }

  /** The shapes of its tensors. */
  public TensorShapes shapes() {
    return shapes;
  }

  /** What is explained. */
  public Logits logits() {
    return logits;
  }

  /** What the head of a model of texts reads; null for other models and where it is not clear. */
  public @Nullable Pooling pooling() {
    return texts == null ? null : texts.pooling();
  }

  /** The axes of a tensor that count the tokens of a text. */
  Set<Integer> tokenAxes(String tensor) {
    return texts == null ? Set.of() : texts.tokenAxes(tensor);
  }

  /** The tensors between input and logits in topological order, clean and unclean. */
  public List<Cut> all() {
    return List.copyOf(cuts.values());
  }

  /** The cut that {@link #AUTO} takes; null where no clean tensor has more than one location. */
  public @Nullable Cut auto() {
    return auto;
  }

  /**
   * The cut at {@code layer}: {@link #AUTO}, a tensor, or a node that makes one tensor.
   *
   * @throws PerceptException if there is none of that name (the nearest are named), a path goes
   *     around it (what crosses is named) or its shape has no features and locations
   */
  public Cut find(String layer) {
    if (layer.equals(AUTO)) {
      if (auto == null) {
        throw new PerceptException(
            model.name()
                + (texts == null
                    ? ": no tensor with more than one location is crossed by every path"
                    : ": no tensor between the tokens and the logits is crossed by every path"
                        + texts.instead(null))
                + "; see 'percept inspect' and choose one with --layer");
      }
      return auto;
    }
    Cut cut = named(layer);
    if (texts != null) {
      texts.refuse(cut, auto);
    }
    if (!cut.clean()) {
      throw new PerceptException(
          "'"
              + layer
              + "' is no clean cut: "
              + crossing(cut)
              + "; see 'percept inspect' for the clean ones"
              + (auto == null ? "" : ", for example '" + auto.tensor() + "'")
              + (texts == null ? "" : texts.instead(null)));
    }
    if (!cut.usable()) {
      throw new PerceptException(
          "'"
              + layer
              + "' has the shape "
              + cut.shape()
              + ", needed is a batch axis, features and locations; see 'percept inspect' for"
              + " others");
    }
    return cut;
  }

  private Cut named(String layer) {
    Cut exact = cuts.get(layer);
    if (exact != null) {
      return exact;
    }
    List<Cut> byNode = cuts.values().stream().filter(c -> c.node().equals(layer)).toList();
    if (byNode.size() == 1) {
      return byNode.get(0);
    }
    List<String> possible =
        cuts.values().stream().filter(c -> c.clean() && c.usable()).map(Cut::tensor).toList();
    List<String> nearest =
        Nearest.of(layer, possible.isEmpty() ? List.copyOf(cuts.keySet()) : possible);
    boolean beyond = model.graph().producer(layer) >= 0 || layer.equals(model.graph().inputName());
    throw new PerceptException(
        (beyond
                ? "'" + layer + "' does not lie between the input and the logits"
                : "no tensor '" + layer + "'")
            + (nearest.isEmpty()
                ? "; this model has no tensor at which it can be cut"
                : "; nearest: " + String.join(", ", nearest) + " ('percept inspect' lists all)")
            + (texts == null || !beyond ? "" : texts.instead(null)));
  }

  private static String crossing(Cut cut) {
    List<String> names = cut.crossing();
    String some =
        names.stream()
            .limit(CROSSINGS_NAMED)
            .map(n -> "'" + n + "'")
            .collect(Collectors.joining(", "));
    int more = names.size() - CROSSINGS_NAMED;
    return some
        + (more > 0 ? " and " + more + " more" : "")
        + (names.size() == 1 ? " goes around it" : " go around it");
  }
}
