package dev.percept.engine.onnx;

import dev.percept.core.Activations;
import dev.percept.core.Dictionary;
import dev.percept.core.Grid;
import dev.percept.core.ModelInfo;
import dev.percept.core.PerceptException;
import dev.percept.core.Shape;
import dev.percept.core.SplitModel;
import dev.percept.core.Tensor;
import dev.percept.onnx.Cut;
import dev.percept.onnx.Cuts;
import dev.percept.onnx.EarlierCuts;
import dev.percept.onnx.Inspection;
import dev.percept.onnx.Logits;
import dev.percept.onnx.OnnxModel;
import dev.percept.onnx.SubGraphs;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An ONNX model cut in two, run by ONNX Runtime. Its parts are opened when they are first used and
 * shared by all threads; large batches go through in pieces of {@link EngineOptions#batch}.
 */
public final class OnnxSplitModel implements SplitModel {
  /** About 16 MB: what the activations of one call of h may take. */
  private static final int HEAD_VALUES = 1 << 22;

  private final Cuts cuts;
  private final Cut cut;
  private final Grid grid;
  private final ModelInfo info;
  private final EngineOptions options;
  private final Shape inputShape;
  private final Shape logitShape;
  private final Session front;
  private final Session head;
  private final Session decoded;
  private final Session whole;
  private final Passes passes;

  OnnxSplitModel(Cuts cuts, String layer, EngineOptions options, String engine) {
    this(cuts, cuts.find(layer), options, engine);
  }

  private OnnxSplitModel(Cuts cuts, Cut cut, EngineOptions options, String engine) {
    this.cuts = cuts;
    this.cut = cut;
    this.grid = Objects.requireNonNull(cut.grid(), "a cut that is found is usable");
    this.options = options;
    OnnxModel model = cuts.model();
    Logits logits = cuts.logits();
    SubGraphs parts = new SubGraphs(model, cuts.shapes());
    this.info =
        new ModelInfo(
            model.name(), model.sha256(), cut.tensor(), cut.operator(), cut.nonNegative(), engine);
    this.inputShape = Shape.of(parts.inputDims());
    this.logitShape = Shape.of(logits.axes(model, cuts.shapes()));
    this.passes = new Passes(model.name(), (int) cuts.shapes().fixedBatch());
    int threads = options.threads();
    this.front = new Session(model, threads, () -> parts.front(cut));
    this.head = new Session(model, threads, () -> parts.head(cut, logits));
    this.decoded = new Session(model, threads, () -> parts.headOfCodes(cut, logits));
    this.whole = new Session(model, threads, () -> parts.whole(logits));
  }

  @Override
  public ModelInfo info() {
    return info;
  }

  /** Where the model is cut. */
  public Cut cut() {
    return cut;
  }

  /**
   * This model together with itself cut at earlier layers.
   *
   * @param layers from later to earlier
   * @return to be closed; this model stays open
   * @throws PerceptException if a layer is no clean cut or does not lie before the one before it
   */
  public OnnxStackedModel stack(List<String> layers) {
    return stackAt(EarlierCuts.find(cuts, cut, layers));
  }

  /**
   * As {@link #stack(List)}, at earlier layers that are chosen: clean, never negative, with finer
   * and finer maps.
   *
   * @param depth how many
   * @throws PerceptException if the model has fewer
   */
  public OnnxStackedModel stack(int depth) {
    List<Cut> earlier = EarlierCuts.choose(cuts, cut, depth);
    if (earlier.size() < depth) {
      throw new PerceptException(
          "'"
              + info.file()
              + "' has "
              + (earlier.isEmpty() ? "no" : "only " + earlier.size())
              + " clean cut"
              + (earlier.size() == 1 ? "" : "s")
              + " with a finer map and no negative values before '"
              + cut.tensor()
              + "', needed "
              + (depth == 1 ? "is 1" : "are " + depth)
              + "; name earlier layers with --layers, or take less depth");
    }
    return stackAt(earlier);
  }

  private OnnxStackedModel stackAt(List<Cut> earlier) {
    List<OnnxSplitModel> models = new ArrayList<>();
    models.add(this);
    earlier.forEach(at -> models.add(new OnnxSplitModel(cuts, at, options, info.engine())));
    return new OnnxStackedModel(models);
  }

  /** What lies between this cut and a later one, not yet opened. */
  Session between(OnnxSplitModel later) {
    SubGraphs parts = new SubGraphs(cuts.model(), cuts.shapes());
    return new Session(cuts.model(), options.threads(), () -> parts.between(cut, later.cut));
  }

  /** Sends activations at this cut through {@code between} to a later one. */
  Activations onward(Session between, OnnxSplitModel later, Tensor activations) {
    Shape each = Shape.of(cut.locations(), cut.features());
    Shape out = Shape.of(later.cut.locations(), later.cut.features());
    Passes.Ends ends = new Passes.Ends(SubGraphs.ACTIVATIONS, each, SubGraphs.ONWARD, out, out);
    Tensor values = passes.run(between, ends, activations, headBatch(), null);
    return new Activations(values, later.grid());
  }

  /** Where the model can be cut; another engine opens the same model from this. */
  public Cuts cuts() {
    return cuts;
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
    return new Activations(activations(inputs, inputShape, options.batch()), grid());
  }

  @Override
  public Tensor pooled(Tensor inputs) {
    Shape out = Shape.of(cut.features());
    Passes.Ends ends = new Passes.Ends(SubGraphs.INPUT, inputShape, SubGraphs.POOLED, out, out);
    return passes.run(front, ends, inputs, options.batch(), null);
  }

  @Override
  public Tensor head(Tensor activations) {
    Shape each = Shape.of(cut.locations(), cut.features());
    return logits(head, SubGraphs.ACTIVATIONS, activations, each, headBatch(), null);
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
    return logits(decoded, SubGraphs.CODES, codes, each, headBatch(), dictionary);
  }

  @Override
  public Tensor logits(Tensor inputs) {
    return logits(inputs, inputShape, options.batch());
  }

  /** g for inputs that may be shorter than the longest. */
  Tensor activations(Tensor inputs, Shape each, int batch) {
    Shape out = Shape.of(cut.locations(), cut.features());
    Passes.Ends ends = new Passes.Ends(SubGraphs.INPUT, each, SubGraphs.ACTIVATIONS, out, out);
    return passes.run(front, ends, inputs, batch, null);
  }

  /** f for inputs that may be shorter than the longest. */
  Tensor logits(Tensor inputs, Shape each, int batch) {
    return logits(whole, SubGraphs.INPUT, inputs, each, batch, null);
  }

  /** What the passes of this model share. */
  Passes passes() {
    return passes;
  }

  /**
   * Gives back the memory of f, the uncut model. It is only needed to check the cut; the next call
   * of {@link #logits} opens it again.
   */
  public void releaseWhole() {
    whole.release();
  }

  private int headBatch() {
    int fit = HEAD_VALUES / Math.max(1, cut.locations() * cut.features());
    return Math.max(1, Math.min(options.headBatch(), fit));
  }

  private Tensor logits(
      Session session,
      String input,
      Tensor values,
      Shape each,
      int batch,
      @Nullable Dictionary dictionary) {
    Passes.Ends ends =
        new Passes.Ends(input, each, SubGraphs.LOGITS, logitShape, Shape.of(outputs()));
    return passes.run(session, ends, values, batch, dictionary);
  }

  @Override
  public void close() {
    for (Session session : List.of(front, head, decoded, whole)) {
      session.close();
    }
    passes.clear();
  }

  @Override
  public String toString() {
    return info.file() + " cut at " + info.layer();
  }
}
