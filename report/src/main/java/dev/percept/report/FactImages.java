package dev.percept.report;

import dev.percept.bundle.FactFolder;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;

/**
 * The pictures and input maps of a page, each once, in the order in which they are asked for, until
 * the page is full.
 */
final class FactImages {
  /** A part of a map is strong from this share of its strongest place on. */
  private static final double STRONG = .5;

  /** Sides of crops, as shares of the picture's: the first that holds enough is taken. */
  private static final double[] SIDES = {.32, .45, .65};

  /** A crop holds this share of the strong part: of several places the strongest is shown. */
  private static final double HELD = .5;

  private final FactFolder folder;
  private final long budget;
  private final Map<String, Integer> known = new HashMap<>();
  private final Map<String, List<Double>> boxes = new HashMap<>();
  private final List<String> urls = new ArrayList<>();
  private long bytes;
  private int omitted;

  FactImages(FactFolder folder, long budget) {
    this.folder = folder;
    this.budget = budget;
  }

  /** The index of a picture, which is on the page whatever its size. */
  int picture(String file) {
    Integer found = known.get(file);
    return found != null ? found : put(file, url("image/jpeg", folder.bytes(file)));
  }

  /** The index of a map, null where there is none or it does not fit. */
  @Nullable Integer map(@Nullable String file) {
    if (file == null) {
      return null;
    }
    Integer found = known.get(file);
    if (found != null) {
      return found < 0 ? null : found;
    }
    byte[] png = folder.bytes(file);
    String url = url("image/png", png);
    boxes.put(file, box(png));
    if (bytes + url.length() > budget) {
      omitted++;
      known.put(file, -1);
      return null;
    }
    return put(file, url);
  }

  /** Where a map that was asked for is strong; null where there is none. */
  @Nullable List<Double> box(@Nullable String file) {
    return file == null ? null : boxes.get(file);
  }

  /** The images, by index. */
  List<String> urls() {
    return List.copyOf(urls);
  }

  /** How many maps did not fit. */
  int omitted() {
    return omitted;
  }

  private int put(String file, String url) {
    bytes += url.length();
    known.put(file, urls.size());
    urls.add(url);
    return urls.size() - 1;
  }

  private static String url(String type, byte[] content) {
    return "data:" + type + ";base64," + Base64.getEncoder().encodeToString(content);
  }

  /**
   * The smallest window that holds most of the strong part of a map: left, top, width and height as
   * shares of the side. The whole picture where the map is empty or no picture.
   */
  static List<Double> box(byte[] png) {
    BufferedImage map;
    try {
      map = ImageIO.read(new ByteArrayInputStream(png));
    } catch (IOException e) {
      map = null;
    }
    if (map == null) {
      return List.of(0., 0., 1., 1.);
    }
    int w = map.getWidth();
    int h = map.getHeight();
    int most = 0;
    for (int y = 0; y < h; y++) {
      for (int x = 0; x < w; x++) {
        most = Math.max(most, map.getRGB(x, y) >>> 24);
      }
    }
    // Sums over all rectangles that begin at the corner: a window's is then a difference.
    long[][] sums = new long[h + 1][w + 1];
    for (int y = 0; y < h; y++) {
      for (int x = 0; x < w; x++) {
        int a = map.getRGB(x, y) >>> 24;
        long strong = a > 0 && a >= STRONG * most ? a : 0;
        sums[y + 1][x + 1] = sums[y][x + 1] + sums[y + 1][x] - sums[y][x] + strong;
      }
    }
    for (double side : SIDES) {
      int dx = Math.max(1, (int) Math.round(side * w));
      int dy = Math.max(1, (int) Math.round(side * h));
      long best = -1;
      double cx = 0;
      double cy = 0;
      int ties = 0;
      for (int y = 0; y + dy <= h; y++) {
        for (int x = 0; x + dx <= w; x++) {
          long in = sums[y + dy][x + dx] - sums[y][x + dx] - sums[y + dy][x] + sums[y][x];
          if (in > best) {
            best = in;
            cx = 0;
            cy = 0;
            ties = 0;
          }
          if (in == best) {
            cx += x;
            cy += y;
            ties++;
          }
        }
      }
      if (best > 0 && best >= HELD * sums[h][w]) {
        // Of windows that hold the same, the middle one: the spot is then not at an edge.
        return List.of(
            rounded(cx / ties / w),
            rounded(cy / ties / h),
            rounded((double) dx / w),
            rounded((double) dy / h));
      }
    }
    return List.of(0., 0., 1., 1.);
  }

  private static double rounded(double share) {
    return Math.round(share * 1000) / 1000.;
  }
}
