package dev.percept.onnx;

import com.google.protobuf.UnsafeByteOperations;
import dev.percept.core.PerceptException;
import dev.percept.core.Run;
import dev.percept.onnx.proto.AttributeProto;
import dev.percept.onnx.proto.GraphProto;
import dev.percept.onnx.proto.ModelProto;
import dev.percept.onnx.proto.NodeProto;
import dev.percept.onnx.proto.TensorProto;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Copies of a model in which the weights of some layers are random, for checks of whether an
 * explanation depends on them (Adebayo et al., 2018). Any engine opens the copy.
 *
 * <p>The values of each tensor are permuted, not drawn from a normal distribution: their mean,
 * deviation and extremes stay exactly as they were, so variances of batch normalisations stay
 * positive and activations keep their scale as far as they can. What is lost is which value stands
 * where. A tensor whose values are all equal (a bias of zeros) stays as it is. A layer is a
 * convolution or matrix product with its bias and the normalisations that follow it; other learnt
 * numbers (position embeddings, scales written as products) are left alone.
 */
public final class RandomisedWeights {
  private final OnnxModel model;
  private final Map<String, List<String>> layers;

  private RandomisedWeights(OnnxModel model, Map<String, List<String>> layers) {
    this.model = model;
    this.layers = layers;
  }

  /**
   * The layers of a model.
   *
   * @throws PerceptException if it has none with floating-point weights
   */
  public static RandomisedWeights of(OnnxModel model) {
    Map<String, List<String>> layers = WeightLayers.of(model.graph());
    if (layers.isEmpty()) {
      throw new PerceptException(
          model.name()
              + " has no layer with floating-point weights to randomise; use a model that was not"
              + " quantised");
    }
    return new RandomisedWeights(model, layers);
  }

  /** The names of the layers in the order of computation; the last is the one before the logits. */
  public List<String> layers() {
    return List.copyOf(layers.keySet());
  }

  /**
   * Writes a copy with some layers randomised. A layer gets the same values in every copy made
   * under the same seed, so that copies with more and more layers form a cascade.
   *
   * @param chosen names from {@link #layers()}
   * @param file where to, beside it first and then renamed
   * @throws IllegalArgumentException if there is no such layer
   * @throws PerceptException if the model has more than 2 GiB or the file cannot be written
   */
  public void write(Collection<String> chosen, Run run, Path file) {
    Set<String> drawn = new HashSet<>();
    for (String layer : chosen) {
      List<String> weights = layers.get(layer);
      if (weights == null) {
        throw new IllegalArgumentException("layer: one of the model's, found '" + layer + "'");
      }
      drawn.addAll(weights);
    }
    OnnxBuilder.write(copy(drawn, run), file);
  }

  private ModelProto copy(Set<String> drawn, Run run) {
    GraphProto old = model.proto().getGraph();
    checkSize(old);
    GraphProto.Builder graph = old.toBuilder().clearInitializer().clearNode();
    for (TensorProto t : old.getInitializerList()) {
      run.throwIfCancelled();
      graph.addInitializer(drawn.contains(t.getName()) ? permuted(t, t.getName(), run) : whole(t));
    }
    for (NodeProto node : old.getNodeList()) {
      refuseOutside(node);
      boolean constant = node.getOpType().equals("Constant") && drawn.contains(node.getOutput(0));
      graph.addNode(constant ? permuted(node, run) : node);
    }
    return model.proto().toBuilder().setGraph(graph).build();
  }

  private void checkSize(GraphProto graph) {
    long bytes = 0;
    for (TensorProto t : graph.getInitializerList()) {
      bytes += TensorData.count(t) * TensorData.type(t).bytes();
    }
    if (bytes > Integer.MAX_VALUE - (1 << 24)) {
      throw new PerceptException(
          model.name()
              + " has "
              + bytes
              + " bytes of weights, more than one ONNX file can have (2 GiB); check a smaller model");
    }
  }

  private void refuseOutside(NodeProto node) {
    for (AttributeProto a : node.getAttributeList()) {
      if (TensorData.isExternal(a.getT())) {
        throw new PerceptException(
            model.name()
                + " keeps the values of a Constant node in another file; export it with them in"
                + " the model");
      }
    }
  }

  private NodeProto permuted(NodeProto node, Run run) {
    NodeProto.Builder copy = node.toBuilder().clearAttribute();
    for (AttributeProto a : node.getAttributeList()) {
      copy.addAttribute(
          a.getName().equals("value")
              ? a.toBuilder().setT(permuted(a.getT(), node.getOutput(0), run)).build()
              : a);
    }
    return copy.build();
  }

  /** The tensor with its values in itself. */
  private TensorProto whole(TensorProto t) {
    return TensorData.isExternal(t) ? with(t, model.weight(t)) : t;
  }

  private TensorProto permuted(TensorProto t, String name, Run run) {
    RandomGenerator random = run.random("randomised-weights." + name);
    ElementType type = TensorData.type(t);
    if (t.hasRawData() || TensorData.isExternal(t) || type == ElementType.FLOAT) {
      ByteBuffer old = model.weight(t);
      ByteBuffer mixed = ByteBuffer.allocate(old.remaining()).order(ByteOrder.LITTLE_ENDIAN);
      int each = type.bytes();
      int[] order = order(old.remaining() / each, random);
      for (int i = 0; i < order.length; i++) {
        mixed.put(i * each, old, order[i] * each, each);
      }
      return with(t, mixed);
    }
    TensorProto.Builder copy = t.toBuilder().clearDoubleData().clearInt32Data();
    if (type == ElementType.DOUBLE) {
      copy.addAllDoubleData(mixed(t.getDoubleDataList(), random));
    } else {
      copy.addAllInt32Data(mixed(t.getInt32DataList(), random)); // Bits of float16, bfloat16.
    }
    return copy.build();
  }

  private static <T> List<T> mixed(List<T> values, RandomGenerator random) {
    List<T> copy = new ArrayList<>();
    for (int i : order(values.size(), random)) {
      copy.add(values.get(i));
    }
    return copy;
  }

  private static int[] order(int count, RandomGenerator random) {
    int[] order = new int[count];
    for (int i = 0; i < count; i++) {
      int other = random.nextInt(i + 1);
      order[i] = order[other];
      order[other] = i;
    }
    return order;
  }

  private static TensorProto with(TensorProto t, ByteBuffer bytes) {
    return t.toBuilder()
        .clearFloatData()
        .clearExternalData()
        .clearDataLocation()
        .setRawData(UnsafeByteOperations.unsafeWrap(bytes))
        .build();
  }
}
