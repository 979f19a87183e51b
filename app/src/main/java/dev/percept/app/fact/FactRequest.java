package dev.percept.app.fact;

import dev.percept.image.Normalization;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is to be explained faithfully.
 *
 * @param network the network
 * @param autoencoders folders of autoencoders, from the input to the logits; the last is explained
 * @param images a folder of pictures, one sub-folder a class
 * @param classes queries of classes; empty for every sub-folder
 * @param pictures files that are explained one by one whatever else is
 * @param judge an ONNX model whose features judge C², null for none
 * @param judgeLayer its features, null for its only output
 * @param judgePreprocess how pixel values become its inputs; null for what its file says, else as
 *     for ImageNet
 * @param maxImages pictures of a class; 0 for all
 * @param maxPixels pictures with more are skipped
 * @param batch pictures that go through the network at once
 * @param deletion pictures whose concepts are taken away for curves; 0 for none
 * @param options of the command, for provenance
 * @param versions for provenance
 * @param out the folder that is written to
 */
public record FactRequest(
    NetworkSource network,
    List<Path> autoencoders,
    Path images,
    List<String> classes,
    List<Path> pictures,
    @Nullable Path judge,
    @Nullable String judgeLayer,
    @Nullable Normalization judgePreprocess,
    int maxImages,
    long maxPixels,
    int batch,
    int deletion,
    Map<String, String> options,
    Map<String, String> versions,
    Path out) {
  public FactRequest {
    autoencoders = List.copyOf(autoencoders);
    classes = List.copyOf(classes);
    pictures = List.copyOf(pictures);
    options = Map.copyOf(options);
    versions = Map.copyOf(versions);
    if (autoencoders.isEmpty()) {
      throw new IllegalArgumentException("sae: at least 1, found none");
    }
  }
}
