package dev.percept.zoo;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The vision transformer that comes with the program, trained on {@link Creatures}. */
public final class EmbeddedVit {
  /** File name of the network. */
  public static final String MODEL = "creatures-vit.onnx";

  /** File name of the {@link ModelCard}. */
  public static final String CARD = "creatures-vit.properties";

  /** The tensor at which it is cut: 12 x 12 patches behind the last normalisation, signed. */
  public static final String LAYER = "norm";

  private static final EmbeddedFiles FILES = new EmbeddedFiles(EmbeddedVit.class);

  private EmbeddedVit() {}

  /** The network as ONNX. */
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
   * @return the path of the network; the labels lie beside it
   * @throws dev.percept.core.PerceptException if the folder cannot be written to
   */
  public static Path copyTo(Path folder) {
    return FILES.copy(folder, MODEL, EmbeddedModel.LABELS, CARD);
  }
}
