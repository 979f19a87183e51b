package dev.percept.fact.bcos;

import dev.percept.bundle.JsonFile;
import dev.percept.bundle.Safetensors;
import dev.percept.core.PerceptException;
import dev.percept.core.Sha256;
import dev.percept.core.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/**
 * A B-cos network on disk: {@code NAME.safetensors} with its weights and {@code NAME.json} beside
 * it with everything else. The description holds the hash of the weights, so that neither is taken
 * for the other half of another pair.
 */
public final class BcosFile {
  /** The version of this format. */
  public static final String SCHEMA = "percept-bcos/1";

  /** How the name of the weights ends. */
  public static final String WEIGHTS = ".safetensors";

  /** How the name of the description ends. */
  public static final String DESCRIPTION = ".json";

  private static final String WHAT = "description of a B-cos network";

  private BcosFile() {}

  /**
   * Everything about a network but its weights.
   *
   * @param schema {@link #SCHEMA}
   * @param network the architecture
   * @param labels one a class
   * @param input what happens to a picture
   * @param origin where the weights come from
   * @param sha256 of the file of weights
   */
  public record Description(
      String schema,
      BcosSpec network,
      List<String> labels,
      Input input,
      Origin origin,
      String sha256) {
    public Description {
      labels = List.copyOf(labels);
      if (labels.size() != network.classes()) {
        throw new IllegalArgumentException(
            "labels: one for each of " + network.classes() + " classes, found " + labels.size());
      }
      if (new LinkedHashSet<>(labels).size() != labels.size()) {
        throw new IllegalArgumentException("labels: all different, found " + labels);
      }
    }
  }

  /**
   * What happens to a picture before the network sees it. Its inverse channels are always added,
   * see {@link InverseExamples}.
   *
   * @param resize as option {@code --resize} takes it: how a picture is brought to height and width
   * @param values as option {@code --preprocess} takes it: {@code unit}, red, green and blue from 0
   *     to 1
   */
  public record Input(String resize, String values) {
    /** Pictures brought to size by their shorter side and cut in the middle, values from 0 to 1. */
    public static final Input STANDARD = new Input("fit", "unit");
  }

  /**
   * Where weights come from.
   *
   * @param command that makes them again, or the name of the checkpoint that they were read from
   * @param seed of the training; 0 where nothing was trained
   * @param versions of libraries that they depend on, by name
   */
  public record Origin(String command, long seed, Map<String, String> versions) {
    public Origin {
      versions = Map.copyOf(versions);
    }
  }

  /**
   * A network that was read.
   *
   * @param name of the file of weights, without its folder
   * @param description everything but its weights
   * @param weights by name; they fit the network
   */
  public record Loaded(String name, Description description, Map<String, Tensor> weights) {
    /**
     * The network, ready to be used.
     *
     * @throws dev.percept.core.EngineMissingException if libtorch cannot be loaded
     */
    public BcosNetwork network(int threads) {
      return BcosNetwork.of(description.network(), weights, name, description.sha256(), threads);
    }
  }

  /** The description beside a file of weights. */
  public static Path description(Path weights) {
    return weights.resolveSibling(stem(weights) + DESCRIPTION);
  }

  /** Whether there is a description beside {@code weights}, so that {@link #read} makes sense. */
  public static boolean isAt(Path weights) {
    Path name = weights.getFileName();
    return name != null
        && name.toString().endsWith(WEIGHTS)
        && Files.isRegularFile(description(weights));
  }

  private static String stem(Path weights) {
    Path last = weights.getFileName();
    String name = last == null ? "" : last.toString();
    if (!name.endsWith(WEIGHTS) || name.length() == WEIGHTS.length()) {
      throw new PerceptException(
          "the weights of a B-cos network lie in a file NAME"
              + WEIGHTS
              + ", found '"
              + weights
              + "'; give that file");
    }
    return name.substring(0, name.length() - WEIGHTS.length());
  }

  /**
   * Writes a network. Both files are written beside their places; a kill between the two renamings,
   * the only moment at which they do not belong together, is found by {@link #read}.
   *
   * @param file {@code NAME.safetensors}
   * @return the description
   * @throws PerceptException if weights do not fit the network, with all that is wrong, or the disk
   *     does not take them
   */
  public static Description write(
      Path file,
      BcosSpec network,
      Map<String, Tensor> weights,
      List<String> labels,
      Input input,
      Origin origin) {
    Path description = description(file);
    BcosWeights.check(network.plan().parameters(), weights);
    Path beside = file.resolveSibling(file.getFileName() + ".part");
    try {
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      Safetensors.write(beside, weights);
      Description value =
          new Description(SCHEMA, network, labels, input, origin, Sha256.of(beside));
      Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      JsonFile.write(description, value);
      return value;
    } catch (IOException e) {
      throw new PerceptException(
          "cannot write " + file + " (" + e + "); make room on the disk or choose another folder",
          e);
    }
  }

  /**
   * Reads a network, strictly.
   *
   * @param file {@code NAME.safetensors}
   * @throws PerceptException if one of the pair is missing, of another version, damaged, or they do
   *     not belong together
   */
  public static Loaded read(Path file) {
    Path beside = description(file);
    for (Path each : List.of(file, beside)) {
      if (!Files.isRegularFile(each)) {
        throw new PerceptException(
            "there is no file "
                + each
                + "; a B-cos network is a pair, "
                + file.getFileName()
                + " and "
                + beside.getFileName()
                + ": put both into one folder");
      }
    }
    Description description = JsonFile.read(beside, Description.class, WHAT);
    if (!description.schema().equals(SCHEMA)) {
      throw new PerceptException(
          beside
              + " has the format '"
              + description.schema()
              + "', this program reads '"
              + SCHEMA
              + "'; write the network again with this program, or use the one that wrote it");
    }
    String found = Sha256.of(file);
    if (!found.equals(description.sha256())) {
      throw new PerceptException(
          file
              + " is not the file that "
              + beside.getFileName()
              + " describes: its SHA-256 is "
              + found
              + ", expected "
              + description.sha256()
              + "; one of the two was damaged or replaced: copy or train both again");
    }
    Map<String, Tensor> weights = Safetensors.read(file);
    BcosWeights.check(description.network().plan().parameters(), weights);
    return new Loaded(stem(file) + WEIGHTS, description, weights);
  }
}
