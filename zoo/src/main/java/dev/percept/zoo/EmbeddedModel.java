package dev.percept.zoo;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The model that comes with the program: a residual network trained on {@link Creatures}. */
public final class EmbeddedModel {
  /** File name of the network. */
  public static final String MODEL = "creatures.onnx";

  /** File name of the class names, one a line. */
  public static final String LABELS = "labels.txt";

  /** File name of the {@link ModelCard}. */
  public static final String CARD = "creatures.properties";

  /** The tensor at which it is cut: non-negative, 12 x 12 locations, before the average. */
  public static final String LAYER = ResidualGraph.FEATURES;

  private static final EmbeddedFiles FILES = new EmbeddedFiles(EmbeddedModel.class);

  private EmbeddedModel() {}

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
    return FILES.copy(folder, MODEL, LABELS, CARD);
  }
}
