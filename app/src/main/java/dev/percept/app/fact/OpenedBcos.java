package dev.percept.app.fact;

import dev.percept.core.DynamicLinearModel;
import dev.percept.core.Examples;
import dev.percept.core.Labels;
import dev.percept.core.PerceptException;
import dev.percept.fact.bcos.BcosArchitecture;
import dev.percept.fact.bcos.BcosCheckpoint;
import dev.percept.fact.bcos.BcosFile;
import dev.percept.fact.bcos.BcosNetwork;
import dev.percept.fact.bcos.InverseExamples;
import dev.percept.image.LabelFile;
import dev.percept.image.Normalization;
import dev.percept.image.ResizeMode;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A B-cos network: what its concepts contribute is exact. */
public final class OpenedBcos implements OpenedModel {
  private final BcosFile.Description description;
  private final BcosNetwork network;
  private final Labels labels;

  private OpenedBcos(BcosFile.Description description, BcosNetwork network, Labels labels) {
    this.description = description;
    this.network = network;
    this.labels = labels;
  }

  /**
   * Whether a source is a B-cos network, by what stands on the command line and beside the file.
   */
  static boolean isOne(NetworkSource source) {
    return source.architecture() != null
        || BcosFile.isAt(source.model())
        || !ends(source.model(), ".onnx");
  }

  private static boolean ends(Path file, String ending) {
    return String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT).endsWith(ending);
  }

  /**
   * Opens a B-cos network.
   *
   * @param threads of one operation
   * @throws PerceptException if the file is missing, no B-cos network, or does not say which
   */
  public static OpenedBcos open(NetworkSource source, int threads) {
    Path file = source.model();
    if (ends(file, ".onnx")) {
      throw new PerceptException(
          file
              + " is an ONNX model: contributions of concepts add up to the logit in B-cos networks"
              + " only (.safetensors, or a checkpoint with --architecture); explain this one with"
              + " 'percept explain'");
    }
    Labels named = source.labels() == null ? null : LabelFile.read(source.labels());
    String architecture = source.architecture();
    BcosFile.Loaded loaded;
    if (architecture != null) {
      loaded =
          BcosCheckpoint.read(
              file, BcosArchitecture.of(architecture), named == null ? List.of() : named.names());
    } else if (BcosFile.isAt(file)) {
      loaded = BcosFile.read(file);
    } else {
      throw new PerceptException(
          "nothing says which network "
              + file
              + " holds: say it with --architecture ("
              + BcosArchitecture.names()
              + "), or put the "
              + BcosFile.DESCRIPTION
              + " beside it that Percept wrote with it");
    }
    Labels labels = named == null ? Labels.of(loaded.description().labels()) : named;
    labels
        .mismatch(loaded.description().network().classes())
        .ifPresent(
            sentence -> {
              throw new PerceptException(sentence);
            });
    return new OpenedBcos(loaded.description(), loaded.network(threads), labels);
  }

  /** The network. */
  public BcosNetwork network() {
    return network;
  }

  @Override
  public DynamicLinearModel cut(String layer) {
    return network.cut(name(layer));
  }

  private String name(String layer) {
    List<String> layers = network.layers();
    return layer.equals("auto") ? layers.get(layers.size() - 1) : layer;
  }

  @Override
  public Labels labels(int outputs) {
    return labels;
  }

  /** Names of the classes. */
  public Labels labels() {
    return labels;
  }

  @Override
  public Optional<Normalization> normalization() {
    return Optional.of(Normalization.parse(description.input().values()));
  }

  @Override
  public Optional<ResizeMode> resize() {
    return Optional.of(ResizeMode.parse(description.input().resize()));
  }

  @Override
  public Examples inputs(Examples pictures) {
    return new InverseExamples(pictures);
  }

  @Override
  public void close() {
    network.close();
  }
}
