package dev.percept.methods.metric;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.core.Dictionary;
import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import dev.percept.methods.Planted;
import dev.percept.methods.factorization.Factorization;
import dev.percept.methods.factorization.Nmf;
import dev.percept.methods.factorization.NonNegativeBank;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class StabilityTest {
  private static final Run RUN = Run.of(2);

  @Test
  void conceptsThatAreThereComeBack() {
    Planted planted = Planted.of(600, 50, 4, 0.02, 1);
    Stability stability = measure(planted.activations(), 4, groups(600, 10));
    for (Stability.OfConcept concept : stability.concepts()) {
      assertTrue(concept.value() > 0.95, "stability " + concept);
      assertTrue(concept.betweenHalves().orElseThrow() > 0.95, "stability " + concept);
    }
    assertTrue(stability.random() < 0.6, "chance " + stability.random());
  }

  @Test
  void conceptsOfNoiseDoNot() {
    RandomGenerator random = RUN.random("noise");
    float[] values = new float[300 * 50];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat();
    }
    Stability stability = measure(Tensor.wrap(Shape.of(300, 50), values), 6, groups(300, 10));
    double mean =
        stability.concepts().stream().mapToDouble(Stability.OfConcept::value).average().orElse(1);
    double between =
        stability.concepts().stream()
            .mapToDouble(c -> c.betweenHalves().orElse(1))
            .average()
            .orElse(1);
    assertTrue(mean < 0.85, "stability " + mean);
    assertTrue(between < mean, "halves that share nothing agree less: " + between);
  }

  @Test
  void dataThatCannotBeHalvedSaysSo() {
    Planted planted = Planted.of(40, 20, 3, 0.02, 1);
    Stability oneGroup = measure(planted.activations(), 3, new int[40]);
    assertTrue(oneGroup.concepts().get(0).halves().isEmpty());
    assertTrue(oneGroup.concepts().get(0).value() > 0.9);
    Stability tiny = measure(planted.activations().slice(0, 5), 3, new int[] {0, 1, 2, 3, 4});
    assertTrue(tiny.concepts().get(0).halves().isEmpty());
  }

  @Test
  void theSameSeedGivesTheSame() {
    Tensor data = Planted.of(200, 20, 3, 0.1, 1).activations();
    assertEquals(measure(data, 3, groups(200, 4)), measure(data, 3, groups(200, 4)));
  }

  @Test
  void shuffledAtomsKeepTheirValues() {
    float[] values = new float[100];
    for (int i = 0; i < 100; i++) {
      values[i] = i;
    }
    NonNegativeBank bank =
        NonNegativeBank.of(new Dictionary(Tensor.wrap(Shape.of(2, 50), values), null), true);
    NonNegativeBank random = RandomBank.like(bank, RUN.random("r"));
    assertTrue(random.signed());
    float[] row = random.dictionary().atoms().row(1).toArray();
    assertFalse(Arrays.equals(row, Arrays.copyOfRange(values, 50, 100)));
    Arrays.sort(row);
    assertArrayEquals(Arrays.copyOfRange(values, 50, 100), row);
  }

  @Test
  void unfitArgumentsAreRefused() {
    Tensor data = Planted.of(30, 10, 2, 0.1, 1).activations();
    Factorization bank = Nmf.of(2).fit(data, RUN);
    assertThrows(
        IllegalArgumentException.class,
        () -> Stability.measure(bank, Nmf.of(2), data, new int[29], 1, RUN));
    assertThrows(
        IllegalArgumentException.class,
        () -> Stability.measure(bank, Nmf.of(2), data, new int[30], 0, RUN));
  }

  private static Stability measure(Tensor data, int concepts, int[] groups) {
    Nmf nmf = Nmf.of(concepts);
    return Stability.measure(nmf.fit(data, RUN), nmf, data, groups, 3, RUN);
  }

  private static int[] groups(int n, int each) {
    int[] groups = new int[n];
    Arrays.setAll(groups, i -> i / each);
    return groups;
  }
}
