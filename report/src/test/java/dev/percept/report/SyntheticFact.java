package dev.percept.report;

import dev.percept.bundle.Bundle;
import dev.percept.bundle.FactConcept;
import dev.percept.bundle.FactConsistency;
import dev.percept.bundle.FactDeletion;
import dev.percept.bundle.FactExplanation;
import dev.percept.bundle.FactFolder;
import dev.percept.bundle.FactTrace;
import dev.percept.bundle.ResultFolder;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;

/**
 * Folders of 'percept fact explain' for looking at the page and for testing it: drawn pictures,
 * contributions that add up. The same spec gives the same bytes.
 */
final class SyntheticFact {
  private static final int SIDE = 96;
  private static final int LATENTS = 256;
  private static final int[] IDS = {7, 12, 30, 41, 77, 101, 128, 160, 199, 222, 240, 255};
  private static final int[] EARLY = {3, 19, 44, 58, 90, 111};

  /** The concept that is a sticker: it goes with the last class. */
  private static final int STICKER = 1;

  private final Spec spec;
  private final Random random = new Random(5);
  private final List<FactTrace.Picture> pictures = new ArrayList<>();
  private final List<double[]> presence = new ArrayList<>();
  private final Map<String, byte[]> files = new TreeMap<>();
  private final double[] bias;

  private SyntheticFact(Spec spec) {
    this.spec = spec;
    this.bias = new double[spec.labels().size()];
    java.util.Arrays.fill(bias, -1.61);
  }

  /**
   * What to make.
   *
   * @param labels of all classes, each explained
   * @param each pictures of a class
   * @param cuts one or two
   * @param whole with curves, C² and stability
   */
  record Spec(List<String> labels, int each, int cuts, boolean whole) {
    static Spec plain() {
      return new Spec(List.of("bird", "butterfly", "cat", "fish"), 8, 2, true);
    }
  }

  static Path write(Path dir, Spec spec) {
    new SyntheticFact(spec).write(dir);
    PageFile.write(dir.resolve(FactFolder.PAGE), FactPage.render(FactFolder.read(dir)));
    return dir.resolve(FactFolder.PAGE);
  }

  /** What concept k gives to class c, a unit of presence. */
  private double weight(int c, int k) {
    int classes = spec.labels().size();
    if (k == STICKER) {
      return c == classes - 1 ? 5.5 : -.4;
    }
    if (k % classes == c) {
      return 3.2 - .2 * k;
    }
    return k % 3 == 0 ? .5 : -.35;
  }

  private void write(Path dir) {
    int classes = spec.labels().size();
    List<FactTrace> traces = new ArrayList<>();
    for (int c = 0; c < classes; c++) {
      for (int i = 0; i < spec.each(); i++) {
        traces.add(trace(c, i));
      }
    }
    List<FactConcept> concepts = new ArrayList<>();
    for (int k = 0; k < IDS.length; k++) {
      concepts.add(concept(k, traces));
    }
    if (spec.cuts() > 1) {
      for (int k = 0; k < EARLY.length; k++) {
        concepts.add(early(k));
      }
    }
    List<FactExplanation.OfClass> of =
        IntStream.range(0, classes).mapToObj(c -> ofClass(c, traces)).toList();
    Map<String, Tensor> values = new TreeMap<>();
    values.put("presence", Tensor.zeros(Shape.of(pictures.size(), LATENTS)));
    for (int i = 0; i < traces.size(); i++) {
      values.put(
          "contributions/" + i, Tensor.zeros(Shape.of(traces.get(i).scores().size(), LATENTS)));
    }
    List<FactExplanation.Cut> cuts = new ArrayList<>();
    if (spec.cuts() > 1) {
      cuts.add(cut("stage2", 24));
    }
    cuts.add(cut("stage3", 12));
    FactExplanation e =
        new FactExplanation(
            FactExplanation.SCHEMA,
            Map.of("model", "creatures-bcos.safetensors", "sae", "sae3", "class", "each"),
            0,
            Map.of("percept", "0.1.0"),
            new FactExplanation.Network(
                "creatures-bcos.safetensors",
                "9c1f4e0a",
                "B-cos ResNet, 3 stages",
                true,
                spec.labels(),
                IntStream.range(0, classes).mapToObj(c -> bias[c]).toList()),
            cuts,
            new FactExplanation.Sample(pictures.size(), SIDE, SIDE, "77aa", List.of()),
            new FactExplanation.Faith(
                3e-7, .62, 2 * pictures.size(), .9, .91, 1. / classes, .95, .31, pictures.size()),
            of,
            pictures,
            traces,
            concepts,
            spec.whole() ? deletion() : null,
            spec.whole() ? consistency() : null,
            List.of("a note about <b>the run</b>"));
    try (ResultFolder folder = ResultFolder.stage(dir, FactFolder.KIND)) {
      FactFolder.write(folder, e, values, files);
      folder.commit();
    }
  }

