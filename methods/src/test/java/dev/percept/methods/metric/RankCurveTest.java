package dev.percept.methods.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.core.Run;
import dev.percept.core.Tensor;
import dev.percept.methods.Planted;
import dev.percept.methods.factorization.Nmf;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RankCurveTest {
  private static final Run RUN = Run.of(4);

  @Test
  void thePlantedNumberIsFound() {
    Tensor data = Planted.of(500, 60, 4, 0.1, 6).activations();
    RankCurve curve = RankCurve.measure(Nmf.of(1), data, groups(500), List.of(8, 2, 3, 4, 6), RUN);
    assertEquals(4, curve.chosen(), curve.toString());
    assertEquals(List.of(2, 3, 4, 6, 8), curve.points().stream().map(p -> p.concepts()).toList());
    assertTrue(curve.points().get(2).heldOut() > curve.points().get(0).heldOut() + 0.05);
    assertTrue(curve.points().get(2).stability() > curve.points().get(4).stability());
    assertTrue(curve.points().get(2).stability() > curve.points().get(2).chance() + 0.3);
  }

  @Test
  void theUsualNumbersGoAsFarAsTheDataAndNoFurther() {
    Tensor data = Planted.of(150, 12, 3, 0.1, 6).activations();
    RankCurve curve = RankCurve.measure(Nmf.of(10), data, groups(150), RUN);
    assertEquals(
        List.of(2, 3, 4, 5, 6, 8, 10, 12),
        curve.points().stream().map(RankCurve.Point::concepts).toList());
    assertEquals(3, curve.chosen(), curve.toString());
    // The number that the extractor came with plays no part, and nothing is left to chance.
    assertEquals(curve, RankCurve.measure(Nmf.of(2), data, groups(150), RUN));
    Tensor tiny = Planted.of(5, 12, 2, 0.1, 6).activations();
    assertThrows(
        IllegalArgumentException.class,
        () -> RankCurve.measure(Nmf.of(2), tiny, new int[] {0, 0, 1, 1, 2}, RUN));
  }

  @Test
  void whereNoNumberIsStableTheMostStableIsTaken() {
    // Noise alone has no concepts to come back to.
    Tensor noise = Planted.of(60, 40, 40, 1, 6).activations();
    RankCurve curve = RankCurve.measure(Nmf.of(2), noise, groups(60), List.of(8, 12, 15), RUN);
    assertTrue(
        curve.points().stream().allMatch(p -> p.stability() < RankCurve.STABLE), curve.toString());
    double best =
        curve.points().stream().mapToDouble(RankCurve.Point::stability).max().orElseThrow();
    assertEquals(
        best,
        curve.points().stream()
            .filter(p -> p.concepts() == curve.chosen())
            .findFirst()
            .orElseThrow()
            .stability());
  }

  @Test
  void partsShareNoGroup() {
    int[] groups = groups(100);
    GroupSplit split = GroupSplit.of(groups, 0.2, RUN.random("s"));
    Set<Integer> first = new HashSet<>();
    split.first().forEach(i -> first.add(groups[i]));
    assertEquals(2, first.size());
    assertTrue(split.second().stream().noneMatch(i -> first.contains(groups[i])));
    assertEquals(100, split.first().size() + split.second().size());
  }

  @Test
  void oneGroupCannotBeHeldOut() {
    Tensor data = Planted.of(50, 20, 2, 0.1, 6).activations();
    assertThrows(
        IllegalArgumentException.class,
        () -> RankCurve.measure(Nmf.of(1), data, new int[50], List.of(2), RUN));
    assertThrows(
        IllegalArgumentException.class,
        () -> RankCurve.measure(Nmf.of(1), data, groups(50), List.of(), RUN));
  }

  private static int[] groups(int n) {
    int[] groups = new int[n];
    Arrays.setAll(groups, i -> i / 10);
    return groups;
  }
}
