package dev.percept.report;

import dev.percept.bundle.Bundle;
import dev.percept.bundle.Importances;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** One class of a {@link SyntheticBundle}. */
final class SyntheticClass {
  static final int FEATURES = 16;
  private static final int RIVALS = 4;
  private static final double OTHERS = 2;

  private final SyntheticBundle.Spec spec;
  private final Random random;
  private final String key;
  private final Bundle.Label target;
  private final int n;
  private final int r;
  private final double[] weights;
  private final double[][] rivals;
  private final double[][][] codes;
  private final List<List<Scenes.Thing>> things = new ArrayList<>();
  private final Map<String, byte[]> files = new TreeMap<>();
  private final List<BufferedImage> images = new ArrayList<>();

  SyntheticClass(SyntheticBundle.Spec spec, int index) {
    this.spec = spec;
    this.random = new Random(11 + index);
    this.target = new Bundle.Label(700 + index, spec.labels().get(index));
    this.key = "class-" + target.index();
    this.n = spec.pictures();
    this.r = spec.concepts() - (spec.chosen() ? index : 0);
    this.weights = new double[r];
    this.rivals = new double[RIVALS][r];
    for (int k = 0; k < r; k++) {
      weights[k] = 9 * Math.pow(.68, k) * (k % 4 == 3 ? -1 : 1) / (1 + .12 * index);
      for (int j = 0; j < RIVALS; j++) {
        rivals[j][k] = 2.4 * random.nextGaussian() * Math.pow(.8, k);
      }
    }
    this.codes = new double[n][spec.grid() * spec.grid()][r];
    for (int i = 0; i < n; i++) {
      things.add(scene(i, index));
    }
    for (int i = 0; i < n; i++) {
      images.add(Scenes.draw(spec.side(), 1000L * index + i, things.get(i)));
    }
  }

  private List<Scenes.Thing> scene(int i, int index) {
    List<Scenes.Thing> scene = new ArrayList<>();
    int g = spec.grid();
    for (int k = 0; k < r; k++) {
      boolean there = random.nextDouble() < .85 - .5 * k / r;
      double strength = there ? .35 + .65 * random.nextDouble() : .03 * random.nextDouble();
      double x = .2 + .6 * random.nextDouble();
      double y = k % 6 == 5 ? .75 + .1 * random.nextDouble() : .15 + .5 * random.nextDouble();
      double size = .1 + .12 * random.nextDouble();
      scene.add(new Scenes.Thing(k + index, x, y, size, strength));
      for (int c = 0; c < g * g; c++) {
        double dx = (c % g + .5) / g - x;
        double dy = (Math.floorDiv(c, g) + .5) / g - y;
        double near = Math.exp(-(dx * dx + dy * dy) / (2 * size * size));
        codes[i][c][k] = strength * near + .01 * random.nextDouble();
      }
    }
    return scene;
  }

  private double presence(int i, int k) {
    double sum = 0;
    for (double[] location : codes[i]) {
      sum += location[k];
    }
    // As global average pooling would, scaled so that logits have a usual size.
    return 4 * sum / codes[i].length;
  }

  /** The score of the class ({@code j} = -1) or of a rival, for a picture. */
  private Bundle.Score score(int i, int j) {
    double start = j < 0 ? -1.6 + spec.bias() : -.4 - .2 * j;
    List<Double> contributions = new ArrayList<>();
    double sum = start;
    for (int k = 0; k < r; k++) {
      double c = (j < 0 ? weights[k] : rivals[j][k]) * presence(i, k);
      contributions.add(c);
      sum += c;
    }
    double other = .3 * Math.sin(i + 3 * j);
    Bundle.Label label = j < 0 ? target : new Bundle.Label(100 + j, "rival " + j + " & <co>");
    return new Bundle.Score(label, start, contributions, other, sum + other);
  }

  private List<Bundle.Score> scores(int i) {
    return IntStream.range(-1, RIVALS).mapToObj(j -> score(i, j)).toList();
  }

  /** What the model says without the concepts in {@code gone}. */
  private Bundle.Answer answer(int i, boolean[] gone) {
    List<Bundle.Score> scores = scores(i);
    double[] logits = new double[scores.size()];
    int top = 0;
    for (int j = 0; j < logits.length; j++) {
      logits[j] = scores.get(j).logit();
      for (int k = 0; k < r; k++) {
        logits[j] -= gone[k] ? scores.get(j).contributions().get(k) : 0;
      }
      top = logits[j] > logits[top] ? j : top;
    }
    double all = Math.exp(OTHERS);
    for (double logit : logits) {
      all += Math.exp(logit);
    }
    return new Bundle.Answer(logits[0], Math.exp(logits[0]) / all, scores.get(top).target());
  }

