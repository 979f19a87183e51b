package dev.percept.app.contrast;

import dev.percept.app.explain.Inputs;
import dev.percept.core.ConceptExtractor;
import dev.percept.core.Run;
import dev.percept.engine.onnx.EngineOptions;
import dev.percept.image.CropGrid;
import dev.percept.methods.contrast.Contrast;
import dev.percept.methods.importance.SobolImportance;
import dev.percept.text.TextFile;
import dev.percept.text.Unit;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Two classes to be compared.
 *
 * @param source where examples come from
 * @param classes the two; or none, for the two that are most often confused
 * @param extractor how concepts are found in both together
 * @param sobol importance where the head is not affine
 * @param contrast how it is decided
 * @param batch examples that go through the model at once
 * @param rectify whether concepts are sought in max(0, a) instead of the activations a
 * @param options of the command, for provenance
 * @param versions for provenance
 * @param out the folder that is written to
 */
public record ContrastRequest(
    Source source,
    List<String> classes,
    ConceptExtractor extractor,
    SobolImportance sobol,
    Contrast contrast,
    int batch,
    boolean rectify,
    Map<String, String> options,
    Map<String, String> versions,
    Path out) {
  public ContrastRequest {
    classes = List.copyOf(classes);
    options = Map.copyOf(options);
    versions = Map.copyOf(versions);
    if (!classes.isEmpty() && classes.size() != 2) {
      throw new IllegalArgumentException("classes: two, found " + classes.size());
    }
  }

  /** Where examples come from. */
  public sealed interface Source {
    /** Opens the model with its examples. */
    Subjects open(Run run);
  }

  /**
   * Pictures.
   *
   * @param inputs of all classes of a folder
   * @param patch side of a crop; 0 for the default
   */
  public record OfPictures(Inputs inputs, int patch, CropGrid.Layout grid) implements Source {
    @Override
    public Subjects open(Run run) {
      return PictureSubjects.open(inputs, patch, grid, run);
    }
  }

  /**
   * Texts.
   *
   * @param model an ONNX file
   * @param engine how it is opened
   * @param texts a file with a column of labels
   * @param tokenizer file or folder
   * @param labels names of the classes; null to number them
   * @param unit what texts are split into
   * @param most texts of a class; 0 for all
   */
  public record OfTexts(
      Path model,
      String layer,
      EngineOptions engine,
      TextFile texts,
      Path tokenizer,
      @Nullable Path labels,
      Unit unit,
      int most)
      implements Source {
    @Override
    public Subjects open(Run run) {
      return TextSubjects.open(
          new TextSubjects.Source(model, layer, engine, texts, tokenizer, labels, unit, most), run);
    }
  }
}
