package dev.percept.zoo;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The B-cos network that comes with the program, trained on {@link Creatures}. */
public final class EmbeddedBcos {
  /** File name of the weights. */
  public static final String MODEL = "creatures-bcos.safetensors";

  /** File name of its description, which lies beside the weights. */
  public static final String DESCRIPTION = "creatures-bcos.json";

  /** File name of the {@link ModelCard}. */
  public static final String CARD = "creatures-bcos.properties";

  /** Where it is cut: signed, 12 x 12 locations, before the classifier. */
  public static final String LAYER = "layer3";

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
   * Writes the network and its labels into a folder, which is made if it is missing.
   *
   * @return the path of the weights; description and labels lie beside them
   * @throws dev.percept.core.PerceptException if the folder cannot be written to
   */
  public static Path copyTo(Path folder) {
    return FILES.copy(folder, MODEL, DESCRIPTION, EmbeddedModel.LABELS, CARD);
  }
}