  private List<Integer> order() {
    double[] totals = totals(IntStream.range(0, n).toArray());
    return IntStream.range(0, r)
        .boxed()
        .sorted(Comparator.comparingDouble((Integer k) -> -totals[k]))
        .toList();
  }

  private double share(int i, int k) {
    double sum = 0;
    for (int q = 0; q < r; q++) {
      sum += square(weights[q] * presence(i, q));
    }
    return square(weights[k] * presence(i, k)) / sum;
  }

  private double[] totals(int[] pictures) {
    double[] totals = new double[r];
    for (int i : pictures) {
      for (int k = 0; k < r; k++) {
        totals[k] += share(i, k) / pictures.length;
      }
    }
    return totals;
  }

  Importances.OfClass importance() {
    double[] totals = totals(IntStream.range(0, n).toArray());
    double[][] again = new double[200][];
    for (int b = 0; b < again.length; b++) {
      again[b] = totals(IntStream.range(0, n).map(i -> random.nextInt(n)).toArray());
    }
    List<Importances.OfConcept> concepts = new ArrayList<>();
    for (int k : order()) {
      int id = k;
      double[] sorted = java.util.Arrays.stream(again).mapToDouble(t -> t[id]).sorted().toArray();
      double blur = spec.affine() ? 0 : .02 + .03 * totals[k];
      int leads = (int) IntStream.range(0, n).filter(i -> leader(i) == id).count();
      long right = IntStream.range(0, n).filter(i -> leader(i) == id && predicted(i)).count();
      long has = IntStream.range(0, n).filter(i -> things.get(i).get(id).strength() > .05).count();
      concepts.add(
          new Importances.OfConcept(
              k,
              totals[k],
              Math.max(0, totals[k] - blur),
              totals[k] + blur,
              sorted[5],
              sorted[194],
              weights[k] > 0 ? 1 : -1,
              has / (double) n,
              leads == 0 ? null : Double.valueOf(right / (double) leads),
              leads,
              Math.max(.4, .97 - .06 * k),
              k == 5 ? Double.NaN : .5 - .04 * k));
    }
    return new Importances.OfClass(
        target,
        spec.affine() ? "affine-exact" : "jansen",
        spec.affine() ? 0 : 512,
        spec.settled(),
        concepts);
  }

  private int leader(int i) {
    int best = 0;
    for (int k = 1; k < r; k++) {
      best = share(i, k) > share(i, best) ? k : best;
    }
    return best;
  }

  private boolean predicted(int i) {
    return answer(i, new boolean[r]).predicted().equals(target);
  }

  Bundle.ClassPart part() {
    long right = IntStream.range(0, n).filter(this::predicted).count();
    double accuracy = right / (double) n;
    SyntheticCurves curves = new SyntheticCurves(order(), n, this::answer, random);
    List<Bundle.PicturePart> pictures = new ArrayList<>();
    for (int i = 0; i < Math.min(n, spec.shown()); i++) {
      pictures.add(picture(i));
    }
    return new Bundle.ClassPart(
        target,
        key,
        IntStream.range(0, n).mapToObj(this::name).toList(),
        n * 16,
        new Bundle.Reconstruction(.37, .63, .81, .19, .41, .58, .15),
        new Bundle.Accuracy(accuracy, Math.max(0, accuracy - .02), .2, .968, .41),
        new Bundle.Stability(.88, .93, .83, .34, 4),
        curves.curve(false),
        curves.curve(true),
        IntStream.range(0, r).mapToObj(k -> new Bundle.ConceptPart(k, excerpts(k))).toList(),
        pictures,
        spec.warning().isEmpty() ? List.of() : List.of(spec.warning()),
        spec.chosen() ? ranks() : null,
        spec.extended() ? extras().kinds() : List.of(),
        spec.extended() ? extras().tree() : null,
        null,
        null);
  }

  private SyntheticExtras extras() {
    return new SyntheticExtras(key, r, this::excerpts);
  }

  Map<String, Tensor> maps() {
    return spec.extended() ? extras().maps() : Map.of();
  }

  /** Concepts that come back up to the chosen number, and hold ever more of other pictures. */
  private Bundle.RankCurve ranks() {
    List<Bundle.RankPoint> points =
        IntStream.rangeClosed(1, 10)
            .map(i -> i + r - 6)
            .filter(k -> k > 0)
            .mapToObj(
                k ->
                    new Bundle.RankPoint(
                        k, .8 - .6 / (k + 1), k <= r ? .93 : .93 - .07 * (k - r), .9 / (k + 1)))
            .toList();
    return new Bundle.RankCurve(points, .8, .005, r);
  }

