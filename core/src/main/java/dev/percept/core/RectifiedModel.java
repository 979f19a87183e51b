package dev.percept.core;

/**
 * A split model whose activations are {@code max(0, g(x))} and whose head is h as it is, so that
 * methods for values of one sign can be used where activations are signed. What is explained is
 * then {@code h(max(0, g(x)))}, which is not the model; how far it is from it must be said.
 *
 * <p>{@link #logits} is still f, and {@link #check} still compares f with h(g(x)): rectifying hides
 * no wrong cut. Where no value of a batch is negative, everything is bit for bit as it is without.
 *
 * <p>Not for activations that are mostly negative: little of them is left.
 */
public class RectifiedModel implements SplitModel {
  private final SplitModel model;

  RectifiedModel(SplitModel model) {
    this.model = model;
  }

  /** {@code model} with rectified activations; closing either closes both. */
  public static RectifiedModel of(SplitModel model) {
    return model instanceof TextModel text
        ? new RectifiedTextModel(text)
        : new RectifiedModel(model);
  }

  /** A model of pictures with rectified activations, with gradients. */
  public static RectifiedDifferentiableModel of(DifferentiableSplitModel model) {
    return new RectifiedDifferentiableModel(model);
  }

  /** A model of texts with rectified activations, which stays one of texts. */
  public static RectifiedTextModel of(TextModel model) {
    return new RectifiedTextModel(model);
  }

  /** A model of texts with rectified activations, with gradients. */
  public static RectifiedDifferentiableTextModel of(DifferentiableTextModel model) {
    return new RectifiedDifferentiableTextModel(model);
  }

  /** max(0, a); the very same tensor where nothing is negative. */
  public static Tensor rectified(Tensor values) {
    int size = values.shape().size();
    int first = 0;
    while (first < size && !(values.get(first) < 0)) {
      first++;
    }
    if (first == size) {
      return values;
    }
    float[] out = values.toArray();
    for (int i = first; i < size; i++) {
      // A value that is no number stays one.
      out[i] = out[i] < 0 ? 0 : out[i];
    }
    return Tensor.wrap(values.shape(), out);
  }

  /** What is no longer there cannot be changed: {@code v} where {@code a > 0}, else 0. */
  static Tensor arriving(Tensor a, Tensor v) {
    if (!a.shape().equals(v.shape())) {
      throw new IllegalArgumentException(
          "cotangent: expected " + a.shape() + ", found " + v.shape());
    }
    float[] out = v.toArray();
    for (int i = 0; i < out.length; i++) {
      out[i] = a.get(i) < 0 ? 0 : out[i];
    }
    return Tensor.wrap(v.shape(), out);
  }

  @Override
  public ModelInfo info() {
    ModelInfo info = model.info();
    return new ModelInfo(
        info.file(), info.sha256(), info.layer(), info.operator(), true, info.engine());
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
    Activations signed = model.activations(inputs);
    return new Activations(rectified(signed.values()), signed.grid());
  }

  /** The mean over the places of what is rectified, which is not the rectified mean. */
  @Override
  public Tensor pooled(Tensor inputs) {
    if (model.info().nonNegative()) {
      return model.pooled(inputs);
    }
    Tensor signed = model.activations(inputs).values();
    Tensor values = rectified(signed);
    if (values == signed) {
      return model.pooled(inputs);
    }
    int n = values.rows();
    int p = features();
    Grid grid = grid();
    float[] mean = new float[n * p];
    for (int i = 0; i < n; i++) {
      for (int f = 0; f < p; f++) {
        double sum = 0;
        for (int l = 0; l < grid.places(); l++) {
          sum += values.get((i * grid.size() + grid.location(l)) * p + f);
        }
        mean[i * p + f] = (float) (sum / grid.places());
      }
    }
    return Tensor.wrap(Shape.of(n, p), mean);
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
    return model.logits(inputs);
  }

  @Override
  public SplitCheck check(Tensor inputs) {
    return model.check(inputs);
  }

  @Override
  public void close() {
    model.close();
  }
}
