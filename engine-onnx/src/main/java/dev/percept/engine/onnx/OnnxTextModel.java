package dev.percept.engine.onnx;

import dev.percept.core.Activations;
import dev.percept.core.Dictionary;
import dev.percept.core.Grid;
import dev.percept.core.ModelInfo;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import dev.percept.core.TextModel;
import dev.percept.onnx.Cut;
import dev.percept.onnx.Cuts;
import dev.percept.onnx.Inspection;
import dev.percept.onnx.PaddingProbe;
import dev.percept.onnx.Pooling;
import dev.percept.onnx.SubGraphs;
import dev.percept.onnx.TextGraphs;
import dev.percept.onnx.TextPieces;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * An ONNX model of texts cut in two, run by ONNX Runtime. Texts of a call are sorted by length and
 * go through in pieces of {@link EngineOptions#batch} times 32 tokens; a model that does not ignore
 * padding, which is tried out before the first piece, gets texts of one length at a time.
 */
public final class OnnxTextModel implements TextModel {
  private final Cuts cuts;
  private final OnnxSplitModel model;
  private final EngineOptions options;
  private final Session tokens;
  private TextPieces.@Nullable Lengths lengths;

  OnnxTextModel(Cuts cuts, String layer, EngineOptions options, String engine) {
    this.cuts = cuts;
    this.model = new OnnxSplitModel(cuts, layer, options, engine);
    this.options = options;
    TextGraphs graphs = new TextGraphs(cuts);
    Cut cut = model.cut();
    this.tokens = new Session(cuts.model(), options.threads(), () -> graphs.tokens(cut));
  }

  @Override
  public ModelInfo info() {
    return model.info();
  }

  /** Where the model is cut. */
  public Cut cut() {
    return model.cut();
  }

  /** Where the model can be cut; another engine opens the same model from this. */
  public Cuts cuts() {
    return cuts;
  }

  /** What the head reads; null where that is not clear. */
  public @Nullable Pooling pooling() {
    return cuts.pooling();
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
  public Tensor logits(Tensor inputs) {
    return rows(
        inputs, outputs(), piece -> model.logits(piece, piece.shape().example(), piece.rows()));
  }

  /**
   * Gives back the memory of f, the uncut model. It is only needed to check the cut; the next call
   * of {@link #logits} opens it again.
   */
  public void releaseWhole() {
    model.releaseWhole();
  }

  @Override
  public Tensor tokens(Tensor inputs) {
    requireShape(inputs);
    tokens.requireOpen();
    int p = features();
    int width = maxTokens();
    float[] all = new float[Math.multiplyExact(inputs.rows(), width * p)];
    for (TextPieces.Piece piece : pieces(inputs)) {
      Shape out = Shape.of(piece.length(), p);
      Passes.Ends ends =
          new Passes.Ends(
              SubGraphs.INPUT, piece.inputs().shape().example(), TextGraphs.TOKENS, out, out);
      Tensor made = model.passes().run(tokens, ends, piece.inputs(), piece.rows().size(), null);
      for (int i = 0; i < piece.rows().size(); i++) {
        made.copyTo(i * out.size(), all, piece.rows().get(i) * width * p, out.size());
      }
    }
    return Tensor.wrap(Shape.of(inputs.rows(), width, p), all);
  }

  /** Whether texts of other lengths may share a piece; tried out once. */
  TextPieces.Lengths lengths() {
    synchronized (tokens) {
      TextPieces.Lengths known = lengths;
      if (known == null) {
        known = PaddingProbe.lengths(cuts, this::front);
        lengths = known;
      }
      return known;
    }
  }

  private List<TextPieces.Piece> pieces(Tensor inputs) {
    int fixed = (int) cuts.shapes().fixedBatch();
    return TextPieces.of(inputs, lengths(), options.batch(), fixed);
  }

  private Tensor front(Tensor piece) {
    return model.activations(piece, piece.shape().example(), piece.rows());
  }

  /** Sends texts through in pieces, n x 3 x T to n x width. */
  private Tensor rows(Tensor inputs, int width, UnaryOperator<Tensor> part) {
    requireShape(inputs);
    tokens.requireOpen();
    float[] all = new float[Math.multiplyExact(inputs.rows(), width)];
    for (TextPieces.Piece piece : pieces(inputs)) {
      Tensor made = part.apply(piece.inputs());
      for (int i = 0; i < piece.rows().size(); i++) {
        made.copyTo(i * width, all, piece.rows().get(i) * width, width);
      }
    }
    return Tensor.wrap(Shape.of(inputs.rows(), width), all);
  }

  private void requireShape(Tensor inputs) {
    Shape found = inputs.shape();
    if (found.rank() != 3 || !found.example().equals(inputShape())) {
      throw new IllegalArgumentException("expected n x " + inputShape() + ", found " + found);
    }
  }

  @Override
  public void close() {
    tokens.close();
    model.close();
  }

  @Override
  public String toString() {
    return model.toString();
  }
}
