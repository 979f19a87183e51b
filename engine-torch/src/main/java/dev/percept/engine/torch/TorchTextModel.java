package dev.percept.engine.torch;

import dev.percept.core.Activations;
import dev.percept.core.Dictionary;
import dev.percept.core.DifferentiableTextModel;
import dev.percept.core.EmbeddingPullback;
import dev.percept.core.Grid;
import dev.percept.core.ModelInfo;
import dev.percept.core.Pullback;
import dev.percept.core.RectifierRule;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import dev.percept.onnx.Cut;
import dev.percept.onnx.Cuts;
import dev.percept.onnx.Inspection;
import dev.percept.onnx.PaddingProbe;
import dev.percept.onnx.SubGraphs;
import dev.percept.onnx.TextGraphs;
import dev.percept.onnx.TextPieces;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * An ONNX model of texts cut in two, executed by libtorch with gradients at the embeddings of
 * words. It is cut and fed as the model of the ONNX Runtime engine: texts sorted by length, padding
 * trimmed, and texts of one length at a time where the model does not ignore padding.
 */
public final class TorchTextModel implements DifferentiableTextModel {
  private final Cuts cuts;
  private final TorchSplitModel model;
  private final TorchOptions options;
  private final int fixedBatch;
  private final Object probing = new Object();
  private TextPieces.@Nullable Lengths lengths;

  TorchTextModel(Cuts cuts, TorchSplitModel model, TorchOptions options) {
    this.cuts = cuts;
    this.model = model;
    this.options = options;
    this.fixedBatch = (int) cuts.shapes().fixedBatch();
  }

  @Override
  public ModelInfo info() {
    return model.info();
  }

  /** Where the model is cut. */
  public Cut cut() {
    return model.cut();
  }

  /** What there is to know about the model. */
  public Inspection inspection() {
    return model.inspection();
  }

  @Override
  public Shape inputShape() {
    return model.inputShape();
  }

  @Override
  public Grid grid() {
    return model.grid();
  }

  @Override
  public int features() {
    return model.features();
  }

  @Override
  public int outputs() {
    return model.outputs();
  }

  @Override
  public Activations activations(Tensor inputs) {
    return new Activations(pooled(inputs).reshape(inputs.rows(), 1, features()), grid());
  }

  /** The same as the activations: there is one location. */
  @Override
  public Tensor pooled(Tensor inputs) {
    return rows(inputs, features(), this::front);
  }

  @Override
  public Tensor head(Tensor activations) {
    return model.head(activations);
  }

  @Override
  public Tensor headOfCodes(Tensor codes, Dictionary dictionary) {
    return model.headOfCodes(codes, dictionary);
  }

  @Override
  public Pullback pullHead(Tensor activations, UnaryOperator<Tensor> cotangent) {
    return model.pullHead(activations, cotangent);
  }

  @Override
  public Tensor logits(Tensor inputs) {
    Parts parts = model.parts();
    return rows(inputs, outputs(), piece -> through(parts::whole, piece, Shape.of(outputs())));
  }

  @Override
  public Tensor tokens(Tensor inputs) {
    requireShape(inputs);
    Parts parts = model.parts();
    int p = features();
    float[] all = new float[Math.multiplyExact(inputs.rows(), maxTokens() * p)];
    for (TextPieces.Piece piece : pieces(inputs)) {
      Tensor made = through(parts::tokens, piece.inputs(), Shape.of(piece.length(), p));
      scatter(made, piece, maxTokens() * p, all);
    }
    return Tensor.wrap(Shape.of(inputs.rows(), maxTokens(), p), all);
  }

