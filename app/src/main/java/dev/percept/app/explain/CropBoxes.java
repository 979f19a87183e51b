package dev.percept.app.explain;

import dev.percept.core.Box;
import dev.percept.image.Crops;
import dev.percept.methods.map.CropBox;
import java.util.List;
import java.util.stream.IntStream;

/** Where crops were taken, in the words of the methods. */
public final class CropBoxes {
  private CropBoxes() {}

  /** One box a crop. */
  public static List<CropBox> of(Crops crops) {
    return IntStream.range(0, crops.size()).mapToObj(i -> box(crops, i)).toList();
  }

  private static CropBox box(Crops crops, int i) {
    Box box = crops.box(i);
    return new CropBox(crops.picture(i), box.x(), box.y(), box.width(), box.height());
  }
}
