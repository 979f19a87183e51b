package dev.percept.report;

import dev.percept.bundle.Bundle;
import dev.percept.bundle.Comparison;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;

/** A comparison with numbers of its own: the first estimators are good, the last is none. */
final class SyntheticComparison {
  private SyntheticComparison() {}

  static Comparison of(int concepts, String label, List<String> names, boolean affine) {
    List<Comparison.Estimator> estimators = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      estimators.add(estimator(names.get(i), i, concepts, i == 0 ? 0 : 0.1 * (i - 1)));
    }
    return new Comparison(
        Comparison.SCHEMA,
        Map.of("class", label),
        3,
        "model.onnx",
        "0123456789abcdef".repeat(4),
        "features",
        new Bundle.Label(7, label),
        20,
        affine,
        IntStream.range(0, concepts).mapToObj(k -> new Comparison.ConceptPart(k, jpeg(k))).toList(),
        estimators,
        marks(concepts, 1.5, -0.1, 0),
        IntStream.range(0, names.size())
            .mapToObj(
                i ->
                    IntStream.range(0, names.size())
                        .mapToObj(j -> i == j ? 1.0 : -0.2 + 0.1 * (i + j))
                        .toList())
            .toList(),
        List.of(new Comparison.Missing("smoothgrad", "no libtorch " + label)),
        List.of("a note " + label),
        Map.of("percept", "test"));
  }

  private static Comparison.Estimator estimator(String name, int i, int r, double behind) {
    List<Comparison.OfConcept> values = new ArrayList<>();
    double sum = IntStream.rangeClosed(1, r).mapToDouble(k -> 1.0 / k).sum();
    for (int k = 0; k < r; k++) {
      double v = 1.0 / (k + 1);
      values.add(
          new Comparison.OfConcept(
              k,
              3 * v,
              2 * v,
              4 * v,
              v,
              i == 0 ? Double.NaN : 5 * v,
              v / sum,
              k % 3 == 2 ? -1 : 1));
    }
    return new Comparison.Estimator(
        name,
        i % 2 == 0 ? "score" : "variance",
        i % 2 == 0,
        i * 100,
        0.01 * Math.pow(20, i),
        values,
        marks(r, 0.3 + behind, 1.2 - behind, 0.9 - behind),
        new Comparison.Mean(behind, behind - 0.05, behind + 0.05));
  }

  private static Comparison.Marks marks(int r, double area, double gain, double fidelity) {
    List<Double> down =
        IntStream.rangeClosed(0, r).mapToObj(s -> 5 * Math.exp(-s / (area * 2))).toList();
    return new Comparison.Marks(
        around(area),
        around(6 - area),
        around(fidelity),
        around(gain),
        around(gain),
        down,
        down.stream().sorted(Comparator.naturalOrder()).toList());
  }

  private static Comparison.Mean around(double mean) {
    return new Comparison.Mean(mean, mean - 0.2, mean + 0.2);
  }

  private static String jpeg(int k) {
    BufferedImage image = new BufferedImage(32, 32, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    g.setColor(new Color((k * 53) % 256, (k * 101) % 256, 160));
    g.fillOval(4, 4, 24, 24);
    g.dispose();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "jpeg", bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Base64.getEncoder().encodeToString(bytes.toByteArray());
  }
}
