package dev.percept.methods.metric.c2;

import dev.percept.core.Progress;
import dev.percept.core.Run;
import dev.percept.core.Tensor;
import dev.percept.methods.metric.attribution.BootstrapMean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** One measurement of {@link C2Score}: every picture is looked at once, and then forgotten. */
final class C2Marking {
  /** So many pictures are kept, to lay maps of other pictures on them. */
  private static final int KEPT = 64;

  /** One more than an interval needs, because one of the kept pictures is held back. */
  private static final int FEWEST = 4;

  /** Encodings this much shorter than the longest feature are rounding errors of nothing. */
  private static final double NOTHING = 1e-6;

  private final ConceptMaps maps;
  private final Judge judge;
  private final C2Score.Options options;
  private final Run run;
  private final Tensor presence;
  private final ChosenPictures chosen;
  private final List<Map<Integer, Shown>> shown = new ArrayList<>();
  private final double[][] random;
  private final double[] randomWeight;
  private final double[] mean;
  private final double[][] kept;
  private final int[] keptPictures;
  private double longest;

  /**
   * What a concept shows in a picture.
   *
   * @param encoding by the judge, d values
   * @param elsewhere the same of another picture
   * @param size share of the picture
   */
  @SuppressWarnings("ArrayRecordComponent") // Compared nowhere.
  private record Shown(double[] encoding, double[] elsewhere, double size) {}

  C2Marking(ConceptMaps maps, Judge judge, C2Score.Options options, Run run) {
    this.maps = maps;
    this.judge = judge;
    this.options = options;
    this.run = run;
    this.presence = maps.presence();
    int n = judge.pictures();
    if (presence.rows() != n || n < FEWEST) {
      throw new IllegalArgumentException(
          "presence: a row for each of at least "
              + FEWEST
              + " pictures, "
              + n
              + ", found "
              + presence.shape());
    }
    this.chosen = ChosenPictures.of(presence, options);
    for (int k = 0; k < chosen.pictures().size(); k++) {
      shown.add(new HashMap<>());
    }
    this.random = new double[n][];
    this.randomWeight = new double[n];
    this.mean = new double[judge.features()];
    this.keptPictures = draw(n, Math.min(n, KEPT), run.random("c2.kept"));
    this.kept = new double[keptPictures.length][];
  }

  /** {@code count} of n numbers, without order. */
  private static int[] draw(int n, int count, RandomGenerator random) {
    int[] all = IntStream.range(0, n).toArray();
    for (int i = 0; i < count; i++) {
      int other = random.nextInt(i, n);
      int moved = all[i];
      all[i] = all[other];
      all[other] = moved;
    }
    return Arrays.copyOf(all, count);
  }

  C2Score marks() {
    int n = judge.pictures();
    for (int c = 0; c < kept.length; c++) {
      kept[c] = features(judge.look(keptPictures[c], keptPictures[c] + 1), 0);
    }
    try (Progress.Stage stage = run.stage("consistency", n)) {
      for (int from = 0; from < n; from += options.batch()) {
        run.throwIfCancelled();
        int to = Math.min(n, from + options.batch());
        look(from, judge.look(from, to));
        stage.advance(to - from);
      }
    }
    for (int j = 0; j < mean.length; j++) {
      mean[j] /= n;
    }
    double[][] centred = new double[n][];
    for (int i = 0; i < n; i++) {
      centred[i] = centred(random[i]);
    }
    WeightedCosine baseline = WeightedCosine.of(centred, randomWeight);
    return score(baseline);
  }

