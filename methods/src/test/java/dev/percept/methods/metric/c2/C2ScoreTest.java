package dev.percept.methods.metric.c2;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.core.Grid;
import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import dev.percept.testkit.Npy;
import java.util.concurrent.CancellationException;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class C2ScoreTest {
  private static final Run RUN = Run.of(5).withThreads(2);
  private static final int SIDE = 6;

  /** Feature maps that are held in memory. */
  private record Stored(Tensor maps, Grid grid) implements Judge {
    @Override
    public int pictures() {
      return maps.rows();
    }

    @Override
    public int features() {
      return maps.shape().dim(2);
    }

    @Override
    public Tensor look(int from, int to) {
      return maps.slice(from, to);
    }
  }

  /** Maps that are held in memory: n x K x h x w. */
  private record Given(@Override Tensor presence, Tensor all) implements ConceptMaps {
    @Override
    public Tensor maps(int picture, int[] concepts) {
      Shape s = all.shape();
      int size = s.dim(2) * s.dim(3);
      float[] out = new float[concepts.length * size];
      for (int c = 0; c < concepts.length; c++) {
        all.copyTo((picture * s.dim(1) + concepts[c]) * size, out, c * size, size);
      }
      return Tensor.wrap(Shape.of(concepts.length, s.dim(2), s.dim(3)), out);
    }
  }

  private static Tensor random(String name, Shape shape, boolean signed) {
    RandomGenerator random = RUN.random(name);
    float[] values = new float[shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = signed ? (float) random.nextGaussian() : random.nextFloat(0.01f, 1);
    }
    return Tensor.wrap(shape, values);
  }

  private static Judge judge(int n) {
    return new Stored(random("features", Shape.of(n, SIDE * SIDE, 12), true), new Grid(SIDE, SIDE));
  }

  private static C2Score measure(ConceptMaps maps, Judge judge) {
    return C2Score.measure(maps, judge, C2Score.Options.DEFAULT, RUN);
  }

  /** The published implementation's encodings, features and weights, through the whole way. */
  @Test
  void golden() {
    Npy feats = Npy.resource(C2ScoreTest.class, "feats.npy");
    int n = feats.dims()[0];
    int d = feats.dims()[1];
    int places = feats.dims()[2] * feats.dims()[3];
    float[] byPlace = new float[n * places * d];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < d; j++) {
        for (int l = 0; l < places; l++) {
          byPlace[(i * places + l) * d + j] = (float) feats.values()[(i * d + j) * places + l];
        }
      }
    }
    Grid grid = new Grid(feats.dims()[2], feats.dims()[3]);
    Judge judge = new Stored(Tensor.wrap(Shape.of(n, places, d), byPlace), grid);
    float[] w = floats(Npy.resource(C2ScoreTest.class, "w.npy").values());
    Npy attr = Npy.resource(C2ScoreTest.class, "attr.npy");
    Given maps =
        new Given(
            Tensor.wrap(Shape.of(n, 1), w),
            Tensor.wrap(Shape.of(n, 1, 14, 14), floats(attr.values())));
    C2Score score = measure(maps, judge);
    // By hand from the golden encodings, less the mean of all features.
    double[][] encodings = WeightedCosineTest.encodings();
    for (int j = 0; j < d; j++) {
      double mean = 0;
      for (int i = 0; i < n; i++) {
        for (int l = 0; l < places; l++) {
          mean += byPlace[(i * places + l) * d + j] / (double) (n * places);
        }
      }
      for (double[] encoding : encodings) {
        encoding[j] -= mean;
      }
    }
    double[] weights = Npy.resource(C2ScoreTest.class, "w.npy").values();
    C2Score.OfConcept concept = score.concepts().get(0);
    // Encodings and weights were stored as float32.
    assertEquals(WeightedCosine.of(encodings, weights).value(), concept.alike().value(), 1e-5);
    assertEquals(concept.alike().value() - score.baseline().value(), concept.score(), 1e-12);
    float[] first = new float[196];
    System.arraycopy(floats(attr.values()), 0, first, 0, 196);
    assertEquals(new SpatialSize(109, 196), SpatialSize.of(first));
  }

  private static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    IntStream.range(0, floats.length).forEach(i -> floats[i] = (float) values[i]);
    return floats;
  }

  @Test
  void scalingAnAttributionChangesNothing() {
    int n = 30;
    Tensor presence = random("presence", Shape.of(n, 2), false);
    Tensor maps = random("maps", Shape.of(n, 2, SIDE, SIDE), true);
    float[] scaled = maps.toArray();
    int size = SIDE * SIDE;
    for (int i = 0; i < scaled.length; i++) {
      // Powers of two: exact, and another one for every picture.
      scaled[i] *= 1 << (i / (2 * size) % 7);
    }
    C2Score a = measure(new Given(presence, maps), judge(n));
    C2Score b = measure(new Given(presence, Tensor.wrap(maps.shape(), scaled)), judge(n));
    for (int k = 0; k < 2; k++) {
      // Sums of scaled values round as those of the values do; quotients may not.
      assertEquals(a.concepts().get(k).score(), b.concepts().get(k).score(), 1e-12);
      assertEquals(a.concepts().get(k).size(), b.concepts().get(k).size());
    }
  }

  @Test
  void theSameThingEverywhereScoresOneLessTheBaseline() {
    int n = 40;
    float[] features = random("features", Shape.of(n, SIDE * SIDE, 12), true).toArray();
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < 12; j++) {
        features[i * SIDE * SIDE * 12 + 7 * 12 + j] = j == 3 ? 9 : 0;
      }
    }
    float[] maps = new float[n * SIDE * SIDE];
    for (int i = 0; i < n; i++) {
      maps[i * SIDE * SIDE + 7] = 0.5f;
    }
    C2Score score =
        measure(
            new Given(
                random("presence", Shape.of(n, 1), false),
                Tensor.wrap(Shape.of(n, 1, SIDE, SIDE), maps)),
            new Stored(Tensor.wrap(Shape.of(n, SIDE * SIDE, 12), features), new Grid(SIDE, SIDE)));
    C2Score.OfConcept concept = score.concepts().get(0);
    assertEquals(1 - score.baseline().value(), concept.score(), 1e-9);
    assertEquals(concept.score(), concept.low(), 1e-6);
    assertEquals(1.0 / (SIDE * SIDE), concept.size().mean(), 1e-12);
  }

  @Test
  void randomAttributionsScoreAboutNothing() {
    int n = 200;
    int k = 30;
    C2Score score =
        measure(
            new Given(
                random("presence", Shape.of(n, k), false),
                random("maps", Shape.of(n, k, SIDE, SIDE), true)),
            judge(n));
    C2Score.Overall overall = requireNonNull(score.overall());
    // 30 concepts of 45 pairs each, cosines of 12 features: a standard deviation near 0.01.
    assertEquals(0, overall.score().mean(), 0.05);
    assertTrue(overall.score().low() < 0.02 && overall.score().high() > -0.02);
    assertTrue(overall.pictureLow() < overall.score().mean());
    assertEquals(30, score.concepts().size());
    assertEquals(10, score.concepts().get(0).alike().pictures());
  }

  @Test
  void permutingPicturesChangesNothing() {
    int n = 60;
    Tensor presence = random("presence", Shape.of(n, 3), false);
    Tensor maps = random("maps", Shape.of(n, 3, SIDE, SIDE), true);
    Tensor features = random("features", Shape.of(n, SIDE * SIDE, 12), true);
    int[] order = IntStream.range(0, n).map(i -> i * 7 % n).toArray();
    C2Score a = measure(new Given(presence, maps), new Stored(features, new Grid(SIDE, SIDE)));
    C2Score b =
        measure(
            new Given(permuted(presence, order), permuted(maps, order)),
            new Stored(permuted(features, order), new Grid(SIDE, SIDE)));
    for (int k = 0; k < 3; k++) {
      assertEquals(a.concepts().get(k).alike().value(), b.concepts().get(k).alike().value(), 1e-9);
    }
    // The random concept is another one.
    assertEquals(a.baseline().value(), b.baseline().value(), 0.02);
  }

  private static Tensor permuted(Tensor values, int[] order) {
    int each = values.shape().example().size();
    float[] out = new float[values.shape().size()];
    for (int i = 0; i < order.length; i++) {
      values.copyTo(order[i] * each, out, i * each, each);
    }
    return Tensor.wrap(values.shape(), out);
  }

  @Test
  void featuresThatAreTheSameEverywhereSayNothing() {
    int n = 20;
    float[] constant = new float[n * SIDE * SIDE * 12];
    java.util.Arrays.fill(constant, 0.3f);
    C2Score score =
        measure(
            new Given(
                random("presence", Shape.of(n, 1), false),
                random("maps", Shape.of(n, 1, SIDE, SIDE), true)),
            new Stored(Tensor.wrap(Shape.of(n, SIDE * SIDE, 12), constant), new Grid(SIDE, SIDE)));
    assertEquals(0, score.baseline().value());
    assertEquals(0, score.concepts().get(0).score());
  }

  /**
   * Two kinds of pictures that differ everywhere: whoever chooses one kind has said nothing more.
   */
  @Test
  void choosingPicturesOfOneKindIsNoMerit() {
    int n = 60;
    float[] features = random("features", Shape.of(n, SIDE * SIDE, 12), true).toArray();
    float[] presence = new float[n * 2];
    for (int i = 0; i < n; i++) {
      presence[i * 2] = i % 2;
      presence[i * 2 + 1] = 1;
      for (int l = 0; l < SIDE * SIDE; l++) {
        features[(i * SIDE * SIDE + l) * 12 + 4] += i % 2 == 0 ? -2 : 2;
      }
    }
    C2Score score =
        measure(
            new Given(
                Tensor.wrap(Shape.of(n, 2), presence),
                random("maps", Shape.of(n, 2, SIDE, SIDE), true)),
            new Stored(Tensor.wrap(Shape.of(n, SIDE * SIDE, 12), features), new Grid(SIDE, SIDE)));
    C2Score.OfConcept oneKind = score.concepts().get(0);
    C2Score.OfConcept both = score.concepts().get(1);
    assertTrue(oneKind.score() > 0.5, "" + oneKind);
    // Random maps cover twice as much as these, so their encodings have less noise in them.
    assertTrue(oneKind.anywhere() > oneKind.score(), "" + oneKind);
    assertTrue(Math.abs(oneKind.elsewhere()) < 0.5 && oneKind.elsewhere() < oneKind.score());
    assertTrue(Math.abs(both.anywhere()) < 0.5, "" + both);
  }

  @Test
  void rareAndBlankConceptsAreListedNotMarked() {
    int n = 20;
    float[] presence = new float[n * 3];
    float[] maps = new float[n * 3 * SIDE * SIDE];
    for (int i = 0; i < n; i++) {
      presence[i * 3] = i < 4 ? 1 : 0;
      presence[i * 3 + 1] = 1;
      presence[i * 3 + 2] = i < 6 ? 1 : 0;
      for (int p = 0; p < SIDE * SIDE; p++) {
        maps[(i * 3) * SIDE * SIDE + p] = 1;
        maps[(i * 3 + 1) * SIDE * SIDE + p] = -1;
        maps[(i * 3 + 2) * SIDE * SIDE + p] = p == i ? 1 : 0;
      }
    }
    Given given =
        new Given(
            Tensor.wrap(Shape.of(n, 3), presence), Tensor.wrap(Shape.of(n, 3, SIDE, SIDE), maps));
    C2Score score = measure(given, judge(n));
    assertEquals(
        java.util.List.of(new C2Score.Skipped(0, 4, 0), new C2Score.Skipped(1, 20, 0)),
        score.skipped());
    assertEquals(2, score.concepts().get(0).concept());
    assertEquals(6, score.concepts().get(0).alike().pictures());
    C2Score none = measure(new Given(Tensor.zeros(Shape.of(n, 3)), given.all()), judge(n));
    assertNull(none.overall());
    assertEquals(3, none.skipped().size());
  }

  @Test
  void mapsOfAnotherResolutionKeepTheirPlace() {
    int n = 24;
    Judge judge = judge(n);
    Tensor fine = random("maps", Shape.of(n, 1, SIDE, SIDE), false);
    float[] large = new float[n * 4 * SIDE * SIDE];
    for (int i = 0; i < large.length; i++) {
      int picture = i / (4 * SIDE * SIDE);
      int y = i / (2 * SIDE) % (2 * SIDE);
      int x = i % (2 * SIDE);
      large[i] = fine.get(picture * SIDE * SIDE + y / 2 * SIDE + x / 2);
    }
    Tensor presence = random("presence", Shape.of(n, 1), false);
    assertEquals(
        measure(new Given(presence, fine), judge).concepts().get(0).score(),
        measure(new Given(presence, Tensor.wrap(Shape.of(n, 1, 2 * SIDE, 2 * SIDE), large)), judge)
            .concepts()
            .get(0)
            .score(),
        1e-9);
  }

  @Test
  void areasOfUnequalCellsKeepAllAttribution() {
    float[] map = {1, 2, 3, 4, 5, 6, 7};
    double[] coarse = AxisWeights.positive(map, 1, 7, new AxisWeights(1, 1), new AxisWeights(7, 3));
    // 7/3 pixels a cell: (1 + 2 + 3/3) / (7/3), ...
    assertEquals(4 * 3 / 7.0, coarse[0], 1e-12);
    assertEquals((2.0 + 4 + 2 * 5 / 3.0) * 3 / 7, coarse[1], 1e-12);
    assertEquals((5 / 3.0 + 6 + 7) * 3 / 7, coarse[2], 1e-12);
    assertEquals(28, (coarse[0] + coarse[1] + coarse[2]) * 7 / 3, 1e-12);
  }

  @Test
  void codesAreMaps() {
    Tensor codes = random("codes", Shape.of(8, 1 + SIDE * SIDE, 2), true);
    CodeMaps maps = new CodeMaps(codes, new Grid(SIDE, SIDE, 1, 0));
    double sum = 0;
    for (int l = 1; l <= SIDE * SIDE; l++) {
      sum += Math.max(0, codes.get((3 * (1 + SIDE * SIDE) + l) * 2 + 1));
    }
    assertEquals(sum, maps.presence().get(3, 1), 1e-5);
    Tensor map = maps.maps(3, new int[] {1});
    assertEquals(codes.get((3 * (1 + SIDE * SIDE) + 1) * 2 + 1), map.get(0));
    assertEquals(Shape.of(1, SIDE, SIDE), map.shape());
    assertEquals(2, measure(maps, judge(8)).concepts().size());
  }

  @Test
  void theSameSeedGivesTheSameMarksWhateverTheBatch() {
    int n = 30;
    Given given =
        new Given(
            random("presence", Shape.of(n, 2), false),
            random("maps", Shape.of(n, 2, SIDE, SIDE), true));
    C2Score a = C2Score.measure(given, judge(n), new C2Score.Options(0.05, 10, 5, 7), RUN);
    C2Score b =
        C2Score.measure(given, judge(n), new C2Score.Options(0.05, 10, 5, 30), RUN.withThreads(1));
    assertEquals(a, b);
    C2Score other =
        C2Score.measure(given, judge(n), new C2Score.Options(0.05, 10, 5, 30), RUN.withSeed(9));
    assertTrue(other.baseline().value() != a.baseline().value());
  }

  @Test
  void refusesWhatDoesNotFit() {
    Given given =
        new Given(
            random("presence", Shape.of(12, 2), false),
            random("maps", Shape.of(12, 2, SIDE, SIDE), true));
    assertThrows(IllegalArgumentException.class, () -> measure(given, judge(13)));
    assertThrows(IllegalArgumentException.class, () -> new C2Score.Options(0, 10, 5, 16));
    assertThrows(IllegalArgumentException.class, () -> new C2Score.Options(0.05, 10, 2, 16));
    float[] broken = given.all().toArray();
    java.util.Arrays.fill(broken, Float.NaN);
    assertThrows(
        IllegalArgumentException.class,
        () ->
            measure(
                new Given(given.presence(), Tensor.wrap(given.all().shape(), broken)), judge(12)));
    Run cancelled = Run.of(1);
    cancelled.cancel();
    assertThrows(
        CancellationException.class,
        () -> C2Score.measure(given, judge(12), C2Score.Options.DEFAULT, cancelled));
  }
}
