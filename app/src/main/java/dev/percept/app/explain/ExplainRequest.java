package dev.percept.app.explain;

import dev.percept.app.Versions;
import dev.percept.bundle.Names;
import dev.percept.core.ConceptExtractor;
import dev.percept.core.ImportanceEstimator;
import dev.percept.core.MaskedScore;
import dev.percept.image.CropGrid;
import dev.percept.methods.factorization.Nmf;
import dev.percept.methods.importance.AutoImportance;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is to be explained, and how.
 *
 * @param inputs the model and the pictures
 * @param patch side of a crop; 0 for 2/7 of the input's side
 * @param cropGrid how crops are spread
 * @param extractor the factorisation, with its number of concepts
 * @param chooseConcepts whether that number is chosen for each class instead
 * @param importance how importance is found
 * @param maps concept maps beside codes
 * @param tree how concepts are taken apart; null to leave them whole
 * @param names of concepts, from an earlier page
 * @param versions for provenance
 * @param out where the bundle is written
 */
public record ExplainRequest(
    Inputs inputs,
    int patch,
    CropGrid.Layout cropGrid,
    ConceptExtractor extractor,
    ImportanceEstimator<MaskedScore> importance,
    boolean chooseConcepts,
    MapRequest maps,
    @Nullable TreeRequest tree,
    Names names,
    Map<String, String> versions,
    Path out) {

  /** A request with the default options. */
  public static ExplainRequest of(Inputs inputs, Path out) {
    return new ExplainRequest(
        inputs,
        0,
        CropGrid.Layout.EVEN,
        Nmf.of(10),
        AutoImportance.defaults(),
        false,
        MapRequest.NONE,
        null,
        Names.NONE,
        Versions.all(),
        out);
  }

  /** The value of {@code --concepts}, given how many there are in the end. */
  String conceptsOption(int concepts) {
    return chooseConcepts ? "auto" : Integer.toString(concepts);
  }

  /**
   * What was asked for, in the words of the command line; paths and defaults of none left out.
   *
   * @param concepts how many there are in the end
   * @param side of a crop
   */
  Map<String, String> options(int concepts, int side) {
    Map<String, String> options = new LinkedHashMap<>();
    options.put("class", inputs.target());
    options.put("layer", inputs.layer());
    if (inputs.output() != null) {
      options.put("output", inputs.output());
    }
    if (inputs.inputSize() > 0) {
      options.put("input-size", Integer.toString(inputs.inputSize()));
    }
    options.putAll(inputs.preprocessOptions());
    options.put("concepts", conceptsOption(concepts));
    options.put("patch", Integer.toString(side));
    options.put("crop-grid", cropGrid.name().toLowerCase(Locale.ROOT));
    options.put("extractor", extractor.name());
    if (inputs.rectify()) {
      options.put("rectify", "");
    }
    options.put("estimator", importance.name());
    if (!maps.methods().isEmpty()) {
      options.put("maps", MapRequest.CODES + "," + String.join(",", maps.methods()));
      options.put("map-pictures", Integer.toString(maps.pictures()));
    }
    if (tree != null) {
      options.put("recursive", Integer.toString(tree.depth()));
      if (!tree.layers().isEmpty()) {
        options.put("layers", String.join(",", tree.layers()));
      }
      options.put("sub-concepts", Integer.toString(tree.concepts()));
      options.put("agreement", Double.toString(tree.threshold()));
    }
    if (inputs.maxImages() > 0) {
      options.put("max-images", Integer.toString(inputs.maxImages()));
    }
    options.put("batch", Integer.toString(inputs.batch()));
    return options;
  }
}