  private FactExplanation.Cut cut(String layer, int side) {
    return new FactExplanation.Cut(
        layer,
        layer + ".sae",
        "00ff",
        "topk",
        LATENTS,
        side,
        side,
        64,
        8,
        17,
        3,
        .83,
        .21,
        spec.whole() ? .84 : null,
        spec.whole() ? .22 : null);
  }

  private FactTrace trace(int truth, int index) {
    int classes = spec.labels().size();
    double[] z = new double[IDS.length];
    List<Scenes.Thing> things = new ArrayList<>();
    // The last picture of each class but the last carries the other class's sticker.
    boolean sticker = truth == classes - 1 ? index > 0 : index == spec.each() - 1;
    for (int k = 0; k < IDS.length; k++) {
      boolean own = k != STICKER && k % classes == truth;
      boolean on = k == STICKER ? sticker : own || random.nextDouble() < .25;
      z[k] = on ? .45 + .5 * random.nextDouble() : 0;
      if (k != STICKER && sticker && truth != classes - 1) {
        z[k] *= .35;
      }
      things.add(
          new Scenes.Thing(
              k, .2 + .6 * random.nextDouble(), .2 + .5 * random.nextDouble(), .2, z[k]));
    }
    int p = pictures.size();
    String file = String.format("pictures/%04d.jpg", p);
    BufferedImage picture = Scenes.draw(SIDE, 100L * truth + index, things);
    files.put(file, Scenes.jpeg(picture));
    for (int k = 0; k < IDS.length; k++) {
      if (z[k] > 0) {
        files.put(map(p, spec.cuts() - 1, IDS[k]), png(picture, things.get(k)));
      }
    }
    if (spec.cuts() > 1) {
      for (int k = 0; k < EARLY.length; k++) {
        files.put(map(p, 0, EARLY[k]), png(picture, things.get(k)));
      }
    }
    double[] logits = new double[classes];
    for (int c = 0; c < classes; c++) {
      logits[c] = bias[c] + .1 * (c + 1);
      for (int k = 0; k < IDS.length; k++) {
        logits[c] += z[k] * weight(c, k);
      }
    }
    int predicted = argmax(logits, -1);
    pictures.add(
        new FactTrace.Picture(
            spec.labels().get(truth) + "/picture " + index + ".png", file, truth, predicted, .9));
    presence.add(z);
    int second = predicted == truth ? argmax(logits, predicted) : truth;
    List<Integer> shown =
        IntStream.range(0, IDS.length)
            .boxed()
            .filter(k -> z[k] > 0)
            .sorted(Comparator.comparingDouble(k -> -Math.abs(z[k] * weight(predicted, k))))
            .limit(8)
            .toList();
    return new FactTrace(
        p,
        shown.stream()
            .map(k -> new FactTrace.Part(IDS[k], z[k], map(p, spec.cuts() - 1, IDS[k])))
            .toList(),
        classes == 1
            ? List.of(score(predicted, z, shown, logits))
            : List.of(score(predicted, z, shown, logits), score(second, z, shown, logits)),
        shown.stream()
            .limit(4)
            .map(
                k -> {
                  double[] less = logits.clone();
                  for (int c = 0; c < classes; c++) {
                    less[c] -= .9 * z[k] * weight(c, k);
                  }
                  return new FactTrace.Removal(
                      IDS[k],
                      argmax(less, -1),
                      classes == 1
                          ? List.of(less[predicted])
                          : List.of(less[predicted], less[second]));
                })
            .toList());
  }

