package dev.percept.app.explain;

import dev.percept.core.Box;
import dev.percept.image.Crops;
import dev.percept.methods.map.CropBox;
import dev.percept.text.Excerpts;
import java.util.List;
import java.util.stream.IntStream;

/** Where crops were taken, in the words of the methods. */
public final class CropBoxes {
  private CropBoxes() {}

  /** One box a crop. */
  public static List<CropBox> of(Crops crops) {
    return IntStream.range(0, crops.size()).mapToObj(i -> box(crops, i)).toList();
  }

  /** One box an excerpt, one high. */
  public static List<CropBox> of(Excerpts excerpts) {
    return excerpts.places().stream()
        .map(p -> new CropBox(p.text(), p.span().start(), 0, p.span().length(), 1))
        .toList();
  }

  private static CropBox box(Crops crops, int i) {
    Box box = crops.box(i);
    return new CropBox(crops.picture(i), box.x(), box.y(), box.width(), box.height());
  }
}
