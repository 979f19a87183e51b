package dev.percept.zoo;

import dev.percept.core.PerceptException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

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

  private EmbeddedModel() {}

  /** The network as ONNX. */
  public static byte[] bytes() {
    return resource(MODEL);
  }

  /** What is known about it. */
  public static ModelCard card() {
    return ModelCard.parse(new String(resource(CARD), StandardCharsets.UTF_8));
  }

  /**
   * Writes the network and its labels into a folder, which is made if it is missing.
   *
   * @return the path of the network; the labels lie beside it
   * @throws PerceptException if the folder cannot be written to
   */
  public static Path copyTo(Path folder) {
    try {
      Files.createDirectories(folder);
      for (String name : new String[] {LABELS, CARD, MODEL}) {
        Path beside = folder.resolve(name + ".part");
        Files.write(beside, resource(name));
        Files.move(beside, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
      }
      return folder.resolve(MODEL);
    } catch (IOException e) {
      throw new PerceptException(
          "cannot write the embedded model to "
              + folder
              + " ("
              + e.getMessage()
              + "); choose a folder that can be written to",
          e);
    }
  }

  private static byte[] resource(String name) {
    try (InputStream in = EmbeddedModel.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new PerceptException(
            name + " is missing from this build; make it again with 'percept zoo train'");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new PerceptException(name + " cannot be read from this build", e);
    }
  }
}
