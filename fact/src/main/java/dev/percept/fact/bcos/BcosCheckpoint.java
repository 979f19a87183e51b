package dev.percept.fact.bcos;

import dev.percept.core.PerceptException;
import dev.percept.core.Sha256;
import dev.percept.core.Tensor;
import dev.percept.fact.checkpoint.StateDict;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Weights of a B-cos network from a file of another program, which does not say what they are of.
 */
public final class BcosCheckpoint {
  private BcosCheckpoint() {}

  /**
   * Reads a checkpoint of PyTorch or a safetensors file. The number of classes is that of the
   * weights.
   *
   * @param file with the names of the public B-cos v2
   * @param architecture what the weights are of
   * @param labels one a class; numbers where there are none
   * @throws PerceptException if the file cannot be read, or its weights are not of this
   *     architecture, with every missing, unexpected or misshapen name
   */
  public static BcosFile.Loaded read(
      Path file, BcosArchitecture architecture, List<String> labels) {
    Map<String, Tensor> weights = StateDict.read(file).tensors();
    Tensor classifier = weights.get(architecture.classifier());
    if (classifier == null || classifier.shape().rank() < 2 || classifier.rows() < 2) {
      throw new PerceptException(
          file
              + " has no weights '"
              + architecture.classifier()
              + "' with a row a class, so it is no B-cos network of the type "
              + architecture
              + "; it has "
              + weights.keySet().stream().limit(5).toList()
              + (weights.size() > 5 ? " and " + (weights.size() - 5) + " more" : ""));
    }
    int classes = classifier.rows();
    if (!labels.isEmpty() && labels.size() != classes) {
      throw new PerceptException(
          "the network in "
              + file
              + " has "
              + classes
              + " classes, but there are "
              + labels.size()
              + " labels; give the file of labels that belongs to it (--labels)");
    }
    BcosSpec spec = architecture.spec(classes);
    BcosWeights.check(spec.plan().parameters(), weights);
    Path name = file.getFileName();
    return new BcosFile.Loaded(
        String.valueOf(name),
        new BcosFile.Description(
            BcosFile.SCHEMA,
            spec,
            labels.isEmpty()
                ? IntStream.range(0, classes).mapToObj(Integer::toString).toList()
                : labels,
            new BcosFile.Input("crop", "unit"),
            new BcosFile.Origin("read from " + name, 0, Map.of()),
            Sha256.of(file)),
        weights);
  }
}
