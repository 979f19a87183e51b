package dev.percept.zoo;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * One picture of {@link Creatures} with its truth. Immutable; drawing it twice gives the same
 * pixels.
 */
public final class Scene {
  private static final Color BARE = new Color(0x9a9a96);

  private final Split split;
  private final int index;
  private final Species species;
  private final List<Layer> layers;
  private final Set<Part> parts;

  Scene(Split split, int index, Species species, List<Layer> layers) {
    this.split = split;
    this.index = index;
    this.species = species;
    this.layers = layers;
    this.parts = EnumSet.noneOf(Part.class);
    layers.forEach(layer -> parts.add(layer.part()));
  }

  /** What it shows. */
  public Species species() {
    return species;
  }

  /** A name for pages and files, for example {@code fish-demo-000014}. */
  public String name() {
    return "%s-%s-%06d".formatted(species.label(), split.name().toLowerCase(Locale.ROOT), index);
  }

  /** The parts that it is made of. */
  public Set<Part> parts() {
    return EnumSet.copyOf(parts);
  }

  /**
   * The same scene without a part: what was behind it shows, everything else is as it was. Without
   * {@link Part#SCENERY} a plain grey remains.
   *
   * @throws IllegalArgumentException if the scene has no such part
   */
  public Scene without(Part part) {
    if (!parts.contains(part)) {
      throw new IllegalArgumentException(
          "part: " + name() + " has no " + part.label() + ", it has " + parts);
    }
    List<Layer> rest = layers.stream().filter(layer -> layer.part() != part).toList();
    return new Scene(split, index, species, rest);
  }

  /** Draws it: RGB, 96 x 96. */
  public BufferedImage draw() {
    BufferedImage image =
        new BufferedImage(Creatures.SIDE, Creatures.SIDE, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = graphics(image);
    g.setPaint(BARE);
    g.fillRect(0, 0, Creatures.SIDE, Creatures.SIDE);
    for (Layer layer : layers) {
      g.setPaint(layer.paint());
      g.fill(layer.area());
    }
    g.dispose();
    return image;
  }

  /**
   * Which part is on top at the middle of each pixel, {@link Part#SCENERY} where there is none:
   * quicker than {@link #mask} and coarser.
   *
   * @return row by row
   */
  public Part[] seen() {
    BufferedImage image =
        new BufferedImage(Creatures.SIDE, Creatures.SIDE, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    for (Layer layer : layers) {
      g.setPaint(new Color(layer.part().index()));
      g.fill(layer.area());
    }
    g.dispose();
    int[] pixels = image.getRGB(0, 0, Creatures.SIDE, Creatures.SIDE, null, 0, Creatures.SIDE);
    Part[] all = Part.values();
    Part[] seen = new Part[pixels.length];
    for (int k = 0; k < pixels.length; k++) {
      seen[k] = all[pixels[k] & 0xff];
    }
    return seen;
  }

  /**
   * Where a part is seen: the pixels of which it covers at least half, hidden pixels left out.
   *
   * @throws IllegalArgumentException if the scene has no such part
   */
  public Mask mask(Part part) {
    float[] seen = visible(part);
    boolean[] inside = new boolean[seen.length];
    for (int k = 0; k < seen.length; k++) {
      inside[k] = seen[k] >= 0.5f;
    }
    return new Mask(Creatures.SIDE, Creatures.SIDE, inside);
  }

  /**
   * Where the creature is seen, all of its parts together; neither scenery nor sticker belongs to
   * it.
   */
  public Mask creature() {
    float[] seen = new float[Creatures.SIDE * Creatures.SIDE];
    for (Part part : parts) {
      if (part != Part.SCENERY && part != Part.STICKER) {
        float[] own = visible(part);
        for (int k = 0; k < seen.length; k++) {
          seen[k] += own[k];
        }
      }
    }
    boolean[] inside = new boolean[seen.length];
    for (int k = 0; k < seen.length; k++) {
      inside[k] = seen[k] >= 0.5f;
    }
    return new Mask(Creatures.SIDE, Creatures.SIDE, inside);
  }

  /** The share of each pixel in which a part is seen: what covers it, less what covers that. */
  float[] visible(Part part) {
    if (!parts.contains(part)) {
      throw new IllegalArgumentException("part: " + name() + " has no " + part.label());
    }
    int size = Creatures.SIDE * Creatures.SIDE;
    float[] seen = new float[size];
    float[] open = new float[size];
    Arrays.fill(open, 1);
    for (int i = layers.size() - 1; i >= 0; i--) {
      float[] cover = coverage(layers.get(i).area());
      for (int k = 0; k < size; k++) {
        if (layers.get(i).part() == part) {
          seen[k] += open[k] * cover[k];
        }
        open[k] *= 1 - cover[k];
      }
    }
    return seen;
  }

  /** The share of each pixel that a shape covers, as the same renderer sees it. */
  private static float[] coverage(Shape area) {
    BufferedImage image =
        new BufferedImage(Creatures.SIDE, Creatures.SIDE, BufferedImage.TYPE_INT_ARGB);
    Graphics2D g = graphics(image);
    g.setPaint(Color.WHITE);
    g.fill(area);
    g.dispose();
    int[] pixels = image.getRGB(0, 0, Creatures.SIDE, Creatures.SIDE, null, 0, Creatures.SIDE);
    float[] cover = new float[pixels.length];
    for (int k = 0; k < pixels.length; k++) {
      cover[k] = (pixels[k] >>> 24) / 255f;
    }
    return cover;
  }

  private static Graphics2D graphics(BufferedImage image) {
    Graphics2D g = image.createGraphics();
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    g.setRenderingHint(RenderingHints.KEY_RENDERING, RenderingHints.VALUE_RENDER_QUALITY);
    return g;
  }
}
