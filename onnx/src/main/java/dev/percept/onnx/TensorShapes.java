package dev.percept.onnx;

import dev.percept.core.PerceptException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The axes of every tensor as far as they follow from the file. A model whose batch is open is
 * worked out for a batch of 2 and of 3, which tells what in every axis belongs to the batch; one of
 * texts of any length for two lengths, too.
 */
public final class TensorShapes {
  private static final long FEW = 2;
  private static final long MORE = 3;
  private static final long SHORT = 5;
  private static final long LONG = 7;

  private final Map<String, List<Dim>> dims = new HashMap<>();
  private final Map<String, ElementType> types = new HashMap<>();
  private final long fixedBatch;
  private final long fixedTokens;
  private final boolean texts;
  private final List<Dim> input;
  private final int maxTokens;

  /**
   * A size of batch and of texts, to run a model with.
   *
   * @param inputs how many
   * @param tokens the length of a text; 0 for a model of something else
   */
  public record Sample(int inputs, int tokens) {}

  private TensorShapes(OnnxModel model, CutOptions options) {
    Graph graph = model.graph();
    long[] declared = InputAxes.resolve(model, options);
    this.texts = model.texts() != null;
    this.fixedBatch = declared[0] > 0 ? declared[0] : 0;
    this.fixedTokens = texts && declared[2] > 0 ? declared[2] : 0;
    long n = fixedBatch > 0 ? fixedBatch : FEW;
    List<Sample> samples = new ArrayList<>();
    for (long tokens : tokens(SHORT, LONG)) {
      samples.add(new Sample((int) n, (int) tokens));
      if (fixedBatch == 0) {
        samples.add(new Sample((int) MORE, (int) tokens));
      }
    }
    List<Inference> passes = new ArrayList<>();
    for (Sample sample : samples) {
      long[] at = declared.clone();
      at[0] = sample.inputs();
      if (texts) {
        at[2] = sample.tokens();
      }
      passes.add(new Inference(graph, model.opset(), at));
    }
    List<String> names = new ArrayList<>(List.of(graph.inputName()));
    graph.nodes().forEach(node -> names.addAll(node.getOutputList()));
    for (String name : names) {
      types.put(name, passes.get(0).type(name));
      List<long @Nullable []> found = new ArrayList<>();
      passes.forEach(p -> found.add(p.shape(name)));
      List<Dim> merged = merge(samples, found);
      if (merged != null) {
        dims.put(name, merged);
      }
    }
    List<Dim> in = dims.get(graph.inputName());
    if (in == null) {
      throw new IllegalStateException("the input's axes are given");
    }
    this.input = in;
    TextInputs text = model.texts();
    this.maxTokens =
        text == null ? 0 : TextLengths.longest(model, text, passes.get(0), dims, options);
  }

  /**
   * Works out the shapes of a model.
   *
   * @throws PerceptException if the input's axes are left open and not given
   */
  public static TensorShapes of(OnnxModel model, CutOptions options) {
    return new TensorShapes(model, options);
  }

  private List<Long> tokens(long few, long more) {
    if (!texts) {
      return List.of(0L);
    }
    return fixedTokens > 0 ? List.of(fixedTokens) : List.of(few, more);
  }

  /**
   * What in every axis belongs to the batch and what to the tokens.
   *
   * @param found axes at each sample; null where unknown
   */
  private static @Nullable List<Dim> merge(
      List<Sample> samples, List<? extends long @Nullable []> found) {
    long[] first = found.get(0);
    for (long[] axes : found) {
      if (first == null || axes == null || axes.length != first.length) {
        return null;
      }
    }
    List<Dim> out = new ArrayList<>();
    for (int axis = 0; first != null && axis < first.length; axis++) {
      long[] sizes = new long[found.size()];
      for (int i = 0; i < sizes.length; i++) {
        long[] axes = found.get(i);
        sizes[i] = axes == null ? 0 : axes[axis];
      }
      out.add(dim(samples, sizes));
    }
    return List.copyOf(out);
  }

  /** Samples vary the batch first and the length second, each once or twice. */
  private static Dim dim(List<Sample> samples, long[] sizes) {
    int last = samples.size() - 1;
    int batches = last > 0 && samples.get(0).inputs() != samples.get(1).inputs() ? 2 : 1;
    long n = samples.get(0).inputs();
    long t = samples.get(0).tokens();
    long moreInputs = (long) samples.get(last).inputs() - n;
    long moreTokens = (long) samples.get(last).tokens() - t;
    long perInput = batches > 1 ? (sizes[1] - sizes[0]) / moreInputs : 0;
    if (last < batches) {
      return new Dim(perInput, sizes[0] - n * perInput);
    }
    long perInputLater = batches > 1 ? (sizes[3] - sizes[2]) / moreInputs : 0;
    long perBoth = (perInputLater - perInput) / moreTokens;
    long perToken = (sizes[batches] - sizes[0]) / moreTokens - perBoth * n;
    long each = perInput - perBoth * t;
    return new Dim(each, sizes[0] - n * each - perToken * t - perBoth * n * t, perToken, perBoth);
  }

  /** The batch that the file fixes; 0 where any will do. */
  public long fixedBatch() {
    return fixedBatch;
  }

  /** The length of texts that the file fixes; 0 where any will do, and where no texts go in. */
  public long fixedTokens() {
    return fixedTokens;
  }

  /** The length of the longest text; 0 where no texts go in. */
  public int maxTokens() {
    return maxTokens;
  }

  /** The axes of the model's input. */
  public List<Dim> input() {
    return input;
  }

  /** The axes of a tensor; null where they do not follow from the file. */
  public @Nullable List<Dim> dims(String tensor) {
    return dims.get(tensor);
  }

  /** The axes of a tensor in a small batch of short texts; null where they are not known. */
  long @Nullable [] sizes(String tensor) {
    List<Dim> known = dims.get(tensor);
    long n = fixedBatch > 0 ? fixedBatch : MORE;
    long t = tokens(SHORT, LONG).get(0);
    return known == null ? null : known.stream().mapToLong(d -> d.at(n, t)).toArray();
  }

  /** The type of a tensor's elements; {@link ElementType#OTHER} where unknown. */
  public ElementType type(String tensor) {
    return types.getOrDefault(tensor, ElementType.OTHER);
  }

  /** Whether an axis counts the inputs of the batch. */
  public boolean isBatch(Dim dim) {
    return fixedBatch > 0 ? dim.equals(Dim.of(fixedBatch)) : dim.equals(Dim.BATCH);
  }

  /** With what sizes to run the model so that {@link #complete} can tell the axes. */
  public List<Sample> samples() {
    List<Sample> out = new ArrayList<>();
    for (long tokens : tokens(SHORT, LONG)) {
      out.add(new Sample(fixedBatch > 0 ? (int) fixedBatch : 1, (int) tokens));
      if (fixedBatch == 0) {
        out.add(new Sample(2, (int) tokens));
      }
    }
    return List.copyOf(out);
  }

  /**
   * Adds what somebody has measured by running the model; nothing where the number of axes varies.
   *
   * @param type of the elements
   * @param found the axes at each of {@link #samples}, in that order
   */
  public void complete(String tensor, ElementType type, List<long[]> found) {
    List<Sample> samples = samples();
    if (found.size() != samples.size()) {
      throw new IllegalArgumentException(
          tensor + ": axes of " + samples.size() + " runs, found " + found.size());
    }
    List<Dim> merged = merge(samples, found);
    if (merged != null) {
      dims.put(tensor, merged);
      types.put(tensor, type);
    }
  }
}
