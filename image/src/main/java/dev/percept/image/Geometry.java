package dev.percept.image;

/**
 * How a picture of any size becomes a view of the model's size. Resizing is bilinear with
 * half-pixel centres, as in PyTorch.
 *
 * @param width columns of the model's input
 * @param height rows of the model's input
 * @param mode what happens to the proportions
 * @param antialias whether a reduction averages over the pixels it merges (PIL, and torchvision's
 *     default) or takes the nearest two (PyTorch's {@code interpolate} without {@code antialias})
 */
public record Geometry(int width, int height, ResizeMode mode, boolean antialias) {
  /** A side longer than this makes inputs of gigabytes. */
  private static final int MAX_SIDE = 8192;

  public Geometry {
    if (width < 1 || height < 1 || width > MAX_SIDE || height > MAX_SIDE) {
      throw new IllegalArgumentException(
          "input size: each side 1 to " + MAX_SIDE + ", found " + width + " x " + height);
    }
  }

  /** The size to which a picture is resized, and the upper left corner of what is kept of it. */
  record Plan(int resizedWidth, int resizedHeight, int left, int top) {}

  Plan plan(int pictureWidth, int pictureHeight) {
    if (mode == ResizeMode.SQUASH) {
      return new Plan(width, height, 0, 0);
    }
    int w = mode == ResizeMode.CROP ? enlarged(width) : width;
    int h = mode == ResizeMode.CROP ? enlarged(height) : height;
    // The side that is relatively shorter becomes exact; the other is rounded down, as torchvision
    // does it.
    long byHeight = (long) h * pictureWidth / pictureHeight;
    long byWidth = (long) w * pictureHeight / pictureWidth;
    if (byHeight >= w) {
      w = (int) Math.min(byHeight, Integer.MAX_VALUE);
    } else {
      h = (int) Math.min(byWidth, Integer.MAX_VALUE);
    }
    // Python's round(), which torchvision's CenterCrop uses, rounds halves to even, and so does
    // rint.
    return new Plan(w, h, (int) Math.rint((w - width) / 2.0), (int) Math.rint((h - height) / 2.0));
  }

  private static int enlarged(int side) {
    return (int) Math.rint(side * 256.0 / 224.0);
  }

  /** What the model sees of {@code picture}. */
  View apply(DecodedPicture picture) {
    Orientation o = picture.orientation();
    Plan plan = plan(picture.uprightWidth(), picture.uprightHeight());
    // The picture is turned after it has become small, so the window is turned back first.
    int x = o.flipX() ? plan.resizedWidth - width - plan.left : plan.left;
    int y = o.flipY() ? plan.resizedHeight - height - plan.top : plan.top;
    RgbRows rows = new RgbRows(picture.image());
    Resampling alongX =
        Resampling.of(picture.uprightWidth(), plan.resizedWidth, x, width, antialias);
    Resampling alongY =
        Resampling.of(picture.uprightHeight(), plan.resizedHeight, y, height, antialias);
    Resampling across = o.transposed() ? alongY : alongX;
    Resampling down = o.transposed() ? alongX : alongY;
    float[] stored = Resizer.resize(rows::read, rows.width(), across, down);
    return View.rounded(width, height, o.apply(stored, across.count(), down.count()));
  }
}
