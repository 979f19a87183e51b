package dev.percept.onnx;

import dev.percept.core.PerceptException;
import dev.percept.core.TextModel;
import dev.percept.onnx.proto.ModelProto;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Sub-graphs that only models of texts have. */
public final class TextGraphs {
  /** What the cut would hold for each token alone, n x T x p. */
  public static final String TOKENS = "percept.tokens";

  /** Embeddings of words, n x T x d: an output, and an input of what follows. */
  public static final String EMBEDDINGS = "percept.embeddings";

  private static final String P = "percept.each";

  private final Cuts cuts;
  private final Graph graph;
  private final TensorShapes shapes;
  private final SubGraphs parts;

  /** Sub-graphs of the model of {@code cuts}, which reads texts. */
  public TextGraphs(Cuts cuts) {
    this.cuts = cuts;
    this.graph = cuts.model().graph();
    this.shapes = cuts.shapes();
    this.parts = new SubGraphs(cuts.model(), shapes);
  }

  /**
   * {@link SubGraphs#INPUT} to {@link #TOKENS}: what makes the cut of the row that the head reads
   * is applied to the row of every token; zero at padding.
   *
   * @throws PerceptException if the head does not read rows of tokens
   */
  public ModelProto tokens(Cut cut) {
    Pooling pooling = cuts.pooling();
    if (pooling == null || !pooling.kind().isOfSingleTokens()) {
      throw new PerceptException(
          cuts.model().name()
              + ": the head reads "
              + (pooling == null ? "no tokens" : pooling.words())
              + ", in whose place no single token can stand; mark words by occlusion instead");
    }
    int[] order = order(pooling);
    List<Dim> after = Objects.requireNonNull(shapes.dims(pooling.after()), "made of rows");
    Pieces out = new Pieces(cuts.model().opset());
    parts.input(out);
    Set<Integer> before = parts.needed(Set.of(graph.inputName()), pooling.before());
    Set<Integer> behind = new TreeSet<>(parts.needed(Set.of(pooling.after()), cut.tensor()));
    if (behind.stream().anyMatch(i -> before.contains(i) && !isConstant(i))) {
      throw new PerceptException(
          cuts.model().name()
              + ": what follows the tokens needs what comes before them, so no token can stand"
              + " alone; mark words by occlusion instead");
    }
    behind.removeAll(before);
    Set<String> read = parts.read(Set.of(graph.inputName()), before);
    read.addAll(parts.read(Set.of(pooling.after()), behind));
    parts.copyWeights(out, read);
    parts.copyNodes(out, Set.of(graph.inputName()), before);
    String rows = out.castToFloat(pooling.before(), shapes.type(pooling.before()));
    out.node("Transpose", P + ".rows", Map.of("perm", longs(order)), rows);
    long[] one = after.stream().mapToLong(Dim::fixed).toArray();
    one[0] = -1;
    out.reshape(P + ".rows", P + ".lines", one);
    out.castTo(P + ".lines", pooling.after(), shapes.type(pooling.after()));
    out.batchOf(pooling.after());
    parts.copyNodes(out, Set.of(pooling.after()), behind);
    String made = out.castToFloat(cut.tensor(), shapes.type(cut.tensor()));
    masked(out, made, cut.features());
    out.output(TOKENS);
    return parts.build(out);
  }

  private boolean isConstant(int node) {
    return graph.nodes().get(node).getOpType().equals("Constant");
  }

