package dev.percept.app.sae;

import dev.percept.app.fact.NetworkSource;
import dev.percept.fact.sae.SaeSpec;
import dev.percept.fact.sae.TrainingOptions;
import dev.percept.image.Normalization;
import dev.percept.image.ResizeMode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What {@code percept sae train} is asked for.
 *
 * @param network in which autoencoders are to stand
 * @param layer where, or {@code auto}
 * @param images a folder of pictures, or of one folder a class
 * @param normalization of pixel values; null for what the network's file says, else ImageNet's
 * @param resize how a picture becomes one of the network's size; null as above, else {@code fit}
 * @param antialias whether resizing averages
 * @param maxPixels pictures with more are skipped
 * @param maxImages pictures of each folder; 0 for all
 * @param batch pictures that go through the network at once
 * @param positions of each picture that are trained on
 * @param heldOut share of the pictures that figures are of, above 0 and below 1
 * @param specs the autoencoders
 * @param training how
 * @param rows of a step; 0 to choose by how many there are
 * @param maxDrop what the network may lose, from 0 to 1
 * @param refits trainings from other starts, and on halves of the pictures; 0 for no stability
 * @param options of the command, for provenance
 * @param versions for provenance
 * @param out the folder that is written to
 */
public record SaeRequest(
    NetworkSource network,
    String layer,
    Path images,
    @Nullable Normalization normalization,
    @Nullable ResizeMode resize,
    boolean antialias,
    long maxPixels,
    int maxImages,
    int batch,
    int positions,
    double heldOut,
    List<SaeSpec> specs,
    TrainingOptions training,
    int rows,
    double maxDrop,
    int refits,
    Map<String, String> options,
    Map<String, String> versions,
    Path out) {
  public SaeRequest {
    specs = List.copyOf(specs);
    options = Map.copyOf(options);
    versions = Map.copyOf(versions);
    if (!(heldOut > 0 && heldOut < 1)) {
      throw new IllegalArgumentException("held out: above 0 and below 1, found " + heldOut);
    }
  }
}
