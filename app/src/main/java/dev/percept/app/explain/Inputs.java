package dev.percept.app.explain;

import dev.percept.engine.onnx.EngineOptions;
import dev.percept.engine.torch.TorchOptions;
import dev.percept.image.Normalization;
import dev.percept.image.PictureReader;
import dev.percept.image.ResizeMode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A model, pictures of classes, and how the one is fed with the other.
 *
 * @param model an ONNX file
 * @param layer a tensor, or {@code auto}
 * @param output the logits, where the model has several outputs
 * @param inputSize side of the input where the model leaves it open, else 0
 * @param images a folder of pictures, or of one folder a class
 * @param target a class, or {@code each}
 * @param labels a label file; null to number the classes
 * @param normalization of pixel values
 * @param resize how a picture becomes one of the model's size
 * @param antialias whether resizing averages
 * @param maxPixels pictures with more are skipped
 * @param maxImages of a class; 0 for all
 * @param batch pictures that go through the model at once
 * @param rectify whether concepts are sought in max(0, a) instead of the activations a
 */
public record Inputs(
    Path model,
    String layer,
    @Nullable String output,
    int inputSize,
    Path images,
    String target,
    @Nullable Path labels,
    Normalization normalization,
    ResizeMode resize,
    boolean antialias,
    long maxPixels,
    int maxImages,
    int batch,
    boolean rectify) {

  /** With concepts sought in the activations as they are. */
  public Inputs(
      Path model,
      String layer,
      @Nullable String output,
      int inputSize,
      Path images,
      String target,
      @Nullable Path labels,
      Normalization normalization,
      ResizeMode resize,
      boolean antialias,
      long maxPixels,
      int maxImages,
      int batch) {
    this(
        model,
        layer,
        output,
        inputSize,
        images,
        target,
        labels,
        normalization,
        resize,
        antialias,
        maxPixels,
        maxImages,
        batch,
        false);
  }

  /** All classes of a folder, with everything else as the embedded model needs it. */
  public static Inputs of(Path model, Path images) {
    return new Inputs(
        model,
        "auto",
        null,
        0,
        images,
        ClassSource.EACH,
        null,
        Normalization.UNIT,
        ResizeMode.FIT,
        true,
        PictureReader.DEFAULT_MAX_PIXELS,
        0,
        8);
  }

  /** With names of the classes. */
  public Inputs withLabels(Path file) {
    return new Inputs(
        model,
        layer,
        output,
        inputSize,
        images,
        target,
        file,
        normalization,
        resize,
        antialias,
        maxPixels,
        maxImages,
        batch,
        rectify);
  }

  /** With at most so many pictures of a class; 0 for all. */
  public Inputs withMaxImages(int maxImages) {
    return new Inputs(
        model,
        layer,
        output,
        inputSize,
        images,
        target,
        labels,
        normalization,
        resize,
        antialias,
        maxPixels,
        maxImages,
        batch,
        rectify);
  }

  /** Cut at another tensor. */
  public Inputs withLayer(String layer) {
    return new Inputs(
        model,
        layer,
        output,
        inputSize,
        images,
        target,
        labels,
        normalization,
        resize,
        antialias,
        maxPixels,
        maxImages,
        batch,
        rectify);
  }

  /** With concepts sought in max(0, a), or in the activations as they are. */
  public Inputs withRectify(boolean rectify) {
    return new Inputs(
        model,
        layer,
        output,
        inputSize,
        images,
        target,
        labels,
        normalization,
        resize,
        antialias,
        maxPixels,
        maxImages,
        batch,
        rectify);
  }

  /** How the model is opened. */
  public EngineOptions engine() {
    return EngineOptions.DEFAULT.withBatch(batch).withOutput(output).withInputSize(inputSize);
  }

  /** How the same model is opened where gradients are wanted; threads as that engine has them. */
  public TorchOptions gradients() {
    return TorchOptions.DEFAULT.withBatch(batch).withOutput(output).withInputSize(inputSize);
  }

  /** The options of the command line that say how a picture becomes a model input. */
  public Map<String, String> preprocessOptions() {
    Map<String, String> options = new LinkedHashMap<>();
    boolean preset =
        Normalization.presets().stream()
            .anyMatch(p -> p.withBgr(false).equals(normalization.withBgr(false)));
    if (preset) {
      options.put("preprocess", normalization.name());
    } else {
      options.put("mean", triple(normalization.mean()));
      options.put("std", triple(normalization.std()));
      options.put("scale", Double.toString(normalization.scale()));
    }
    if (normalization.bgr()) {
      options.put("bgr", "");
    }
    options.put("resize", resize.toString());
    if (!antialias) {
      options.put("no-antialias", "");
    }
    return options;
  }

  private static String triple(List<Double> values) {
    return values.stream().map(v -> Double.toString(v)).collect(Collectors.joining(","));
  }
}
