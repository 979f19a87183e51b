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

  /** Crops are no smaller than this share of a picture, so that there is something to see. */
  private static final double LEAST = .3;

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
   * The square around the strong part of a map: left, top, width and height as shares of the side.
   * The whole picture where the map is empty or no picture.
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
    double sum = 0;
    double sx = 0;
    double sy = 0;
    double sxx = 0;
    double syy = 0;
    for (int y = 0; y < h; y++) {
      for (int x = 0; x < w; x++) {
        int a = map.getRGB(x, y) >>> 24;
        if (a > 0 && a >= STRONG * most) {
          sum += a;
          sx += a * (x + .5) / w;
          sy += a * (y + .5) / h;
          sxx += a * Math.pow((x + .5) / w, 2);
          syy += a * Math.pow((y + .5) / h, 2);
        }
      }
    }
    if (sum == 0) {
      return List.of(0., 0., 1., 1.);
    }
    double cx = sx / sum;
    double cy = sy / sum;
    double spread = Math.sqrt(Math.max(Math.max(sxx / sum - cx * cx, syy / sum - cy * cy), 0));
    // Two standard deviations to each side hold nearly all of it.
    double side = Math.min(1, Math.max(LEAST, 4 * spread));
    return List.of(
        rounded(Math.max(0, Math.min(1 - side, cx - side / 2))),
        rounded(Math.max(0, Math.min(1 - side, cy - side / 2))),
        rounded(side),
        rounded(side));
  }

  private static double rounded(double share) {
    return Math.round(share * 1000) / 1000.;
  }
}
