package dev.percept.app.importance;

import dev.percept.app.explain.Inputs;
import dev.percept.core.ConceptExtractor;
import dev.percept.image.CropGrid;
import dev.percept.methods.importance.SobolImportance;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What is to be compared.
 *
 * @param inputs the model and the pictures of one class
 * @param patch side of a crop; 0 for 2/7 of the input's side
 * @param cropGrid how crops are spread
 * @param extractor the factorisation, with its number of concepts
 * @param contenders estimators, in the order in which they are shown
 * @param sobol how concepts are ranked where the head is not affine
 * @param versions for provenance
 * @param out the folder that is written to
 */
public record ComparisonRequest(
    Inputs inputs,
    int patch,
    CropGrid.Layout cropGrid,
    ConceptExtractor extractor,
    List<Contender> contenders,
    SobolImportance sobol,
    Map<String, String> versions,
    Path out) {
  public ComparisonRequest {
    contenders = List.copyOf(contenders);
    versions = Map.copyOf(versions);
    if (contenders.isEmpty()) {
      throw new IllegalArgumentException("estimators: at least 1, found none");
    }
  }
}
