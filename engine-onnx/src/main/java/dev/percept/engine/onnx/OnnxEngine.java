package dev.percept.engine.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.TensorInfo;
import dev.percept.core.EngineMissingException;
import dev.percept.core.PerceptException;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import dev.percept.onnx.Cuts;
import dev.percept.onnx.ElementType;
import dev.percept.onnx.Inspection;
import dev.percept.onnx.OnnxModel;
import dev.percept.onnx.SubGraphs;
import dev.percept.onnx.TensorShapes;
import dev.percept.onnx.proto.NodeProto;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Opens and inspects ONNX models with ONNX Runtime. */
public final class OnnxEngine {
  private OnnxEngine() {}

  /**
   * Opens a model cut at {@code layer}.
   *
   * @param layer {@code auto}, a tensor or a node
   * @throws PerceptException if the file, the layer or an option is unfit; the sentence says what
   *     to do
   * @throws EngineMissingException if ONNX Runtime cannot be loaded on this machine
   */
  public static OnnxSplitModel open(Path model, String layer, EngineOptions options) {
    return open(cuts(model, options), layer, options);
  }

  /** Opens a model whose cuts are known; {@code options} are those that they were found with. */
  public static OnnxSplitModel open(Cuts cuts, String layer, EngineOptions options) {
    if (cuts.model().texts() != null) {
      throw new PerceptException(
          cuts.model().name() + " reads texts, not pictures; give it texts (--texts)");
    }
    return new OnnxSplitModel(cuts, layer, options, version());
  }

  /** Opens a model at the cut that is found. */
  public static OnnxSplitModel open(Path model) {
    return open(model, Cuts.AUTO, EngineOptions.DEFAULT);
  }

  /** Opens a model of texts cut where its head has stopped looking at single tokens. */
  public static OnnxTextModel openText(Path model) {
    return openText(model, Cuts.AUTO, EngineOptions.DEFAULT);
  }

  /**
   * Opens a model of texts cut at {@code layer}.
   *
   * @param layer {@code auto}, a tensor or a node, behind the place where the head stops looking at
   *     single tokens
   * @throws PerceptException if the file, the layer or an option is unfit, or no texts go in; the
   *     sentence says what to do
   * @throws EngineMissingException if ONNX Runtime cannot be loaded on this machine
   */
  public static OnnxTextModel openText(Path model, String layer, EngineOptions options) {
    return openText(cuts(model, options), layer, options);
  }

  /** Opens a model of texts whose cuts are known, found with {@code options}. */
  public static OnnxTextModel openText(Cuts cuts, String layer, EngineOptions options) {
    if (cuts.model().texts() == null) {
      throw new PerceptException(
          cuts.model().name()
              + " reads no texts: no input of whole numbers, n x tokens, chooses rows of a table;"
              + " give it pictures (-i), or export it with input_ids");
    }
    return new OnnxTextModel(cuts, layer, options, version());
  }

  /** Where a model can be cut. Runs the model once where its shapes do not follow from the file. */
  public static Cuts cuts(Path path, EngineOptions options) {
    OnnxModel model = OnnxModel.read(path);
    TensorShapes shapes = shapes(model, options);
    return Cuts.of(model, options.cut(), shapes);
  }

  /** Shapes of all tensors; the model is run once where they do not follow from the file. */
  static TensorShapes shapes(OnnxModel model, EngineOptions options) {
    TensorShapes shapes = TensorShapes.of(model, options.cut());
    List<String> open =
        model.graph().nodes().stream()
            .map(NodeProto::getOutputList)
            .flatMap(List::stream)
            .filter(t -> !t.isEmpty() && shapes.dims(t) == null)
            .filter(t -> model.graph().constant(t) == null)
            .toList();
    if (!open.isEmpty()) {
      measure(model, shapes, open);
    }
    return shapes;
  }

  /** What there is to know about a model before it is explained. */
  public static Inspection inspect(Path model, EngineOptions options) {
    return Inspection.of(cuts(model, options));
  }

  /**
   * Name and version of the engine.
   *
   * @throws EngineMissingException if it cannot be loaded on this machine
   */
  public static String version() {
    return "ONNX Runtime " + Natives.environment().getVersion();
  }

  private static void measure(OnnxModel model, TensorShapes shapes, List<String> open) {
    SubGraphs parts = new SubGraphs(model, shapes);
    Session session = new Session(model, 1, () -> parts.probe(open));
    try {
      int[] dims = parts.inputDims();
      List<Map<String, TensorInfo>> found = new ArrayList<>();
      for (TensorShapes.Sample sample : shapes.samples()) {
        if (sample.tokens() > 0) {
          dims[1] = sample.tokens();
        }
        found.add(types(session, Shape.of(dims).batch(sample.inputs()), open));
      }
      for (String tensor : open) {
        List<TensorInfo> infos =
            found.stream().map(f -> f.get(tensor)).filter(Objects::nonNull).toList();
        if (infos.size() == found.size()) {
          List<long[]> axes = infos.stream().map(TensorInfo::getShape).toList();
          shapes.complete(tensor, type(infos.get(0)), axes);
        }
      }
    } finally {
      session.close();
    }
  }

  private static ElementType type(TensorInfo info) {
    // The runtime's numbers for types are not those of the format; the names are the same.
    return switch (info.type) {
      case UNKNOWN -> ElementType.OTHER;
      default -> ElementType.valueOf(info.type.name());
    };
  }

  private static Map<String, TensorInfo> types(Session session, Shape input, List<String> open) {
    OrtEnvironment environment = Natives.environment();
    try (OnnxTensor x = Passes.tensor(environment, Tensor.allocateDirect(input.size()), input)) {
      return session.types(Map.of(SubGraphs.INPUT, x), open);
    } catch (OrtException e) {
      throw Natives.failure("the model cannot be run", e);
    }
  }
}
