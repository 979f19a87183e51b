package dev.percept.zoo;

import dev.percept.fact.sae.SaeFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The B-cos network that comes with the program, trained on {@link Creatures}. */
public final class EmbeddedBcos {
  /** How the names of its files begin. */
  static final String NAME = "creatures-bcos";

  /** File name of the weights. */
  public static final String MODEL = NAME + ".safetensors";

  /** File name of its description, which lies beside the weights. */
  public static final String DESCRIPTION = NAME + ".json";

  /** File name of the {@link ModelCard}. */
  public static final String CARD = NAME + ".properties";

  /** Where it is cut: signed, 12 x 12 locations, before the classifier. */
  public static final String LAYER = "layer3";

  /** Where a sparse autoencoder was trained, from early to late. */
  public static final List<String> SAE_LAYERS = List.of("layer1", "layer2", "layer3");

  /** File name of the figures of all autoencoders that were tried. */
  public static final String SAE_TABLE = NAME + "-sae.csv";

  private static final EmbeddedFiles FILES = new EmbeddedFiles(EmbeddedBcos.class);

  private EmbeddedBcos() {}

  /** The weights. */
  public static byte[] bytes() {
    return FILES.bytes(MODEL);
  }

  /** What is known about it. */
  public static ModelCard card() {
    return ModelCard.parse(new String(FILES.bytes(CARD), StandardCharsets.UTF_8));
  }

  /**
   * Figures of all autoencoders that were tried, as CSV: accuracy of the network alone and with the
   * autoencoder inside on the scenes of the card, the difference with its 95 % interval, how many
   * answers are the same, latents that speak at a place, R², dead and always-on latents.
   */
  public static String saeTable() {
    return new String(FILES.bytes(SAE_TABLE), StandardCharsets.UTF_8);
  }

  /** Name of the folder of the autoencoder at {@code layer}, one of {@link #SAE_LAYERS}. */
  public static String sae(String layer) {
    return NAME + "-" + layer + "-sae";
  }

  /**
   * Writes the network, its labels and its autoencoders into a folder, which is made if it is
   * missing.
   *
   * @return the path of the weights; description, labels and the folders of the autoencoders
   *     ({@link #sae}) lie beside them
   * @throws dev.percept.core.PerceptException if the folder cannot be written to
   */
  public static Path copyTo(Path folder) {
    List<String> beside = new ArrayList<>(List.of(DESCRIPTION, EmbeddedModel.LABELS, CARD));
    for (String layer : SAE_LAYERS) {
      beside.add(sae(layer) + "/" + SaeFile.WEIGHTS);
      beside.add(sae(layer) + "/" + SaeFile.CARD);
    }
    return FILES.copy(folder, MODEL, beside.toArray(String[]::new));
  }
}