  private String name(int i) {
    // One name tries what a hostile one would.
    return i == 1 ? "</script><img src=x onerror=alert(1)>.jpg" : "scene-%03d.jpg".formatted(i);
  }

  private Bundle.PicturePart picture(int i) {
    String file = "pictures/" + key + "/" + i + ".jpg";
    files.put(file, Scenes.jpeg(images.get(i)));
    Bundle.Answer all = answer(i, new boolean[r]);
    List<Bundle.Answer> without = new ArrayList<>();
    for (int k = 0; k < r; k++) {
      boolean[] gone = new boolean[r];
      gone[k] = true;
      without.add(answer(i, gone));
    }
    boolean right = all.predicted().equals(target);
    @Nullable Double rest = spec.affine() ? Double.valueOf(OTHERS) : null;
    return new Bundle.PicturePart(
        i,
        name(i),
        file,
        all.predicted(),
        right ? all.probability() : .5,
        all.logit(),
        all.probability(),
        without,
        spec.affine() ? scores(i) : List.of(),
        rest);
  }

  private List<Bundle.Excerpt> excerpts(int k) {
    record Crop(int picture, double x, double y, double code) {}
    List<Crop> crops = new ArrayList<>();
    double patch = 2 / 7.0;
    for (int i = 0; i < n; i++) {
      for (int c = 0; c < 16; c++) {
        double x = (c % 4) * (1 - patch) / 3;
        double y = Math.floorDiv(c, 4) * (1 - patch) / 3;
        Scenes.Thing t = things.get(i).get(k);
        double dx = x + patch / 2 - t.x();
        double dy = y + patch / 2 - t.y();
        crops.add(new Crop(i, x, y, t.strength() * Math.exp(-30 * (dx * dx + dy * dy))));
      }
    }
    crops.sort(Comparator.comparingDouble((Crop c) -> -c.code()));
    double max = crops.get(0).code();
    List<Crop> active = crops.stream().filter(c -> c.code() > .05 * max).toList();
    List<Bundle.Excerpt> excerpts = new ArrayList<>();
    int[] taken = {0, 0, 0, 0, 0};
    String[] groups = {"top", "p90", "p75", "median", "counter"};
    int[] counts = {4, 2, 2, 2, 3};
    double[] quantiles = {0, .1, .25, .5, 1};
    for (int g = 0; g < groups.length; g++) {
      for (int q = 0; q < counts[g]; q++) {
        int at = (int) (quantiles[g] * (active.size() - 1)) + q;
        Crop crop =
            groups[g].equals("counter")
                ? crops.get(crops.size() - 1 - 7 * q)
                : active.get(Math.min(at, active.size() - 1));
        String file = "excerpts/" + key + "/c" + k + "-" + groups[g] + "-" + ++taken[g] + ".jpg";
        int side = spec.side();
        int size = (int) (patch * side);
        BufferedImage image = images.get(crop.picture());
        files.put(
            file,
            Scenes.jpeg(
                image.getSubimage((int) (crop.x() * side), (int) (crop.y() * side), size, size)));
        excerpts.add(
            new Bundle.Excerpt(
                groups[g],
                file,
                crop.picture(),
                crop.x(),
                crop.y(),
                patch,
                patch,
                crop.code() / max));
      }
    }
    return excerpts;
  }

  Map<String, Tensor> dictionary() {
    float[] values = new float[r * FEATURES];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat();
    }
    Map<String, Tensor> all = new TreeMap<>();
    all.put(key + "/dictionary", Tensor.of(Shape.of(r, FEATURES), values));
    if (spec.extended()) {
      all.putAll(extras().dictionary());
    }
    return all;
  }

  Map<String, Tensor> codes() {
    int g = spec.grid();
    float[] all = new float[n * g * g * r];
    float[] shares = new float[n * r];
    int at = 0;
    for (int i = 0; i < n; i++) {
      for (double[] location : codes[i]) {
        for (double code : location) {
          all[at++] = (float) code;
        }
      }
      for (int k = 0; k < r; k++) {
        shares[i * r + k] = (float) share(i, k);
      }
    }
    Map<String, Tensor> tensors = new TreeMap<>();
    tensors.put(key + "/codes", Tensor.of(Shape.of(n, g, g, r), all));
    tensors.put(key + "/crops", Tensor.zeros(Shape.of(n * 16, r)));
    tensors.put(key + "/importance", Tensor.of(Shape.of(n, r), shares));
    if (spec.extended()) {
      tensors.putAll(extras().codes());
    }
    return tensors;
  }

  /** Call after {@link #part()}, which draws them. */
  Map<String, byte[]> files() {
    return files;
  }

  private static double square(double v) {
    return v * v;
  }
}
