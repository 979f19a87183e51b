package dev.percept.app.evaluate;

import dev.percept.core.PerceptException;
import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import dev.percept.image.Normalization;
import dev.percept.image.PictureFile;
import dev.percept.image.PictureFolder;
import dev.percept.image.PictureReader;
import dev.percept.image.Pictures;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Masks of pictures: a folder laid out as that of the pictures, with a picture of the same name for
 * each, white where the thing is. They are resized and cut as the pictures are.
 */
final class MaskFolder {
  private final PictureFolder folder;
  private final PictureReader reader;
  private final Map<String, PictureFile> byName = new HashMap<>();

  MaskFolder(Path path, PictureReader reader) {
    this.folder = PictureFolder.scan(path);
    this.reader = reader;
    for (PictureFile file : folder.pictures()) {
      PictureFile other = byName.put(stem(file.name()), file);
      if (other != null) {
        throw new PerceptException(
            "masks '"
                + other.name()
                + "' and '"
                + file.name()
                + "' are of the same picture; leave one of them");
      }
    }
  }

  private static String stem(String name) {
    int dot = name.lastIndexOf('.');
    return dot > name.lastIndexOf('/') ? name.substring(0, dot) : name;
  }

  /**
   * The masks of some pictures, in their order.
   *
   * @throws PerceptException if one is missing, cannot be read or is black where the model looks
   */
  Source of(Pictures pictures, Run run) {
    List<PictureFile> files = new ArrayList<>();
    for (int i = 0; i < pictures.size(); i++) {
      String name = pictures.file(i).name();
      PictureFile mask = byName.get(stem(name));
      if (mask == null) {
        throw new PerceptException(
            "no mask of '"
                + name
                + "' in "
                + folder.name()
                + "; put a picture of the same name there, white where the thing is");
      }
      files.add(mask);
    }
    Pictures masks =
        Pictures.open(
            new PictureFolder(folder.name(), files),
            pictures.preprocessing().with(Normalization.UNIT),
            reader,
            run);
    if (!masks.skipped().isEmpty()) {
      throw new PerceptException(
          "a mask cannot be read: "
              + masks.skipped().get(0)
              + "; replace it or leave its picture out");
    }
    return new Source(masks);
  }

  /** Masks of the pictures of one class. */
  static final class Source {
    private final Pictures masks;

    Source(Pictures masks) {
      this.masks = masks;
    }

    /** Masks {@code from} to {@code to - 1}, n x height x width, 1 inside. */
    Tensor masks(int from, int to) {
      Tensor rgb = masks.batch(from, to);
      int height = rgb.shape().dim(2);
      int width = rgb.shape().dim(3);
      int places = height * width;
      float[] inside = new float[(to - from) * places];
      for (int i = 0; i < to - from; i++) {
        boolean any = false;
        for (int at = 0; at < places; at++) {
          boolean in = rgb.get(3 * i * places + at) > 0.5f;
          inside[i * places + at] = in ? 1 : 0;
          any |= in;
        }
        if (!any) {
          throw new PerceptException(
              "mask '"
                  + masks.name(from + i)
                  + "' has no white in what the model sees of the picture; correct it or leave its"
                  + " picture out");
        }
      }
      return Tensor.wrap(Shape.of(to - from, height, width), inside);
    }
  }
}
