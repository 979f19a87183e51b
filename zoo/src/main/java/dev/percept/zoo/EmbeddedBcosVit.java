package dev.percept.zoo;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The B-cos vision transformer that comes with the program, trained on {@link Creatures}. */
public final class EmbeddedBcosVit {
  /** How the names of its files begin. */
  static final String NAME = "creatures-bcos-vit";

  /** File name of the weights. */
  public static final String MODEL = NAME + ".safetensors";

  /** File name of its description, which lies beside the weights. */
  public static final String DESCRIPTION = NAME + ".json";

  /** File name of the {@link ModelCard}. */
  public static final String CARD = NAME + ".properties";

  /** Where it is cut: signed, 12 x 12 tokens, before their mean. */
  public static final String LAYER = "transformer.encoder_2";

  private static final EmbeddedFiles FILES = new EmbeddedFiles(EmbeddedBcosVit.class);

  private EmbeddedBcosVit() {}

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
