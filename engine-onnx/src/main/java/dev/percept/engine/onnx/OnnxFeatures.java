package dev.percept.engine.onnx;

import dev.percept.core.Activations;
import dev.percept.core.PerceptException;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import dev.percept.onnx.Backbone;
import dev.percept.onnx.Backbone.Pool;
import dev.percept.onnx.OnnxModel;
import dev.percept.onnx.SubGraphs;
import dev.percept.onnx.TensorShapes;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Features of a frozen network, run by ONNX Runtime; safe for use from several threads. */
public final class OnnxFeatures implements AutoCloseable {
  private final Backbone backbone;
  private final OnnxModel model;
  private final Session session;
  private final Session maps;
  private final Shape inputShape;
  private final Passes passes;
  private final int batch;

  private OnnxFeatures(OnnxModel model, Backbone backbone, EngineOptions options) {
    this.model = model;
    this.backbone = backbone;
    this.session = new Session(model, options.threads(), backbone::features);
    this.maps = new Session(model, options.threads(), backbone::map);
    this.inputShape = Shape.of(backbone.inputDims());
    this.passes = new Passes(model.name(), backbone.fixedBatch());
    this.batch = options.batch();
  }

  /**
   * Opens a network at its features.
   *
   * @param tensor that holds them; null for the only output
   * @param pooling how locations become one vector; null to choose by what there is
   * @throws PerceptException if the file is unfit or it is not clear what its features are
   */
  public static OnnxFeatures open(
      Path file, @Nullable String tensor, @Nullable Pool pooling, EngineOptions options) {
    OnnxModel model = OnnxModel.read(file);
    TensorShapes shapes = OnnxEngine.shapes(model, options);
    return new OnnxFeatures(model, Backbone.of(model, shapes, tensor, pooling), options);
  }

  /** The network. */
  public Backbone backbone() {
    return backbone;
  }

  /** SHA-256 of its file. */
  public String sha256() {
    return model.sha256();
  }

  /** The shape of one input. */
  public Shape inputShape() {
    return inputShape;
  }

  /**
   * The features of n inputs, n x p.
   *
   * @throws IllegalStateException after {@link #close()}
   */
  public Tensor of(Tensor inputs) {
    Shape p = Shape.of(backbone.size());
    return passes.run(
        session,
        new Passes.Ends(SubGraphs.INPUT, inputShape, Backbone.FEATURES, p, p),
        inputs,
        batch,
        null);
  }

  /**
   * The features of n inputs place by place, not pooled.
   *
   * @return n x places x p
   * @throws IllegalStateException after {@link #close()}
   */
  public Activations map(Tensor inputs) {
    Shape p = Shape.of(backbone.places().size(), backbone.atPlace());
    Tensor values =
        passes.run(
            maps,
            new Passes.Ends(SubGraphs.INPUT, inputShape, Backbone.FEATURES, p, p),
            inputs,
            batch,
            null);
    return new Activations(values, backbone.places());
  }

  @Override
  public void close() {
    session.close();
    maps.close();
    passes.clear();
  }
}
