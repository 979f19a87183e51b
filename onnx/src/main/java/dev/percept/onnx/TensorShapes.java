package dev.percept.onnx;

import dev.percept.core.PerceptException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The axes of every tensor as far as they follow from the file. A model whose batch is open is
 * worked out for a batch of 2 and of 3, which tells what in every axis belongs to the batch.
 */
public final class TensorShapes {
  private static final long FEW = 2;
  private static final long MORE = 3;

  private final Map<String, List<Dim>> dims = new HashMap<>();
  private final Map<String, ElementType> types = new HashMap<>();
  private final long fixedBatch;
  private final List<Dim> input;

  private TensorShapes(Graph graph, int opset, long[] declared) {
    this.fixedBatch = declared[0] > 0 ? declared[0] : 0;
    Inference few = new Inference(graph, opset, with(declared, fixedBatch > 0 ? fixedBatch : FEW));
    Inference more = fixedBatch > 0 ? few : new Inference(graph, opset, with(declared, MORE));
    List<String> names = new ArrayList<>(List.of(graph.inputName()));
    graph.nodes().forEach(n -> names.addAll(n.getOutputList()));
    for (String name : names) {
      types.put(name, few.type(name));
      List<Dim> merged = merge(few.shape(name), more.shape(name));
      if (merged != null) {
        dims.put(name, merged);
      }
    }
    List<Dim> in = dims.get(graph.inputName());
    if (in == null) {
      throw new IllegalStateException("the input's axes are given");
    }
    this.input = in;
  }

  /**
   * Works out the shapes of a model.
   *
   * @throws PerceptException if the input's axes are left open and not given
   */
  public static TensorShapes of(OnnxModel model, CutOptions options) {
    return new TensorShapes(
        model.graph(), model.opset(), InputAxes.resolve(model.graph().input(), options, model));
  }

  private @Nullable List<Dim> merge(long @Nullable [] few, long @Nullable [] more) {
    if (few == null || more == null || few.length != more.length) {
      return null;
    }
    List<Dim> out = new ArrayList<>();
    for (int i = 0; i < few.length; i++) {
      long each = more[i] - few[i];
      out.add(new Dim(each, few[i] - FEW * each));
    }
    return List.copyOf(out);
  }

  private static long[] with(long[] dims, long batch) {
    long[] out = dims.clone();
    out[0] = batch;
    return out;
  }

  /** The batch that the file fixes; 0 where any will do. */
  public long fixedBatch() {
    return fixedBatch;
  }

  /** The axes of the model's input. */
  public List<Dim> input() {
    return input;
  }

  /** The axes of a tensor; null where they do not follow from the file. */
  public @Nullable List<Dim> dims(String tensor) {
    return dims.get(tensor);
  }

  /** The type of a tensor's elements; {@link ElementType#OTHER} where unknown. */
  public ElementType type(String tensor) {
    return types.getOrDefault(tensor, ElementType.OTHER);
  }

  /** Whether an axis counts the inputs of the batch. */
  public boolean isBatch(Dim dim) {
    return fixedBatch > 0 ? dim.equals(Dim.of(fixedBatch)) : dim.equals(Dim.BATCH);
  }

  /**
   * Adds what somebody has measured by running the model.
   *
   * @param type of the elements
   * @param few the axes for a batch of {@code fewBatch}
   * @param more the axes for a batch of {@code moreBatch}; the same where the batch is fixed
   */
  public void complete(
      String tensor, ElementType type, long[] few, int fewBatch, long[] more, int moreBatch) {
    if (few.length != more.length) {
      throw new IllegalArgumentException(
          tensor + ": as many axes twice, found " + few.length + " and " + more.length);
    }
    List<Dim> out = new ArrayList<>();
    for (int i = 0; i < few.length; i++) {
      long each = moreBatch == fewBatch ? 0 : (more[i] - few[i]) / (moreBatch - fewBatch);
      out.add(new Dim(each, few[i] - fewBatch * each));
    }
    dims.put(tensor, List.copyOf(out));
    types.put(tensor, type);
  }
}
