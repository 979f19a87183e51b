package dev.percept.engine.torch;

import dev.percept.core.Activations;
import dev.percept.core.Dictionary;
import dev.percept.core.DifferentiableSplitModel;
import dev.percept.core.Grid;
import dev.percept.core.ModelInfo;
import dev.percept.core.PerceptException;
import dev.percept.core.Pullback;
import dev.percept.core.RectifierRule;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import dev.percept.engine.torch.graph.Precision;
import dev.percept.onnx.Cut;
import dev.percept.onnx.Cuts;
import dev.percept.onnx.Inspection;
import dev.percept.onnx.OnnxModel;
import dev.percept.onnx.SubGraphs;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * An ONNX model cut in two, executed by libtorch with gradients. It is cut, laid out and answered
 * as the model of the ONNX Runtime engine, so activations and gradients of one fit the other. Large
 * batches go through in pieces of {@link TorchOptions#batch}, padded where the file fixes the
 * batch.
 */
public final class TorchSplitModel implements DifferentiableSplitModel {
  /** About 16 MB: what the activations of one call of h may take. */
  private static final int HEAD_VALUES = 1 << 22;

  private final Cuts cuts;
  private final Cut cut;
  private final Grid grid;
  private final ModelInfo info;
  private final TorchOptions options;
  private final Shape inputShape;
  private final Shape logitShape;
  private final Parts parts;

  TorchSplitModel(
      Cuts cuts, String layer, TorchOptions options, Precision precision, boolean fuse) {
    this.cuts = cuts;
    this.cut = cuts.find(layer);
    this.grid = Objects.requireNonNull(cut.grid(), "a cut that is found is usable");
    this.options = options;
    OnnxModel model = cuts.model();
    SubGraphs graphs = new SubGraphs(model, cuts.shapes());
    this.info =
        new ModelInfo(
            model.name(),
            model.sha256(),
            cut.tensor(),
            cut.operator(),
            cut.nonNegative(),
            TorchEngine.version());
    this.inputShape = Shape.of(graphs.inputDims());
    this.logitShape = Shape.of(cuts.logits().axes(model, cuts.shapes()));
    this.parts = new Parts(cuts, cut, graphs, precision, fuse);
    // Names every missing operator now, not in the middle of an explanation.
    try {
      parts.whole();
    } catch (PerceptException e) {
      parts.close();
      throw e;
    }
  }

  @Override
  public ModelInfo info() {
    return info;
  }

  /** Where the model is cut. */
  public Cut cut() {
    return cut;
  }

  /** What there is to know about the model. */
  public Inspection inspection() {
    return Inspection.of(cuts);
  }

  @Override
  public Shape inputShape() {
    return inputShape;
  }

  @Override
  public Grid grid() {
    return grid;
  }

  @Override
  public int features() {
    return cut.features();
  }

  @Override
  public int outputs() {
    return logitShape.size();
  }

  @Override
  public Activations activations(Tensor inputs) {
    return new Activations(runner(parts::front, at()).forward(inputs), grid);
  }

  @Override
  public Tensor pooled(Tensor inputs) {
    return runner(parts::pooled, Shape.of(cut.features())).forward(inputs);
  }

  @Override
  public Tensor head(Tensor activations) {
    return behind(parts::head, SubGraphs.ACTIVATIONS, at()).forward(activations);
  }

  @Override
  public Tensor headOfCodes(Tensor codes, Dictionary dictionary) {
    if (dictionary.features() != features()) {
      throw new IllegalArgumentException(
          "dictionary: expected r x "
              + features()
              + ", found "
              + dictionary.concepts()
              + " x "
              + dictionary.features());
    }
    Shape each = Shape.of(cut.locations(), dictionary.concepts());
    return behind(parts::decoded, SubGraphs.CODES, each).forward(codes, dictionary);
  }

  @Override
  public Tensor logits(Tensor inputs) {
    return runner(parts::whole, outputShape()).forward(inputs);
  }

  @Override
  public Pullback pullLogits(Tensor inputs, UnaryOperator<Tensor> cotangent, RectifierRule rule) {
    return runner(parts::whole, outputShape()).pull(inputs, cotangent, rule);
  }

  @Override
  public Pullback pullActivations(
      Tensor inputs, UnaryOperator<Tensor> cotangent, RectifierRule rule) {
    return runner(parts::front, at()).pull(inputs, cotangent, rule);
  }

  @Override
  public Pullback pullHead(Tensor activations, UnaryOperator<Tensor> cotangent) {
    return behind(parts::head, SubGraphs.ACTIVATIONS, at())
        .pull(activations, cotangent, RectifierRule.EXACT);
  }

  /** The parts of this model, for what only models of texts do with them. */
  Parts parts() {
    return parts;
  }

  private Shape at() {
    return Shape.of(cut.locations(), cut.features());
  }

  private Shape outputShape() {
    return Shape.of(logitShape.size());
  }

  private Pieces runner(Parts.Source part, Shape out) {
    return pieces(part, SubGraphs.INPUT, inputShape, out, options.batch());
  }

  private Pieces behind(Parts.Source part, String input, Shape each) {
    int fit = HEAD_VALUES / Math.max(1, cut.locations() * cut.features());
    int batch = Math.max(1, Math.min(options.headBatch(), fit));
    return pieces(part, input, each, outputShape(), batch);
  }

  private Pieces pieces(Parts.Source part, String input, Shape each, Shape out, int batch) {
    return new Pieces(parts, part, input, each, out, batch, (int) cuts.shapes().fixedBatch());
  }

  /** The operators that f executes, fused ones by their own names. */
  List<String> operators() {
    return parts.use(parts::whole, p -> p.operators());
  }

  @Override
  public void close() {
    parts.close();
  }

  @Override
  public String toString() {
    return info.file() + " cut at " + info.layer();
  }
}