  private FactTrace.Score score(int c, double[] z, List<Integer> shown, double[] logits) {
    List<Double> parts = shown.stream().map(k -> z[k] * weight(c, k)).toList();
    double sum = parts.stream().mapToDouble(Double::doubleValue).sum();
    return new FactTrace.Score(
        c,
        logits[c],
        bias[c],
        parts,
        logits[c] - bias[c] - sum,
        31,
        parts.stream().mapToDouble(Math::abs).sum() + 1,
        2e-7);
  }

  private static int argmax(double[] values, int but) {
    int best = -1;
    for (int c = 0; c < values.length; c++) {
      if (c != but && (best < 0 || values[c] > values[best])) {
        best = c;
      }
    }
    return best;
  }

  private static String map(int picture, int cut, int id) {
    return String.format("maps/%04d-%d-%d.png", picture, cut, id);
  }

  /** The picture's own colours where the thing is. */
  private static byte[] png(BufferedImage picture, Scenes.Thing thing) {
    BufferedImage map = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_ARGB);
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        double d = Math.hypot(x - thing.x() * SIDE, y - thing.y() * SIDE) / (thing.size() * SIDE);
        int alpha = (int) Math.round(255 * Math.max(0, 1 - d * d));
        map.setRGB(x, y, alpha == 0 ? 0 : alpha << 24 | (picture.getRGB(x, y) & 0xf0f0f0));
      }
    }
    try (ByteArrayOutputStream bytes = new ByteArrayOutputStream()) {
      ImageIO.write(map, "png", bytes);
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private FactConcept concept(int k, List<FactTrace> traces) {
    List<Integer> order =
        IntStream.range(0, pictures.size())
            .boxed()
            .filter(p -> presence.get(p)[k] > 0)
            .sorted(Comparator.comparingDouble(p -> -presence.get(p)[k]))
            .toList();
    double most = order.isEmpty() ? 1 : presence.get(order.get(0))[k];
    int cut = spec.cuts() - 1;
    return new FactConcept(
        cut,
        IDS[k],
        (double) order.size() / pictures.size(),
        k == 6,
        new FactConcept.Against(.3 + .15 * k, 2),
        new FactConcept.Against(.08 + .02 * k, .8),
        spec.whole() ? new FactConcept.Against(.3 - .04 * k, 0) : null,
        spec.whole() ? new FactConcept.Against(.97 - .012 * k, .22) : null,
        IntStream.range(0, spec.labels().size())
            .boxed()
            .sorted(Comparator.comparingDouble(c -> -Math.abs(weight(c, k))))
            .map(c -> new FactConcept.Serves(c, Math.abs(weight(c, k)) / 8, weight(c, k) * .6))
            .toList(),
        order.stream()
            .limit(6)
            .map(p -> new FactConcept.Sight(p, presence.get(p)[k] / most, map(p, cut, IDS[k])))
            .toList(),
        order.stream()
            .sorted(Comparator.comparingDouble(p -> -given(traces.get(p), k)))
            .limit(6)
            .map(p -> new FactConcept.Sight(p, given(traces.get(p), k), map(p, cut, IDS[k])))
            .toList(),
        cut == 0
            ? null
            : new FactConcept.Origin(
                6,
                List.of(
                    new FactConcept.Source(EARLY[k % EARLY.length], .46),
                    new FactConcept.Source(EARLY[(k + 2) % EARLY.length], .27),
                    new FactConcept.Source(EARLY[(k + 3) % EARLY.length], -.09)),
                .34,
                .02,
                29,
                .03,
                3e-7));
  }

  private double given(FactTrace trace, int k) {
    int c = trace.scores().get(0).target();
    return presence.get(trace.picture())[k] * weight(c, k);
  }

  private FactConcept early(int k) {
    List<FactConcept.Sight> sights =
        IntStream.range(0, 6)
            .mapToObj(
                i ->
                    new FactConcept.Sight(
                        (5 * i + k) % pictures.size(),
                        1 - .1 * i,
                        map((5 * i + k) % pictures.size(), 0, EARLY[k])))
            .toList();
    return new FactConcept(
        0, EARLY[k], .7, false, null, null, null, null, List.of(), sights, List.of(), null);
  }

  private FactExplanation.OfClass ofClass(int c, List<FactTrace> traces) {
    double[] mean = new double[IDS.length];
    double[] elsewhere = new double[IDS.length];
    double logit = 0;
    int right = 0;
    for (FactTrace t : traces) {
      FactTrace.Picture p = pictures.get(t.picture());
      boolean own = p.truth() != null && p.truth() == c;
      double[] z = presence.get(t.picture());
      for (int k = 0; k < IDS.length; k++) {
        (own ? mean : elsewhere)[k] += z[k] * weight(c, k);
      }
      right += own && p.predicted() == c ? 1 : 0;
    }
    double all = 0;
    int others = traces.size() - spec.each();
    for (int k = 0; k < IDS.length; k++) {
      mean[k] /= spec.each();
      elsewhere[k] /= Math.max(1, others);
      all += Math.abs(mean[k]);
      logit += mean[k];
    }
    double total = all;
    return new FactExplanation.OfClass(
        new Bundle.Label(c, spec.labels().get(c)),
        spec.each(),
        (double) right / spec.each(),
        bias[c] + logit + .1 * (c + 1),
        bias[c],
        .1 * (c + 1),
        IntStream.range(0, IDS.length)
            .boxed()
            .sorted(Comparator.comparingDouble(k -> -Math.abs(mean[k])))
            .map(
                k ->
                    new FactExplanation.Role(
                        IDS[k],
                        mean[k],
                        mean[k] - .2,
                        mean[k] + .2,
                        Math.abs(mean[k]) / total,
                        others == 0 ? Double.NaN : elsewhere[k]))
            .toList());
  }

  private static FactDeletion deletion() {
    List<Double> shares = IntStream.rangeClosed(0, 10).mapToObj(i -> i / 10.).toList();
    List<FactDeletion.Curve> curves = new ArrayList<>();
    String[] methods = {
      "exact", "sobol", "saliency", "gradient x input", "leave one out", "random"
    };
    for (boolean always : new boolean[] {true, false}) {
      for (int m = 0; m < methods.length; m++) {
        double rate = 9. / (1 + 1.4 * m) * (always ? 1 : .8);
        List<Double> logit = new ArrayList<>();
        List<Double> accuracy = new ArrayList<>();
        for (double share : shares) {
          double left = share == 1 ? 0 : Math.exp(-rate * share);
          logit.add(7.5 * left - 1.6 * (1 - left));
          accuracy.add(.25 + .75 * left);
        }
        FactDeletion.Interval behind =
            m == 0 ? new FactDeletion.Interval(0, 0) : new FactDeletion.Interval(.2 * m, .6 * m);
        curves.add(
            new FactDeletion.Curve(
                methods[m],
                always,
                always ? 31 : 28,
                logit,
                accuracy,
                logit.stream().mapToDouble(v -> v).average().orElse(0),
                accuracy.stream().mapToDouble(v -> v).average().orElse(0),
                behind,
                behind));
      }
    }
    return new FactDeletion(120, List.of(128), shares, curves);
  }

  private static FactConsistency consistency() {
    return new FactConsistency(
        "creatures.onnx at stage3",
        List.of(
            new FactConsistency.Row("fact", .31, .27, .35, .09, .1, .3, .02, .42, 48, 4),
            new FactConsistency.Row("craft", .24, .2, .28, .09, .1, .3, .02, .42, 36, 0),
            new FactConsistency.Row("channels", .11, .07, .15, .09, .1, .3, .02, .41, 64, 0),
            new FactConsistency.Row("pca", .04, 0, .08, .09, .1, .3, .02, .43, 64, 0),
            new FactConsistency.Row("k-means", .19, .15, .23, .09, .1, .3, .02, .42, 48, 1)));
  }
}
