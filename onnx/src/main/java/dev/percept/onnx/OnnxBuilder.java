package dev.percept.onnx;

import dev.percept.core.PerceptException;
import dev.percept.core.Tensor;
import dev.percept.onnx.proto.GraphProto;
import dev.percept.onnx.proto.ModelProto;
import dev.percept.onnx.proto.NodeProto;
import dev.percept.onnx.proto.OperatorSetIdProto;
import dev.percept.onnx.proto.StringStringEntryProto;
import dev.percept.onnx.proto.TensorProto;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Writes an ONNX model. Values are handles; the operators are methods of {@link Value}:
 *
 * <pre>{@code
 * OnnxBuilder b = new OnnxBuilder(17);
 * Value x = b.input("input", OnnxBuilder.DYNAMIC, 3, 96, 96);
 * Value y = x.conv("stem.conv", w, bias, 2, 1).relu("stem");
 * y.add("sum", y.conv("conv2", w2, null, 1, 1)).relu("features")
 *     .globalAveragePool("pool").flatten("flat").gemm("logits", fc, fcBias).output(10);
 * b.writeTo(path);
 * }</pre>
 *
 * Every operator takes the name of the tensor that it makes; weights are named after it. The same
 * calls give the same bytes.
 */
public final class OnnxBuilder {
  /** An axis whose size is only known when the model runs: the batch. */
  public static final int DYNAMIC = -1;

  private final int opset;
  private final GraphProto.Builder graph = GraphProto.newBuilder();
  private final Map<String, String> metadata = new TreeMap<>();
  private final Set<String> names = new HashSet<>();

  /**
   * An empty model.
   *
   * @param opset version of the operator set, 9 to 21
   */
  public OnnxBuilder(int opset) {
    if (opset < 9 || opset > 21) {
      throw new IllegalArgumentException("opset: 9 to 21, found " + opset);
    }
    this.opset = opset;
    graph.setName("percept");
  }

  /** The version of the operator set. */
  public int opset() {
    return opset;
  }

  /** A line of text to be kept with the model, for example how to make it again. */
  public OnnxBuilder metadata(String key, String value) {
    metadata.put(key, value);
    return this;
  }

  /**
   * A float32 input.
   *
   * @param dims its axes, {@link #DYNAMIC} for those that are not fixed
   */
  public Value input(String name, int... dims) {
    return input(name, ElementType.FLOAT, dims);
  }

  /** An input of any type, as {@link #input(String, int...)}. */
  public Value input(String name, ElementType type, int... dims) {
    graph.addInput(Types.info(claim(name), type, dims));
    return new Value(this, name);
  }

  /** A constant float32 tensor (a weight). Its values are copied. */
  public Value constant(String name, Tensor values) {
    return constant(TensorData.of(name, values));
  }

  /** A constant vector of int64 (a shape, axes). */
  public Value constant(String name, long... values) {
    return constant(TensorData.of(name, values));
  }

  /** A constant of any kind; its name must be new. */
  public Value constant(TensorProto tensor) {
    graph.addInitializer(tensor);
    return new Value(this, claim(tensor.getName()));
  }

  /**
   * Any operator of the standard set with one output.
   *
   * @param type for example {@code Relu}
   * @param output the name of the tensor that it makes, and of the node
   * @param attributes see {@link Attributes#of}; written in the order of their names
   * @param inputs what it reads
   */
  public Value op(String type, String output, Map<String, ?> attributes, Value... inputs) {
    NodeProto.Builder node =
        NodeProto.newBuilder().setOpType(type).setName(output).addOutput(claim(output));
    for (Value input : inputs) {
      if (input.builder() != this) {
        throw new IllegalArgumentException(output + ": a value of another model");
      }
      node.addInput(input.name());
    }
    new TreeMap<>(attributes).forEach((k, v) -> node.addAttribute(Attributes.of(k, v)));
    graph.addNode(node);
    return new Value(this, output);
  }

  OnnxBuilder output(String name, int... dims) {
    graph.addOutput(Types.info(name, ElementType.FLOAT, dims));
    return this;
  }

  private String claim(String name) {
    if (name.isEmpty() || !names.add(name)) {
      throw new IllegalArgumentException("tensor name: new and not empty, found '" + name + "'");
    }
    return name;
  }

  /**
   * The model as a message.
   *
   * @throws IllegalStateException if it has no input or no output
   */
  public ModelProto build() {
    if (graph.getInputCount() == 0 || graph.getOutputCount() == 0) {
      throw new IllegalStateException("a model needs an input and an output");
    }
    ModelProto.Builder model =
        ModelProto.newBuilder()
            .setIrVersion(8)
            .setProducerName("percept")
            .setGraph(graph)
            .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(opset));
    metadata.forEach(
        (k, v) ->
            model.addMetadataProps(StringStringEntryProto.newBuilder().setKey(k).setValue(v)));
    return model.build();
  }

  /**
   * Writes the model beside {@code file} and renames it, so that no half of it is ever seen there.
   *
   * @throws PerceptException if it cannot be written
   */
  public void writeTo(Path file) {
    write(build(), file);
  }

  /** Writes any model, as {@link #writeTo(Path)}. */
  public static void write(ModelProto model, Path file) {
    Path target = file.toAbsolutePath();
    Path folder = target.getParent();
    try {
      if (folder == null) {
        throw new IOException("not a file name");
      }
      Files.createDirectories(folder);
      Path beside = folder.resolve(target.getFileName() + ".part");
      try {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(beside), 1 << 16)) {
          model.writeTo(out);
        }
        Files.move(beside, target, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(beside);
      }
    } catch (IOException e) {
      throw new PerceptException(
          "cannot write "
              + file
              + " ("
              + e.getMessage()
              + "); choose a folder that can be written to and has room",
          e);
    }
  }
}
