package dev.percept.app.sweep;

import dev.percept.app.explain.Inputs;
import dev.percept.core.ConceptExtractor;
import dev.percept.image.CropGrid;
import dev.percept.methods.importance.SobolImportance;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A grid of settings, and the models that it is gone through with.
 *
 * @param sides the models, the one that was asked for first
 * @param patches sides of crops in pixels of the input; none for the default alone
 * @param concepts numbers of concepts, at least one
 * @param pictures numbers of pictures; none for all alone
 * @param cropGrid how crops are spread
 * @param crops at most so many of each picture, drawn at random where there are more
 * @param refits fits from other starts, for stability
 * @param sobol importance where the head is not affine
 * @param scenes pictures of each species for the exam, which the models, then of the zoo, take at
 *     every point; 0 for no exam
 * @param cacheBytes room for activations on disk
 * @param versions for provenance
 * @param out the folder that is written to
 */
public record SweepRequest(
    List<Side> sides,
    List<Integer> patches,
    List<Integer> concepts,
    List<Integer> pictures,
    CropGrid.Layout cropGrid,
    int crops,
    int refits,
    SobolImportance sobol,
    int scenes,
    long cacheBytes,
    Map<String, String> versions,
    Path out) {

  /**
   * One model with its class.
   *
   * @param inputs model, pictures and class; its layer does not count
   * @param layers tensors to cut at, at least one
   * @param extractor how concepts are found
   */
  public record Side(Inputs inputs, List<String> layers, ConceptExtractor extractor) {
    public Side {
      layers = List.copyOf(layers);
      if (layers.isEmpty()) {
        throw new IllegalArgumentException("layers: at least 1, found none");
      }
    }
  }

  public SweepRequest {
    sides = List.copyOf(sides);
    patches = List.copyOf(patches);
    concepts = List.copyOf(concepts);
    pictures = List.copyOf(pictures);
    versions = Map.copyOf(versions);
    if (sides.isEmpty() || concepts.isEmpty()) {
      throw new IllegalArgumentException("sweep: at least 1 model and 1 number of concepts");
    }
  }
}
