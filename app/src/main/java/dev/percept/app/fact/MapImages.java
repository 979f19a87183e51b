package dev.percept.app.fact;

import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import dev.percept.fact.InputMaps;
import dev.percept.fact.Rgba;
import dev.percept.methods.metric.c2.SpatialSize;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.imageio.ImageIO;

/** Input maps as PNG files with transparency, each made once. */
final class MapImages {
  /** Sides are halved until they are no longer than this: enough to see, and small. */
  private static final int LONGEST = 128;

  /** Steps of a colour and of opacity: finer ones are not seen and cost half as much again. */
  private static final int STEPS = 31;

  private final FactSubject subject;
  private final List<InputMaps> maps;
  private final Map<String, byte[]> files;
  private final Map<String, Double> sizes = new HashMap<>();
  private final Map<Integer, Integer> shown;
  private final Run run;

  /**
   * Maps of a subject.
   *
   * @param shown number of a picture among those that are shown, by its number in the sample
   * @param files receives the PNG files, by name
   */
  MapImages(FactSubject subject, Map<Integer, Integer> shown, Map<String, byte[]> files, Run run) {
    this.subject = subject;
    this.maps =
        java.util.stream.IntStream.range(0, subject.banks().size())
            .mapToObj(cut -> new InputMaps(subject.stack().at(cut), subject.banks().get(cut).sae()))
            .toList();
    this.files = files;
    this.shown = shown;
    this.run = run;
  }

  /**
   * The file of a map.
   *
   * @param cut of the stack, the last one being 0
   * @param concept its number there
   * @param picture its number in the sample
   */
  String file(int cut, int concept, int picture) {
    String name =
        String.format(
            "maps/%04d-%d-%d.png",
            java.util.Objects.requireNonNull(shown.get(picture)),
            subject.banks().size() - 1 - cut,
            concept);
    if (!files.containsKey(name)) {
      run.throwIfCancelled();
      InputMaps.OfConcept of =
          maps.get(cut).of(concept, subject.inputs().batch(picture, picture + 1), run);
      Shape s = of.weights().shape();
      Tensor weights = of.weights().reshape(s.dim(1), s.dim(2), s.dim(3));
      Tensor contributions = of.contributions().reshape(s.dim(2), s.dim(3));
      sizes.put(name, SpatialSize.of(contributions.toArray()).share());
      files.put(name, png(Rgba.FACT.of(weights, contributions)));
    }
    return name;
  }

  /** The share of the picture that holds most of a map that was made. */
  double size(String file) {
    return java.util.Objects.requireNonNull(sizes.get(file));
  }

  /** The files, by name. */
  Map<String, byte[]> files() {
    return new TreeMap<>(files);
  }

  /**
   * A PNG of a map, its sides halved until they are short enough; colours weigh by their opacity.
   *
   * @param map h x w x 4, from 0 to 1
   */
  static byte[] png(Tensor map) {
    int h = map.shape().dim(0);
    int w = map.shape().dim(1);
    int by = 1;
    while (Math.max(h, w) / by > LONGEST) {
      by *= 2;
    }
    BufferedImage image = new BufferedImage(w / by, h / by, BufferedImage.TYPE_INT_ARGB);
    for (int y = 0; y < h / by; y++) {
      for (int x = 0; x < w / by; x++) {
        double[] sums = new double[4];
        for (int v = y * by; v < (y + 1) * by; v++) {
          for (int u = x * by; u < (x + 1) * by; u++) {
            double alpha = map.get((v * w + u) * 4 + 3);
            for (int c = 0; c < 3; c++) {
              sums[c] += alpha * map.get((v * w + u) * 4 + c);
            }
            sums[3] += alpha;
          }
        }
        int alpha = level(sums[3] / (by * by));
        int rgb = 0;
        for (int c = 0; c < 3; c++) {
          rgb = rgb << 8 | (sums[3] > 0 ? level(sums[c] / sums[3]) : 0);
        }
        // What is clear has no colour: long runs of zeros take no room.
        image.setRGB(x, y, alpha == 0 ? 0 : alpha << 24 | rgb);
      }
    }
    try (ByteArrayOutputStream bytes = new ByteArrayOutputStream()) {
      ImageIO.write(image, "png", bytes);
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException("a map in memory cannot be encoded", e);
    }
  }

  private static int level(double share) {
    return (int) Math.round(Math.round(share * STEPS) * 255.0 / STEPS);
  }
}
