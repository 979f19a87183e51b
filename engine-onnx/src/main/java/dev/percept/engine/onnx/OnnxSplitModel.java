package dev.percept.engine.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
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
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
  private final int fixedBatch;
  private final Session front;
  private final Session head;
  private final Session decoded;
  private final Session whole;
  private final Staging staging = new Staging();

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
    this.fixedBatch = (int) cuts.shapes().fixedBatch();
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
    Tensor values =
        run(
            between,
            SubGraphs.ACTIVATIONS,
            activations,
            each,
            SubGraphs.ONWARD,
            out,
            out,
            headBatch(),
            null);
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
    Shape each = Shape.of(cut.locations(), cut.features());
    Tensor values = run(front, SubGraphs.INPUT, inputs, inputShape, SubGraphs.ACTIVATIONS, each);
    return new Activations(values, grid());
  }

  @Override
  public Tensor pooled(Tensor inputs) {
    Shape each = Shape.of(cut.features());
    return run(front, SubGraphs.INPUT, inputs, inputShape, SubGraphs.POOLED, each);
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
    return logits(whole, SubGraphs.INPUT, inputs, inputShape, options.batch(), null);
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

  private Tensor run(
      Session session, String input, Tensor values, Shape each, String output, Shape out) {
    return run(session, input, values, each, output, out, out, options.batch(), null);
  }

  private Tensor logits(
      Session session,
      String input,
      Tensor values,
      Shape each,
      int batch,
      @Nullable Dictionary dictionary) {
    return run(
        session,
        input,
        values,
        each,
        SubGraphs.LOGITS,
        logitShape,
        Shape.of(outputs()),
        batch,
        dictionary);
  }

  /**
   * Sends {@code values} through a session piece by piece.
   *
   * @param each the shape of one input
   * @param inside the shape of one output as the graph makes it
   * @param outside its shape as it is returned
   */
  private Tensor run(
      Session session,
      String input,
      Tensor values,
      Shape each,
      String output,
      Shape inside,
      Shape outside,
      int batch,
      @Nullable Dictionary dictionary) {
    Shape found = values.shape();
    if (found.rank() != each.rank() + 1 || !found.example().equals(each)) {
      throw new IllegalArgumentException("expected n x " + each + ", found " + found);
    }
    int n = values.rows();
    float[] result = new float[Math.multiplyExact(n, inside.size())];
    session.requireOpen();
    int step = fixedBatch > 0 ? fixedBatch : Math.min(batch, n);
    OrtEnvironment environment = Natives.environment();
    try (Staging.Lease in = staging.take(step * each.size());
        Staging.Lease out = staging.take(step * inside.size());
        Bank bank = new Bank(environment, dictionary)) {
      for (int from = 0; from < n; from += step) {
        int count = Math.min(step, n - from);
        int size = fixedBatch > 0 ? fixedBatch : count;
        FloatBuffer source = piece(values, from, count, size, each.size(), in.buffer());
        FloatBuffer target = out.buffer().limit(size * inside.size()).slice();
        try (OnnxTensor x = tensor(environment, source, each.batch(size));
            OnnxTensor y = tensor(environment, target, inside.batch(size))) {
          Map<String, OnnxTensor> inputs = new LinkedHashMap<>(bank.inputs());
          inputs.put(input, x);
          session.run(inputs, Map.of(output, y));
        }
        target.get(0, result, from * inside.size(), count * inside.size());
      }
    } catch (OrtException e) {
      throw Natives.failure(info.file() + " cannot be run", e);
    }
    return Tensor.wrap(outside.batch(n), result);
  }

  /** Inputs {@code from ... from + count} in direct memory, the last repeated to fill the batch. */
  private static FloatBuffer piece(
      Tensor values, int from, int count, int size, int each, FloatBuffer staged) {
    FloatBuffer all = values.buffer();
    FloatBuffer part = all.position(from * each).limit((from + count) * each).slice();
    if (part.isDirect() && count == size) {
      return part;
    }
    staged.clear();
    staged.put(part);
    for (int i = count; i < size; i++) {
      staged.put(all.duplicate().position((from + count - 1) * each).limit((from + count) * each));
    }
    return staged.flip().slice();
  }

  static OnnxTensor tensor(OrtEnvironment environment, FloatBuffer values, Shape shape)
      throws OrtException {
    long[] dims = new long[shape.rank()];
    for (int i = 0; i < dims.length; i++) {
      dims[i] = shape.dim(i);
    }
    return OnnxTensor.createTensor(environment, values, dims);
  }

  /** The dictionary as inputs of h∘decode; nothing where there is none. */
  private final class Bank implements AutoCloseable {
    private final Map<String, OnnxTensor> tensors = new LinkedHashMap<>();
    private final List<Staging.Lease> leases = new ArrayList<>();

    Bank(OrtEnvironment environment, @Nullable Dictionary dictionary) throws OrtException {
      if (dictionary == null) {
        return;
      }
      Tensor offset = dictionary.offset();
      add(environment, SubGraphs.ATOMS, dictionary.atoms());
      add(
          environment,
          SubGraphs.OFFSET,
          offset == null ? Tensor.zeros(Shape.of(dictionary.features())) : offset);
    }

    private void add(OrtEnvironment environment, String name, Tensor values) throws OrtException {
      Staging.Lease lease = staging.take(values.shape().size());
      leases.add(lease);
      FloatBuffer buffer = lease.buffer();
      buffer.put(values.buffer()).flip();
      tensors.put(name, tensor(environment, buffer, values.shape()));
    }

    Map<String, OnnxTensor> inputs() {
      return tensors;
    }

    @Override
    public void close() {
      tensors.values().forEach(OnnxTensor::close);
      leases.forEach(Staging.Lease::close);
    }
  }

  @Override
  public void close() {
    for (Session session : List.of(front, head, decoded, whole)) {
      session.close();
    }
    staging.clear();
  }

  @Override
  public String toString() {
    return info.file() + " cut at " + info.layer();
  }
}
