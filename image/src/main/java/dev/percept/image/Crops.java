package dev.percept.image;

import dev.percept.core.Box;
import dev.percept.core.Examples;
import dev.percept.core.Shape;
import java.awt.image.BufferedImage;
import java.nio.FloatBuffer;
import java.util.Locale;

/**
 * Square parts of pictures as model inputs: each crop of the view is resized to the model's input
 * (bilinear, half-pixel centres), then normalised. Crops are numbered picture by picture, in each
 * row by row. Safe for use from several threads; the crops of one picture decode it once if one
 * thread reads them in order.
 */
public final class Crops implements Examples {
  private final Pictures pictures;
  private final CropGrid grid;
  private final Resampling across;
  private final Resampling down;

  /**
   * The crops of {@code patch} x {@code patch} pixels of all {@code pictures}.
   *
   * @throws IllegalArgumentException as {@link CropGrid#of}
   */
  public Crops(Pictures pictures, int patch, CropGrid.Layout layout) {
    Geometry g = pictures.preprocessing().geometry();
    this.pictures = pictures;
    this.grid = CropGrid.of(g.width(), g.height(), patch, layout);
    this.across = Resampling.of(patch, g.width(), 0, g.width(), false);
    this.down = Resampling.of(patch, g.height(), 0, g.height(), false);
  }

  /** Crops of the default size, 2/7 of the input's side, that leave out no pixel. */
  public static Crops of(Pictures pictures) {
    Geometry g = pictures.preprocessing().geometry();
    int patch = CropGrid.defaultPatch(g.width(), g.height());
    return new Crops(pictures, patch, CropGrid.Layout.EVEN);
  }

  @Override
  public int size() {
    return Math.multiplyExact(pictures.size(), grid.size());
  }

  @Override
  public Shape shape() {
    return pictures.shape();
  }

  @Override
  public String name(int index) {
    Box box = box(index);
    return String.format(
        Locale.ROOT, "%s (%d, %d)", pictures.name(picture(index)), box.x(), box.y());
  }

  /** Where the crops of a picture lie. */
  public CropGrid grid() {
    return grid;
  }

  /** The pictures that are cropped. */
  public Pictures pictures() {
    return pictures;
  }

  /** The picture from which crop {@code index} is taken. */
  public int picture(int index) {
    return index / grid.size();
  }

  /** Where crop {@code index} lies, in pixels of its picture's view. */
  public Box box(int index) {
    return grid.boxes().get(index % grid.size());
  }

  /** Crop {@code index} as it is in the view, not resized; a new picture. */
  public BufferedImage view(int index) {
    return pictures.stored(picture(index)).image(box(index));
  }

  @Override
  public void read(int index, FloatBuffer target) {
    View view = pictures.stored(picture(index));
    Box box = box(index);
    float[] rgb =
        Resizer.resize(
            (y, row) -> view.row(box.y() + y, box.x(), box.width(), row),
            box.width(),
            across,
            down);
    Pictures.write(rgb, pictures.preprocessing().normalization(), target);
  }
}
