package dev.percept.app.exam;

import dev.percept.app.explain.TemporaryFolder;
import dev.percept.core.Examples;
import dev.percept.core.PerceptException;
import dev.percept.core.Run;
import dev.percept.image.PictureFolder;
import dev.percept.image.Pictures;
import dev.percept.image.Preprocessing;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Locale;
import javax.imageio.ImageIO;

/** Drawn scenes as files, for whoever takes pictures from a folder. Deleted when closed. */
public final class WrittenPictures implements AutoCloseable {
  private final TemporaryFolder folder;

  private WrittenPictures(TemporaryFolder folder) {
    this.folder = folder;
  }

  /**
   * Writes pictures in their order.
   *
   * @param pictures 3 x h x w, from 0 to 1, made of 8-bit values
   * @throws PerceptException if there is no room
   */
  public static WrittenPictures of(Examples pictures) {
    TemporaryFolder folder = TemporaryFolder.create();
    for (int i = 0; i < pictures.size(); i++) {
      write(pictures, i, folder.path().resolve(String.format(Locale.ROOT, "%06d.png", i)));
    }
    return new WrittenPictures(folder);
  }

  /** The pictures, made ready for a model. */
  public Pictures open(Preprocessing preprocessing, Run run) {
    return Pictures.open(PictureFolder.scan(folder.path()), preprocessing, run);
  }

  /** Planes from 0 to 1 as the 8-bit picture that they were made from. */
  private static void write(Examples pictures, int index, Path file) {
    int height = pictures.shape().dim(1);
    int width = pictures.shape().dim(2);
    FloatBuffer planes = FloatBuffer.allocate(pictures.shape().size());
    pictures.read(index, planes);
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    int size = width * height;
    for (int i = 0; i < size; i++) {
      int rgb = 0;
      for (int c = 0; c < 3; c++) {
        rgb = (rgb << 8) | Math.round(255 * planes.get(c * size + i));
      }
      image.setRGB(i % width, i / width, rgb);
    }
    try {
      if (!ImageIO.write(image, "png", file.toFile())) {
        throw new IllegalStateException("every JDK writes PNG");
      }
    } catch (IOException e) {
      throw new PerceptException(
          "no room for the pictures of the exam in the folder for temporary files ("
              + e.getMessage()
              + "); free some, or name another with -Djava.io.tmpdir",
          e);
    }
  }

  @Override
  public void close() {
    folder.close();
  }
}