  @Override
  public EmbeddingPullback pullEmbeddings(Tensor inputs, UnaryOperator<Tensor> cotangent) {
    requireShape(inputs);
    Parts parts = model.parts();
    int n = inputs.rows();
    int p = features();
    int d = new TextGraphs(cuts).embeddingWidth();
    float[] values = new float[Math.multiplyExact(n, p)];
    float[] embeddings = new float[Math.multiplyExact(n, maxTokens() * d)];
    float[] gradients = new float[embeddings.length];
    for (TextPieces.Piece piece : pieces(inputs)) {
      int count = piece.rows().size();
      Tensor x = filled(piece.inputs());
      Shape rows = Shape.of(piece.length(), d);
      Tensor words = through(parts::embeddings, x, rows);
      Pullback pulled =
          parts.use(
              parts::frontOfEmbeddings,
              f ->
                  new Pass(f, parts.precision(), TextGraphs.EMBEDDINGS, Shape.of(1, p))
                      .pull(
                          words,
                          Map.of(SubGraphs.INPUT, x),
                          v -> Piecewise.cotangent(cotangent, v, count),
                          RectifierRule.EXACT));
      scatter(pulled.values(), piece, p, values);
      scatter(masked(words, x), piece, maxTokens() * d, embeddings);
      scatter(masked(pulled.gradients(), x), piece, maxTokens() * d, gradients);
    }
    Shape shape = Shape.of(n, maxTokens(), d);
    return new EmbeddingPullback(
        Tensor.wrap(Shape.of(n, 1, p), values),
        Tensor.wrap(shape, embeddings),
        Tensor.wrap(shape, gradients));
  }

  /** Zero at padding: k x L x d with the masks of k x 3 x L. */
  private static Tensor masked(Tensor values, Tensor inputs) {
    int length = inputs.shape().dim(2);
    int d = values.shape().dim(2);
    float[] out = values.toArray();
    for (int i = 0; i < inputs.rows(); i++) {
      for (int t = 0; t < length; t++) {
        if (inputs.get((i * ROWS + MASK) * length + t) == 0) {
          int at = (i * length + t) * d;
          java.util.Arrays.fill(out, at, at + d, 0);
        }
      }
    }
    return Tensor.wrap(values.shape(), out);
  }

  /** A piece as large as the batch that the file fixes: the last text again and again. */
  private Tensor filled(Tensor piece) {
    if (fixedBatch == 0 || piece.rows() == fixedBatch) {
      return piece;
    }
    Shape each = piece.shape().example();
    FloatBuffer all = FloatBuffer.allocate(fixedBatch * each.size());
    all.put(piece.buffer());
    while (all.hasRemaining()) {
      all.put(piece.row(piece.rows() - 1).buffer());
    }
    return Tensor.wrap(each.batch(fixedBatch), all.flip());
  }

  private static void scatter(Tensor made, TextPieces.Piece piece, int each, float[] all) {
    int size = made.shape().example().size();
    for (int i = 0; i < piece.rows().size(); i++) {
      made.copyTo(i * size, all, piece.rows().get(i) * each, size);
    }
  }

  private Tensor front(Tensor piece) {
    return through(model.parts()::front, piece, Shape.of(1, features()));
  }

  private Tensor through(Parts.Source part, Tensor piece, Shape out) {
    Shape each = piece.shape().example();
    return new Pieces(model.parts(), part, SubGraphs.INPUT, each, out, piece.rows(), fixedBatch)
        .forward(piece);
  }

  private List<TextPieces.Piece> pieces(Tensor inputs) {
    return TextPieces.of(inputs, lengths(), options.batch(), fixedBatch);
  }

  private TextPieces.Lengths lengths() {
    synchronized (probing) {
      TextPieces.Lengths known = lengths;
      if (known == null) {
        known = PaddingProbe.lengths(cuts, this::front);
        lengths = known;
      }
      return known;
    }
  }

  private Tensor rows(Tensor inputs, int width, UnaryOperator<Tensor> part) {
    requireShape(inputs);
    float[] all = new float[Math.multiplyExact(inputs.rows(), width)];
    for (TextPieces.Piece piece : pieces(inputs)) {
      scatter(part.apply(piece.inputs()), piece, width, all);
    }
    return Tensor.wrap(Shape.of(inputs.rows(), width), all);
  }

  private void requireShape(Tensor inputs) {
    Shape found = inputs.shape();
    if (found.rank() != 3 || !found.example().equals(inputShape())) {
      throw new IllegalArgumentException("expected n x " + inputShape() + ", found " + found);
    }
    model.parts().requireOpen();
  }

  /** The operators that f executes, fused ones by their own names. */
  List<String> operators() {
    return model.operators();
  }

  @Override
  public void close() {
    model.close();
  }

  @Override
  public String toString() {
    return model.toString();
  }
}