  /** Lays (n T) x p out as n x T x p and sets padding to zero. */
  private static void masked(Pieces out, String values, int features) {
    for (int i = 0; i < 4; i++) {
      out.initializer(TensorData.of(P + "." + i, i));
    }
    out.initializer(TensorData.of(P + ".features", features));
    out.initializer(TensorData.scalar(P + ".row", (long) TextModel.MASK));
    out.node("Shape", P + ".shape", Map.of(), SubGraphs.INPUT);
    out.node("Gather", P + ".n", Map.of("axis", 0), P + ".shape", P + ".0");
    out.node("Gather", P + ".t", Map.of("axis", 0), P + ".shape", P + ".2");
    out.node("Concat", P + ".size", Map.of("axis", 0), P + ".n", P + ".t", P + ".features");
    out.node("Concat", P + ".flags", Map.of("axis", 0), P + ".n", P + ".t", P + ".1");
    out.node("Gather", P + ".mask", Map.of("axis", 1), SubGraphs.INPUT, P + ".row");
    out.node("Reshape", P + ".real", Map.of(), P + ".mask", P + ".flags");
    out.node("Reshape", P + ".all", Map.of(), values, P + ".size");
    out.node("Mul", TOKENS, Map.of(), P + ".all", P + ".real");
  }

  /** The axes of the tokens' rows as batch, tokens, features. */
  private int[] order(Pooling pooling) {
    List<Dim> dims = shapes.dims(pooling.before());
    Set<Integer> axes = cuts.tokenAxes(pooling.before());
    int batch = -1;
    for (int i = 0; dims != null && i < dims.size(); i++) {
      batch = batch < 0 && shapes.isBatch(dims.get(i)) ? i : batch;
    }
    if (dims == null || dims.size() != 3 || axes.size() != 1 || batch < 0) {
      throw new PerceptException(
          cuts.model().name()
              + ": '"
              + pooling.before()
              + "' has the shape "
              + Dim.words(dims)
              + ", needed is n x tokens x features to look at single tokens; mark words by"
              + " occlusion instead");
    }
    int tokens = axes.iterator().next();
    return new int[] {batch, tokens, 3 - batch - tokens};
  }

  private static long[] longs(int[] values) {
    return java.util.Arrays.stream(values).asLongStream().toArray();
  }

  /** Where words become numbers. */
  private WordEmbedding words() {
    WordEmbedding words = WordEmbedding.find(graph);
    if (words == null) {
      throw new PerceptException(
          cuts.model().name()
              + ": tokens choose no rows of a table, so there is no embedding of words to take"
              + " gradients at; use occlusion instead");
    }
    return words;
  }

  /** d, the width of the embedding of words; 0 where there is none. */
  public int embeddingWidth() {
    WordEmbedding words = WordEmbedding.find(graph);
    return words == null ? 0 : words.width();
  }

  /**
   * {@link SubGraphs#INPUT} to {@link #EMBEDDINGS}.
   *
   * @throws PerceptException if there is no embedding of words
   */
  public ModelProto embeddings() {
    WordEmbedding words = words();
    Pieces out = new Pieces(cuts.model().opset());
    parts.input(out);
    parts.copy(out, Set.of(graph.inputName()), words.tensor());
    String values = out.castToFloat(words.tensor(), shapes.type(words.tensor()));
    out.reshape(values, EMBEDDINGS, 0, -1, words.width());
    out.output(EMBEDDINGS);
    return parts.build(out);
  }

  /**
   * {@link SubGraphs#INPUT} and {@link #EMBEDDINGS} to {@link SubGraphs#ACTIVATIONS}; of the input
   * only what is not embedded as words is read.
   */
  public ModelProto frontOfEmbeddings(Cut cut) {
    WordEmbedding words = words();
    Pieces out = new Pieces(cuts.model().opset());
    parts.input(out);
    out.input(EMBEDDINGS, OnnxBuilder.DYNAMIC, OnnxBuilder.DYNAMIC, words.width());
    out.castTo(EMBEDDINGS, words.tensor(), shapes.type(words.tensor()));
    parts.copy(out, Set.of(graph.inputName(), words.tensor()), cut.tensor());
    parts.laidOut(out, cut, SubGraphs.ACTIVATIONS);
    out.output(SubGraphs.ACTIVATIONS);
    return parts.build(out);
  }

  /** The pooling of the model. */
  public @Nullable Pooling pooling() {
    return cuts.pooling();
  }
}
