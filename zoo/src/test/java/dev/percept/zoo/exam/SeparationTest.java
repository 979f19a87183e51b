package dev.percept.zoo.exam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.core.Box;
import dev.percept.core.Examples;
import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import dev.percept.zoo.Creatures;
import dev.percept.zoo.Part;
import dev.percept.zoo.SceneExamples;
import dev.percept.zoo.Split;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class SeparationTest {
  private static final Run RUN = Run.of(8);

  /** Crops of 8 x 8 pixels everywhere, and what each shows most; -1 for scenery alone. */
  private static List<TakenApart.Crop> crops(Examples pictures, List<Part> shown) {
    List<TakenApart.Crop> crops = new ArrayList<>();
    for (int i = 0; i < pictures.size(); i++) {
      Part[] seen = ((SceneExamples) pictures).scenes().get(i).seen();
      for (int y = 0; y + 8 <= Creatures.SIDE; y += 8) {
        for (int x = 0; x + 8 <= Creatures.SIDE; x += 8) {
          int[] count = new int[Part.values().length];
          for (int at = 0; at < 64; at++) {
            count[seen[(y + at / 8) * Creatures.SIDE + x + at % 8].index()]++;
          }
          count[Part.SCENERY.index()] = 0;
          Part most = Part.SCENERY;
          for (Part part : Part.values()) {
            most = count[part.index()] > count[most.index()] ? part : most;
          }
          if (most != Part.SCENERY && count[most.index()] > 40) {
            shown.add(most);
            crops.add(new TakenApart.Crop(i, new Box(x, y, 8, 8)));
          }
        }
      }
    }
    return crops;
  }

  /** A concept that is everywhere, with one sub-concept a part: the truth. */
  private static TakenApart truth(Examples pictures) {
    List<Part> shown = new ArrayList<>();
    List<TakenApart.Crop> crops = crops(pictures, shown);
    int r = Part.values().length;
    float[] codes = new float[crops.size() * r];
    for (int i = 0; i < crops.size(); i++) {
      codes[i * r + shown.get(i).index()] = 1;
    }
    return new TakenApart(
        0,
        0.1,
        crops,
        Collections.nCopies(crops.size(), 1.0),
        Tensor.wrap(Shape.of(crops.size(), r), codes));
  }

  /** The same, with codes that know nothing. */
  private static TakenApart noise(Examples pictures) {
    TakenApart truth = truth(pictures);
    RandomGenerator random = RUN.random("noise");
    float[] codes = new float[truth.codes().shape().size()];
    for (int i = 0; i < codes.length; i++) {
      codes[i] = random.nextFloat();
    }
    return new TakenApart(
        0, 0.1, truth.crops(), truth.weights(), Tensor.wrap(truth.codes().shape(), codes));
  }

  @Test
  void subConceptsThatAreThePartsAreTakenForThat() {
    Separation.Report report =
        new Separation(10, Split.TUNE)
            .take((pictures, target, run) -> List.of(truth(pictures)), RUN);
    assertTrue(report.mixing() >= 4, report.toString());
    assertTrue(report.mixing() <= report.concepts());
    assertTrue(report.purity().apart() > 0.9, report.toString());
    assertTrue(report.purity().whole() < 0.8, report.toString());
    assertTrue(report.purity().overRandom().low() > 0.2, report.toString());
    assertEquals(1, report.auroc().apart(), 1e-9);
    assertEquals(0.5, report.auroc().whole(), 1e-9, "a code that is 1 everywhere tells nothing");
    assertTrue(report.auroc().overRandom().low() > 0.2, report.toString());
    assertEquals(0.1, report.agreementOfMixing(), 1e-12);
  }

  @Test
  void subConceptsThatKnowNothingAreNoBetterThanRandomOnes() {
    Separation.Report report =
        new Separation(10, Split.TUNE)
            .take((pictures, target, run) -> List.of(noise(pictures)), RUN);
    assertEquals(0, report.purity().overRandom().value(), 0.02);
    assertEquals(0, report.auroc().overRandom().value(), 0.05);
  }

  @Test
  void aConceptOfOnePartMixesNothing() {
    Separation.Report report =
        new Separation(10, Split.TUNE)
            .take((pictures, target, run) -> List.of(onePart(pictures)), RUN);
    assertEquals(0, report.mixing());
    assertEquals(6, report.concepts());
    assertEquals(0, report.purity().apart());
  }

  private static TakenApart onePart(Examples pictures) {
    TakenApart truth = truth(pictures);
    List<Part> shown = new ArrayList<>();
    List<TakenApart.Crop> crops = crops(pictures, shown);
    List<Double> weights = new ArrayList<>();
    for (int i = 0; i < crops.size(); i++) {
      weights.add(shown.get(i) == shown.get(0) ? 1.0 : 0.0);
    }
    return new TakenApart(0, 0.5, crops, weights, truth.codes());
  }

  @Test
  void unfitOptionsAndAnswersAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> new Separation(9, Split.TUNE));
    TakenApart.Crop crop = new TakenApart.Crop(0, new Box(0, 0, 2, 2));
    assertThrows(
        IllegalArgumentException.class,
        () -> new TakenApart(0, 0, List.of(crop), List.of(), Tensor.zeros(Shape.of(1, 2))));
  }
}
