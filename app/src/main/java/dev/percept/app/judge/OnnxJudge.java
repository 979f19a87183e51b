package dev.percept.app.judge;

import dev.percept.core.Examples;
import dev.percept.core.Grid;
import dev.percept.core.PerceptException;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import dev.percept.engine.onnx.EngineOptions;
import dev.percept.engine.onnx.OnnxFeatures;
import dev.percept.methods.metric.c2.Judge;
import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Any ONNX model as judge, by a tensor of features: a feature map, or patch tokens without the
 * tokens that are no place. It need not have logits.
 */
public final class OnnxJudge implements Judge, AutoCloseable {
  private final OnnxFeatures features;
  private final Examples pictures;
  private final String words;

  private OnnxJudge(OnnxFeatures features, Examples pictures, String words) {
    this.features = features;
    this.pictures = pictures;
    this.words = words;
  }

  /**
   * Opens a model.
   *
   * @param layer the tensor that holds the features; null for the only output
   * @param pictures the marked pictures in their order, made ready for a model with inputs of the
   *     given shape, 3 x height x width
   * @throws PerceptException if the file is unfit, or has no places at that tensor
   */
  public static OnnxJudge open(
      Path model, @Nullable String layer, Function<Shape, Examples> pictures) {
    OnnxFeatures features;
    try {
      features = OnnxFeatures.open(model, layer, null, EngineOptions.DEFAULT);
    } catch (PerceptException e) {
      // The tensor has another option here than where it is what is explained.
      throw new PerceptException(
          "the judge: " + String.valueOf(e.getMessage()).replace("--output", "--judge-layer"), e);
    }
    try {
      String tensor = features.backbone().tensor();
      if (!features.backbone().places().isSpatial()) {
        throw new PerceptException(
            "the judge: '"
                + tensor
                + "' of "
                + model.getFileName()
                + " is one vector a picture; name a feature map or tokens with --judge-layer"
                + " ('percept inspect' lists them)");
      }
      return new OnnxJudge(
          features,
          pictures.apply(features.inputShape()),
          model.getFileName() + " at '" + tensor + "'");
    } catch (RuntimeException e) {
      features.close();
      throw e;
    }
  }

  /** The file and the tensor. */
  public String words() {
    return words;
  }

  @Override
  public int pictures() {
    return pictures.size();
  }

  @Override
  public Grid grid() {
    return features.backbone().places();
  }

  @Override
  public int features() {
    return features.backbone().atPlace();
  }

  @Override
  public Tensor look(int from, int to) {
    return features.map(pictures.batch(from, to)).values();
  }

  @Override
  public void close() {
    features.close();
  }
}
