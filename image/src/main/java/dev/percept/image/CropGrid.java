package dev.percept.image;

import dev.percept.core.Box;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the square crops of a view lie, row by row.
 *
 * @param width of the view
 * @param height of the view
 * @param patch side of a crop in pixels of the view
 * @param layout how they are spread
 * @param boxes the crops
 */
public record CropGrid(int width, int height, int patch, Layout layout, List<Box> boxes) {
  /** How crops are spread over a view. */
  public enum Layout {
    /**
     * From edge to edge, as many per axis as the released grid has, or one more where that many
     * would leave a gap: every pixel is in a crop.
     */
    EVEN,
    /**
     * The released CRAFT grid: from the upper left corner in steps of floor(0.8 patch); what does
     * not fit at the right and at the bottom is never seen.
     */
    PAPER
  }

  public CropGrid {
    boxes = List.copyOf(boxes);
  }

  /**
   * A grid over views of {@code width} x {@code height}.
   *
   * @throws IllegalArgumentException unless patch is at least 2 and at most the shorter side
   */
  public static CropGrid of(int width, int height, int patch, Layout layout) {
    if (patch < 2 || patch > Math.min(width, height)) {
      throw new IllegalArgumentException(
          "patch: 2 to " + Math.min(width, height) + " pixels, found " + patch);
    }
    int[] columns = positions(width, patch, layout);
    List<Box> boxes = new ArrayList<>();
    for (int y : positions(height, patch, layout)) {
      for (int x : columns) {
        boxes.add(new Box(x, y, patch, patch));
      }
    }
    return new CropGrid(width, height, patch, layout, boxes);
  }

  /** The default side of a crop: 2/7 of the shorter side of the view, 64 at 224. */
  public static int defaultPatch(int width, int height) {
    return Math.max(2, Math.round(Math.min(width, height) * 2 / 7f));
  }

  /** The number of crops of one picture. */
  public int size() {
    return boxes.size();
  }

  private static int[] positions(int side, int patch, Layout layout) {
    int stride = patch * 4 / 5;
    int count = (side - patch) / stride + 1;
    int[] at = new int[count];
    if (layout == Layout.PAPER) {
      for (int i = 0; i < count; i++) {
        at[i] = i * stride;
      }
      return at;
    }
    // The step rounds up to at most the patch, or pixels between two crops would be left out.
    int needed = side == patch ? 1 : 1 + (side - patch + patch - 1) / patch;
    count = Math.max(count, needed);
    at = new int[count];
    for (int i = 1; i < count; i++) {
      at[i] = (int) Math.round((double) i * (side - patch) / (count - 1));
    }
    return at;
  }
}
