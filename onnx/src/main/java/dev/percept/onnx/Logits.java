package dev.percept.onnx;

import dev.percept.core.PerceptException;
import dev.percept.onnx.proto.NodeProto;
import dev.percept.onnx.proto.ValueInfoProto;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is explained: the tensor of the logits.
 *
 * @param tensor its name
 * @param output the model's output that it leads to
 * @param stripped the operator between the two that is left off ({@code Softmax}, {@code
 *     LogSoftmax}, {@code Sigmoid}); null where there is none
 */
public record Logits(String tensor, String output, @Nullable String stripped) {
  private static final Set<String> PROBABILITIES = Set.of("Softmax", "LogSoftmax", "Sigmoid");
  private static final Set<String> SAME_VALUES =
      Set.of("Identity", "Reshape", "Flatten", "Cast", "Squeeze", "Unsqueeze", "Dropout");

  static Logits of(OnnxModel model, TensorShapes shapes, CutOptions options) {
    Graph graph = model.graph();
    String output = choose(model, shapes, options);
    if (graph.producer(output) < 0) {
      throw new PerceptException(
          model.name() + ": output '" + output + "' is not computed; choose another with --output");
    }
    String at = output;
    NodeProto maker = graph.maker(at);
    while (maker != null && SAME_VALUES.contains(maker.getOpType())) {
      at = maker.getInput(0);
      maker = graph.maker(at);
    }
    if (maker != null
        && PROBABILITIES.contains(maker.getOpType())
        && graph.producer(maker.getInput(0)) >= 0) {
      return new Logits(maker.getInput(0), output, maker.getOpType());
    }
    return new Logits(output, output, null);
  }

  private static String choose(OnnxModel model, TensorShapes shapes, CutOptions options) {
    List<String> names = model.graph().outputs().stream().map(ValueInfoProto::getName).toList();
    String wanted = options.output();
    if (wanted != null) {
      if (names.contains(wanted)) {
        return wanted;
      }
      throw new PerceptException(
          model.name()
              + " has no output '"
              + wanted
              + "'; it has "
              + quoted(names)
              + ", choose one with --output");
    }
    if (names.size() == 1) {
      return names.get(0);
    }
    List<String> called =
        names.stream().filter(n -> n.toLowerCase(Locale.ROOT).contains("logit")).toList();
    if (called.size() == 1 || called.contains("logits")) {
      return called.contains("logits") ? "logits" : called.get(0);
    }
    List<String> flat = names.stream().filter(n -> isClasses(shapes.dims(n))).toList();
    if (flat.size() == 1) {
      return flat.get(0);
    }
    throw new PerceptException(
        model.name()
            + " has several outputs ("
            + quoted(names)
            + "); say which holds the classes with --output");
  }

  /**
   * The axes of one answer as the graph makes it, without the batch; all but one are 1.
   *
   * @throws PerceptException if that is not one number a class
   */
  public int[] axes(OnnxModel model, TensorShapes shapes) {
    List<Dim> dims = shapes.dims(tensor);
    boolean fits = dims != null && dims.size() >= 2 && shapes.isBatch(dims.get(0));
    int[] inside = new int[fits && dims != null ? dims.size() - 1 : 0];
    int axes = 0;
    for (int i = 0; fits && dims != null && i < inside.length; i++) {
      Dim dim = dims.get(i + 1);
      fits = dim.isFixed() && dim.fixed() <= Integer.MAX_VALUE;
      inside[i] = (int) dim.fixed();
      axes += dim.fixed() == 1 ? 0 : 1;
    }
    if (!fits || axes > 1) {
      throw new PerceptException(
          model.name()
              + ": output '"
              + tensor
              + "' has the shape "
              + Dim.words(dims)
              + "; a model to explain gives n x classes: choose another with --output");
    }
    return inside;
  }

  private static boolean isClasses(@Nullable List<Dim> dims) {
    return dims != null && dims.size() == 2 && dims.get(1).isFixed();
  }

  private static String quoted(List<String> names) {
    return names.stream().map(n -> "'" + n + "'").collect(Collectors.joining(", "));
  }
}
