package dev.percept.benchmarks;

import static org.bytedeco.pytorch.global.torch.adaptive_avg_pool2d;
import static org.bytedeco.pytorch.global.torch.batch_norm;
import static org.bytedeco.pytorch.global.torch.conv2d;
import static org.bytedeco.pytorch.global.torch.flatten;
import static org.bytedeco.pytorch.global.torch.from_blob;
import static org.bytedeco.pytorch.global.torch.linear;
import static org.bytedeco.pytorch.global.torch.max_pool2d;
import static org.bytedeco.pytorch.global.torch.set_num_threads;

import dev.percept.onnx.Attributes;
import dev.percept.onnx.TensorData;
import dev.percept.onnx.proto.GraphProto;
import dev.percept.onnx.proto.ModelProto;
import dev.percept.onnx.proto.NodeProto;
import dev.percept.onnx.proto.TensorProto;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;

/**
 * The same network in eager libtorch: one call an operator, NCHW float32, no gradients, as PyTorch
 * runs a model that nobody has compiled. Arguments and output as {@link OrtPasses}.
 */
final class TorchPasses {
  /** As in torchvision's ResNet: what these change is read by nobody else. */
  private static final Set<String> IN_PLACE = Set.of("Relu", "Add");

  private final GraphProto graph;
  private final Map<String, Tensor> weights = new HashMap<>();

  private TorchPasses(GraphProto graph) {
    this.graph = graph;
    for (TensorProto t : graph.getInitializerList()) {
      FloatPointer values = new FloatPointer(TensorData.floats(t));
      // The clone owns its memory; without it the tensor would look into a freed pointer.
      weights.put(t.getName(), from_blob(values, TensorData.dims(t)).clone());
      values.close();
    }
  }

  @SuppressWarnings("try") // the guard acts by being there
  public static void main(String[] args) throws Exception {
    int side = Integer.parseInt(args[1]);
    int passes = Integer.parseInt(args[2]);
    int batch = Integer.parseInt(args[4]);
    set_num_threads(Integer.parseInt(args[3]));
    TorchPasses network =
        new TorchPasses(ModelProto.parseFrom(Files.readAllBytes(Path.of(args[0]))).getGraph());
    long[] shape = {batch, 3, side, side};
    FloatPointer inputs = new FloatPointer(Probe.inputs(batch * 3 * side * side));
    try (NoGradGuard guard = new NoGradGuard()) {
      Probe.write(Path.of(args[5]), network.pass(inputs, shape));
      network.pass(inputs, shape);
      int batches = (passes + batch - 1) / batch;
      Watch watch = new Watch();
      for (int i = 0; i < batches; i++) {
        network.pass(inputs, shape);
      }
      watch.print();
    }
    inputs.close();
  }

  @SuppressWarnings("try") // the scope frees what is made within it
  private float[] pass(FloatPointer inputs, long[] shape) {
    try (PointerScope scope = new PointerScope()) {
      Map<String, Tensor> values = new HashMap<>(weights);
      values.put("input", from_blob(inputs, shape));
      // What nobody reads again is freed at once, as Python does.
      Map<String, Integer> readers = new HashMap<>();
      for (NodeProto node : graph.getNodeList()) {
        node.getInputList().forEach(name -> readers.merge(name, 1, Integer::sum));
      }
      for (NodeProto node : graph.getNodeList()) {
        Tensor made = apply(node, values);
        boolean inPlace = IN_PLACE.contains(node.getOpType());
        for (String name : node.getInputList()) {
          if (readers.merge(name, -1, Integer::sum) == 0 && !weights.containsKey(name)) {
            Tensor read = value(values, name);
            values.remove(name);
            if (!inPlace || !name.equals(node.getInput(0))) {
              read.close();
            }
          }
        }
        values.put(node.getOutput(0), made);
      }
      FloatBuffer logits = value(values, "logits").createBuffer();
      float[] result = new float[logits.remaining()];
      logits.get(result);
      return result;
    }
  }

  private static Tensor apply(NodeProto node, Map<String, Tensor> values) {
    Tensor x = value(values, node.getInput(0));
    return switch (node.getOpType()) {
      case "Conv" ->
          conv2d(
              x,
              value(values, node.getInput(1)),
              new TensorOptional(),
              integers(node, "strides"),
              padding(node),
              integers(node, "dilations"),
              Attributes.integer(node, "group", 1));
      case "BatchNormalization" ->
          batch_norm(
              x,
              new TensorOptional(value(values, node.getInput(1))),
              new TensorOptional(value(values, node.getInput(2))),
              new TensorOptional(value(values, node.getInput(3))),
              new TensorOptional(value(values, node.getInput(4))),
              false,
              0.1,
              Attributes.number(node, "epsilon", 1e-5f),
              false);
      case "Relu" -> {
        x.relu_();
        yield x;
      }
      case "Add" -> {
        x.add_(value(values, node.getInput(1)));
        yield x;
      }
      case "MaxPool" ->
          max_pool2d(
              x,
              integers(node, "kernel_shape"),
              integers(node, "strides"),
              padding(node),
              new long[] {1, 1},
              false);
      case "GlobalAveragePool" -> adaptive_avg_pool2d(x, 1, 1);
      case "Flatten" -> flatten(x, 1, -1);
      case "Gemm" ->
          linear(
              x,
              value(values, node.getInput(1)),
              new TensorOptional(value(values, node.getInput(2))));
      default -> throw new IllegalArgumentException("no such operator here: " + node.getOpType());
    };
  }

  /** Padding of rows and columns, the same on both sides. */
  private static long[] padding(NodeProto node) {
    long[] pads = integers(node, "pads");
    return new long[] {pads[0], pads[1]};
  }

  private static long[] integers(NodeProto node, String attribute) {
    return Objects.requireNonNull(Attributes.integers(node, attribute), attribute);
  }

  private static Tensor value(Map<String, Tensor> values, String name) {
    return Objects.requireNonNull(values.get(name), name);
  }
}
