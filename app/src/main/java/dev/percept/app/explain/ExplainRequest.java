package dev.percept.app.explain;

import dev.percept.app.Versions;
import dev.percept.bundle.Names;
import dev.percept.core.ConceptExtractor;
import dev.percept.core.ImportanceEstimator;
import dev.percept.image.CropGrid;
import dev.percept.image.Normalization;
import dev.percept.image.PictureReader;
import dev.percept.image.ResizeMode;
import dev.percept.methods.factorization.Nmf;
import dev.percept.methods.importance.AutoImportance;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is to be explained, and how.
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
 * @param patch side of a crop; 0 for 2/7 of the input's side
 * @param cropGrid how crops are spread
 * @param extractor the factorisation, with its number of concepts
 * @param chooseConcepts whether that number is chosen for each class instead
 * @param importance how importance is found
 * @param batch pictures that go through the model at once
 * @param names of concepts, from an earlier page
 * @param versions for provenance
 * @param out where the bundle is written
 */
public record ExplainRequest(
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
    int patch,
    CropGrid.Layout cropGrid,
    ConceptExtractor extractor,
    ImportanceEstimator importance,
    boolean chooseConcepts,
    int batch,
    Names names,
    Map<String, String> versions,
    Path out) {

  /** A request for all classes of a folder with everything else as the embedded model needs it. */
  public static ExplainRequest of(Path model, Path images, Path out) {
    return new ExplainRequest(
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
        0,
        CropGrid.Layout.EVEN,
        Nmf.of(10),
        AutoImportance.defaults(),
        false,
        8,
        Names.NONE,
        Versions.all(),
        out);
  }

  /** With names of the classes. */
  public ExplainRequest withLabels(Path file) {
    return new ExplainRequest(
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
        patch,
        cropGrid,
        extractor,
        importance,
        chooseConcepts,
        batch,
        names,
        versions,
        out);
  }

  /** The value of {@code --concepts}, given how many there are in the end. */
  String conceptsOption(int concepts) {
    return chooseConcepts ? "auto" : Integer.toString(concepts);
  }

  /** The options of the command line that say how a picture becomes a model input. */
  Map<String, String> preprocessOptions() {
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
