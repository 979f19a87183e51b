package dev.percept.engine.torch;

import dev.percept.core.RectifierRule;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import dev.percept.engine.torch.graph.Constants;
import dev.percept.engine.torch.graph.Memory;
import dev.percept.engine.torch.graph.Precision;
import dev.percept.engine.torch.graph.Program;
import dev.percept.onnx.ElementType;
import dev.percept.onnx.OnnxModel;
import dev.percept.onnx.SubGraphs;
import dev.percept.onnx.TensorShapes;
import dev.percept.onnx.proto.ModelProto;
import dev.percept.onnx.proto.NodeProto;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Finds the shapes that do not follow from a file by executing it with two sizes of batch. */
final class Measuring {
  private Measuring() {}

  static boolean isNeeded(OnnxModel model, TensorShapes shapes) {
    return !open(model, shapes).isEmpty();
  }

  private static List<String> open(OnnxModel model, TensorShapes shapes) {
    return model.graph().nodes().stream()
        .map(NodeProto::getOutputList)
        .flatMap(List::stream)
        .filter(t -> !t.isEmpty() && shapes.dims(t) == null)
        .filter(t -> model.graph().constant(t) == null)
        .toList();
  }

  /** Adds what can be measured: what operators that are missing make stays open. */
  static void complete(OnnxModel model, TensorShapes shapes) {
    SubGraphs graphs = new SubGraphs(model, shapes);
    List<String> wanted =
        open(model, shapes).stream()
            .filter(t -> Program.canMake(graphs.probe(List.of(t)), t))
            .toList();
    if (wanted.isEmpty()) {
      return;
    }
    ModelProto probe = graphs.probe(wanted);
    try (Constants constants = new Constants(model, Precision.SINGLE);
        Program program = new Program(constants, "probe", probe, wanted, false)) {
      int[] dims = graphs.inputDims();
      List<List<Found>> runs = new ArrayList<>();
      for (TensorShapes.Sample sample : shapes.samples()) {
        if (sample.tokens() > 0) {
          dims[1] = sample.tokens();
        }
        runs.add(run(program, Shape.of(dims).batch(sample.inputs())));
      }
      for (int i = 0; i < wanted.size(); i++) {
        int at = i;
        List<long[]> found = runs.stream().map(r -> array(r.get(at).dims())).toList();
        shapes.complete(wanted.get(i), runs.get(0).get(i).type(), found);
      }
    }
  }

  private record Found(ElementType type, List<Long> dims) {}

  private static long[] array(List<Long> dims) {
    return dims.stream().mapToLong(Long::longValue).toArray();
  }

  @SuppressWarnings("try") // scopes are there to be closed
  private static List<Found> run(Program program, Shape input) {
    try (PointerScope scope = new PointerScope();
        NoGradGuard guard = new NoGradGuard()) {
      var x = Memory.load(Tensor.zeros(input));
      return program.run(Map.of(SubGraphs.INPUT, x), RectifierRule.EXACT).stream()
          .map(t -> new Found(type(t.scalar_type().intern()), boxed(t.shape())))
          .toList();
    }
  }

  private static List<Long> boxed(long[] dims) {
    return java.util.Arrays.stream(dims).boxed().toList();
  }

  private static ElementType type(ScalarType type) {
    return switch (type) {
      case Float -> ElementType.FLOAT;
      case Double -> ElementType.DOUBLE;
      case Long -> ElementType.INT64;
      case Int -> ElementType.INT32;
      case Short -> ElementType.INT16;
      case Char -> ElementType.INT8;
      case Byte -> ElementType.UINT8;
      case Bool -> ElementType.BOOL;
      default -> ElementType.OTHER;
    };
  }
}