  private static double[] features(Tensor batch, int row) {
    float[] values = batch.row(row).toArray();
    double[] features = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      features[i] = values[i];
    }
    return features;
  }

  private void look(int from, Tensor batch) {
    int count = batch.rows();
    double[][] features = new double[count][];
    List<List<Shown>> found = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      found.add(List.of());
    }
    run.parallel(
        count,
        i -> {
          features[i] = features(batch, i);
          randomConcept(from + i, features[i]);
          found.set(i, shown(from + i, features[i]));
        });
    int d = mean.length;
    int places = judge.grid().places();
    for (int i = 0; i < count; i++) {
      for (int l = 0; l < places; l++) {
        double length = 0;
        for (int j = 0; j < d; j++) {
          double value = features[i][l * d + j];
          mean[j] += value / places;
          length += value * value;
        }
        longest = Math.max(longest, Math.sqrt(length));
      }
      List<Integer> concepts = chosen.concepts().get(from + i);
      for (int c = 0; c < concepts.size(); c++) {
        shown.get(concepts.get(c)).put(from + i, found.get(i).get(c));
      }
    }
  }

  /** Uniform noise, in some pictures nearly all of it raised to the same level. */
  private void randomConcept(int picture, double[] features) {
    RandomGenerator dice = run.random("c2.random." + picture);
    double floor = dice.nextDouble();
    double[] map = new double[judge.grid().places()];
    for (int l = 0; l < map.length; l++) {
      map[l] = Math.max(floor, dice.nextDouble());
      randomWeight[picture] += map[l];
    }
    random[picture] = encode(map, features);
  }

  private List<Shown> shown(int picture, double[] features) {
    List<Integer> concepts = chosen.concepts().get(picture);
    if (concepts.isEmpty()) {
      return List.of();
    }
    int[] numbers = concepts.stream().mapToInt(k -> k).toArray();
    Tensor all = maps.maps(picture, numbers);
    if (all.shape().rank() != 3 || all.rows() != numbers.length || !all.isFinite()) {
      throw new IllegalArgumentException(
          "maps: finite, "
              + numbers.length
              + " x h x w, found "
              + (all.isFinite() ? "" : "values that are not finite in ")
              + all.shape());
    }
    int height = all.shape().dim(1);
    int width = all.shape().dim(2);
    AxisWeights down = new AxisWeights(height, judge.grid().rows());
    AxisWeights across = new AxisWeights(width, judge.grid().columns());
    List<Shown> found = new ArrayList<>();
    for (int c = 0; c < numbers.length; c++) {
      float[] map = all.row(c).toArray();
      double[] coarse = AxisWeights.positive(map, height, width, down, across);
      found.add(
          new Shown(
              encode(coarse, features),
              elsewhere(coarse, picture, numbers[c]),
              SpatialSize.of(map).share()));
    }
    return found;
  }

  /**
   * A concept's map of a picture on a kept picture: on another one for every picture of the
   * concept, as far as they reach. One is held back, for the picture that would meet itself.
   */
  private double[] elsewhere(double[] map, int picture, int concept) {
    int rank = chosen.pictures().get(concept).indexOf(picture);
    if (rank >= kept.length - 1) {
      return new double[0];
    }
    int start = run.random("c2.elsewhere." + concept).nextInt(kept.length);
    int at = (start + rank) % kept.length;
    if (keptPictures[at] == picture) {
      at = (start + kept.length - 1) % kept.length;
    }
    return encode(map, kept[at]);
  }

  /** The mean of features weighted by a map; without values where the map is nowhere positive. */
  private double[] encode(double[] map, double[] features) {
    double sum = 0;
    double[] encoding = new double[mean.length];
    for (int l = 0; l < map.length; l++) {
      sum += map[l];
      for (int j = 0; j < encoding.length && map[l] > 0; j++) {
        encoding[j] += map[l] * features[l * encoding.length + j];
      }
    }
    if (sum == 0) {
      return new double[0];
    }
    for (int j = 0; j < encoding.length; j++) {
      encoding[j] /= sum;
    }
    return encoding;
  }

  private double[] centred(double[] encoding) {
    double[] out = new double[encoding.length];
    double squares = 0;
    for (int j = 0; j < out.length; j++) {
      out[j] = encoding[j] - mean[j];
      squares += out[j] * out[j];
    }
    return Math.sqrt(squares) > NOTHING * longest ? out : new double[out.length];
  }

  private C2Score score(WeightedCosine baseline) {
    List<C2Score.OfConcept> concepts = new ArrayList<>();
    List<C2Score.Skipped> skipped = new ArrayList<>();
    OverPictures over = new OverPictures();
    for (int k = 0; k < shown.size(); k++) {
      int concept = k;
      List<Integer> pictures =
          chosen.pictures().get(k).stream()
              .filter(i -> seen(concept, i).encoding().length > 0)
              .toList();
      if (pictures.size() < options.fewest()) {
        skipped.add(new C2Score.Skipped(k, chosen.active().get(k), pictures.size()));
        continue;
      }
      double[] weights = pictures.stream().mapToDouble(i -> presence.get(i, concept)).toArray();
      double[][] encodings =
          pictures.stream().map(i -> centred(seen(concept, i).encoding())).toArray(double[][]::new);
      WeightedCosine alike = WeightedCosine.of(encodings, weights);
      over.add(pictures, WeightedCosine.Pairs.of(encodings, weights));
      concepts.add(
          new C2Score.OfConcept(
              k,
              chosen.active().get(k),
              alike,
              alike.value() - baseline.value(),
              alike.low() - baseline.value(),
              alike.high() - baseline.value(),
              WeightedCosine.of(
                          pictures.stream().map(i -> centred(random[i])).toArray(double[][]::new),
                          weights)
                      .value()
                  - baseline.value(),
              elsewhere(concept, pictures) - baseline.value(),
              BootstrapMean.of(
                  pictures.stream().map(i -> seen(concept, i).size()).toList(),
                  run.random("c2.size"))));
    }
    return new C2Score(
        concepts, skipped, baseline, concepts.isEmpty() ? null : overall(concepts, over, baseline));
  }

  private Shown seen(int concept, int picture) {
    return Objects.requireNonNull(shown.get(concept).get(picture));
  }

  private double elsewhere(int concept, List<Integer> pictures) {
    List<Integer> laid =
        pictures.stream().filter(i -> seen(concept, i).elsewhere().length > 0).toList();
    double[][] encodings =
        laid.stream().map(i -> centred(seen(concept, i).elsewhere())).toArray(double[][]::new);
    double[] weights = laid.stream().mapToDouble(i -> presence.get(i, concept)).toArray();
    return WeightedCosine.of(encodings, weights).value();
  }

  private C2Score.Overall overall(
      List<C2Score.OfConcept> concepts, OverPictures over, WeightedCosine baseline) {
    BootstrapMean score = mean(concepts, C2Score.OfConcept::score);
    double half = over.halfWidth();
    return new C2Score.Overall(
        score,
        Math.max(-1 - baseline.value(), score.mean() - half),
        Math.min(1 - baseline.value(), score.mean() + half),
        mean(concepts, C2Score.OfConcept::anywhere),
        mean(concepts, c -> c.score() - c.anywhere()),
        mean(concepts, C2Score.OfConcept::elsewhere),
        mean(concepts, c -> c.size().mean()));
  }

  private BootstrapMean mean(
      List<C2Score.OfConcept> concepts, Function<C2Score.OfConcept, Double> value) {
    return BootstrapMean.of(concepts.stream().map(value).toList(), run.random("c2.concepts"));
  }

  /** The mean over concepts without each picture. */
  private static final class OverPictures {
    private final Map<Integer, Double> change = new HashMap<>();
    private int concepts;

    void add(List<Integer> pictures, WeightedCosine.Pairs pairs) {
      concepts++;
      for (int i = 0; i < pictures.size(); i++) {
        change.merge(pictures.get(i), pairs.without()[i] - pairs.value(), Double::sum);
      }
    }

    double halfWidth() {
      return WeightedCosine.halfWidth(
          change.values().stream().mapToDouble(v -> v / concepts).toArray());
    }
  }
}
