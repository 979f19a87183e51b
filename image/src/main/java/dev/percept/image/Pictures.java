package dev.percept.image;

import dev.percept.core.Box;
import dev.percept.core.Examples;
import dev.percept.core.PerceptException;
import dev.percept.core.Run;
import dev.percept.core.Sha256;
import dev.percept.core.Shape;
import java.awt.image.BufferedImage;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Pictures as model inputs: decoded, turned upright, brought to the model's size as 8-bit RGB (the
 * <em>view</em>: what the model sees, and what a page should show), then normalised, channels
 * first. Safe for use from several threads. Memory does not grow with the number of pictures: at
 * most 64 MB of views are kept, the others are decoded again when needed.
 */
public final class Pictures implements Examples {
  private static final long VIEW_MEMORY = 64L << 20;

  private final ViewStore store;
  private final List<Integer> indices;
  private final Preprocessing preprocessing;

  private Pictures(ViewStore store, List<Integer> indices, Preprocessing preprocessing) {
    this.store = store;
    this.indices = List.copyOf(indices);
    this.preprocessing = preprocessing;
  }

  /**
   * Reads every picture of {@code folder} once. What cannot be read is left out and listed by
   * {@link #skipped()}.
   *
   * @throws PerceptException if no picture can be read
   */
  public static Pictures open(PictureFolder folder, Preprocessing preprocessing, Run run) {
    return open(folder, preprocessing, new PictureReader(), run);
  }

  /** As {@link #open(PictureFolder, Preprocessing, Run)}, with another limit on pixels. */
  public static Pictures open(
      PictureFolder folder, Preprocessing preprocessing, PictureReader reader, Run run) {
    return open(folder, preprocessing, reader, VIEW_MEMORY, run);
  }

  static Pictures open(
      PictureFolder folder,
      Preprocessing preprocessing,
      PictureReader reader,
      long viewMemory,
      Run run) {
    ViewStore store =
        ViewStore.open(folder.pictures(), preprocessing.geometry(), reader, viewMemory, run);
    List<Integer> readable = store.readable();
    if (readable.isEmpty()) {
      List<SkippedPicture> skipped = store.skipped();
      throw new PerceptException(
          "none of the "
              + skipped.size()
              + " pictures in "
              + folder.name()
              + " can be read ("
              + skipped.stream().limit(3).map(Object::toString).collect(Collectors.joining("; "))
              + (skipped.size() > 3 ? "; ..." : "")
              + "); give JPEG, PNG, BMP, GIF or WebP files");
    }
    return new Pictures(store, readable, preprocessing);
  }

  @Override
  public int size() {
    return indices.size();
  }

  @Override
  public Shape shape() {
    return preprocessing.shape();
  }

  @Override
  public String name(int index) {
    return file(index).name();
  }

  /** Where picture {@code index} comes from. */
  public PictureFile file(int index) {
    return store.file(indices.get(index));
  }

  /** The sub-folder that holds picture {@code index}. */
  public Optional<String> folder(int index) {
    return file(index).folder();
  }

  /** SHA-256 of the content of picture {@code index}, in hexadecimal: the same for copies. */
  public String hash(int index) {
    return store.hash(indices.get(index));
  }

  /** The names of the sub-folders, in the order of the pictures. */
  public List<String> folders() {
    return IntStream.range(0, size())
        .mapToObj(this::folder)
        .flatMap(Optional::stream)
        .distinct()
        .toList();
  }

  /** How the pictures are prepared. */
  public Preprocessing preprocessing() {
    return preprocessing;
  }

  /** What could not be read, and why; the same for every selection of the same folder. */
  public List<SkippedPicture> skipped() {
    return store.skipped();
  }

  /** The same pictures with other values for the model; nothing is decoded again. */
  public Pictures with(Normalization normalization) {
    return new Pictures(store, indices, preprocessing.with(normalization));
  }

  /** Some of these pictures, in the order given. */
  public Pictures select(List<Integer> chosen) {
    return new Pictures(store, chosen.stream().map(indices::get).toList(), preprocessing);
  }

  /** The pictures of one sub-folder. */
  public Pictures inFolder(String folder) {
    return select(
        IntStream.range(0, size())
            .filter(i -> folder(i).filter(folder::equals).isPresent())
            .boxed()
            .toList());
  }

  /**
   * SHA-256 of the names (from the folder that was given) and contents of these pictures, in
   * hexadecimal. It does not depend on where the folder lies.
   */
  public String fingerprint() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < size(); i++) {
      // A length in front, since a name may hold any character, even a line end.
      String name = name(i);
      text.append(store.hash(indices.get(i))).append(' ').append(name.length()).append(' ');
      text.append(name).append('\n');
    }
    return Sha256.of(text.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** What the model sees of picture {@code index}, at the size of its input; a new picture. */
  public BufferedImage view(int index) {
    Geometry g = preprocessing.geometry();
    return stored(index).image(new Box(0, 0, g.width(), g.height()));
  }

  View stored(int index) {
    return store.view(indices.get(index));
  }

  @Override
  public void read(int index, FloatBuffer target) {
    View view = stored(index);
    float[] rgb = new float[shape().size()];
    view.row(0, 0, view.width() * view.height(), rgb);
    write(rgb, preprocessing.normalization(), target);
  }

  /** Writes interleaved RGB from 0 to 255 as normalised planes. */
  static void write(float[] rgb, Normalization normalization, FloatBuffer target) {
    float[] plane = new float[rgb.length / 3];
    for (int c = 0; c < 3; c++) {
      double factor = normalization.scale() / normalization.std().get(c);
      double shift = -normalization.mean().get(c) / normalization.std().get(c);
      int at = normalization.channel(c);
      for (int i = 0; i < plane.length; i++, at += 3) {
        plane[i] = (float) (rgb[at] * factor + shift);
      }
      target.put(plane);
    }
  }
}
