package dev.percept.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.core.DifferentiableSplitModel;
import dev.percept.core.Pullback;
import dev.percept.core.RectifierRule;
import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.SplitModel;
import dev.percept.core.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/**
 * What every engine with gradients must keep beside {@link SplitModelContract}. Comparisons are by
 * relative L2: a rectifier whose input is nearly 0 may take the other side when kernels add in
 * another order, which moves a few values by much and the whole by little.
 */
public abstract class DifferentiableSplitModelContract extends SplitModelContract {
  /** Rounding of float32 through some ten layers and back. */
  private static final double ROUNDING = 1e-4;

  private static final RectifierRule EXACT = RectifierRule.EXACT;
  private static final List<RectifierRule> RULES = List.of(RectifierRule.values());
  private static final long GROWTH = 16L << 20;
  private static final int CALLS = 300;
  private static final int ROUNDS = 4;

  /** Opens a new model. */
  @Override
  protected abstract DifferentiableSplitModel open();

  private DifferentiableSplitModel differentiable() {
    return (DifferentiableSplitModel) model();
  }

  private int outputs() {
    return model().outputs();
  }

  /** Signed values, one row an example, that do not depend on what they are asked for. */
  private static UnaryOperator<Tensor> constant(String purpose) {
    return v -> rows(v.shape(), purpose);
  }

  private static Tensor rows(Shape shape, String purpose) {
    RandomGenerator random = Run.of(5).random("cotangent." + purpose);
    float[] row = new float[shape.example().size()];
    for (int i = 0; i < row.length; i++) {
      row[i] = (float) random.nextGaussian();
    }
    float[] all = new float[shape.size()];
    for (int i = 0; i < shape.dim(0); i++) {
      System.arraycopy(row, 0, all, i * row.length, row.length);
    }
    return Tensor.wrap(shape, all);
  }

  @Test
  void pullingGivesTheValuesToo() {
    Tensor x = inputs(3);
    Pullback logits = differentiable().pullLogits(x, constant("a"), EXACT);
    assertClose(model().logits(x), logits.values(), ROUNDING);
    assertEquals(x.shape(), logits.gradients().shape());
    Pullback activations = differentiable().pullActivations(x, constant("a"), EXACT);
    Tensor a = model().activations(x).values();
    assertClose(a, activations.values(), ROUNDING);
    assertEquals(x.shape(), activations.gradients().shape());
    Pullback head = differentiable().pullHead(a, constant("a"));
    assertClose(model().head(a), head.values(), ROUNDING);
    assertEquals(a.shape(), head.gradients().shape());
    for (Pullback p : List.of(logits, activations, head)) {
      assertTrue(norm(p.gradients()) > 0, "a gradient of nothing proves nothing");
    }
  }

  @Test
  void theHeadAndThenTheRestIsTheWholeModel() {
    Tensor x = inputs(3);
    UnaryOperator<Tensor> v = constant("chain");
    Tensor whole = differentiable().pullLogits(x, v, EXACT).gradients();
    Tensor behind =
        differentiable()
            .pullActivations(x, a -> differentiable().pullHead(a, v).gradients(), EXACT)
            .gradients();
    assertNear(whole, behind, ROUNDING);
  }

  @Test
  void pullingIsLinear() {
    Tensor x = inputs(2);
    Tensor a = differentiable().pullLogits(x, constant("a"), EXACT).gradients();
    Tensor b = differentiable().pullLogits(x, constant("b"), EXACT).gradients();
    UnaryOperator<Tensor> both = v -> mix(rows(v.shape(), "a"), 2, rows(v.shape(), "b"), -3);
    Tensor found = differentiable().pullLogits(x, both, EXACT).gradients();
    assertNear(mix(a, 2, b, -3), found, ROUNDING);
    Tensor at = model().activations(x).values();
    Tensor head = differentiable().pullHead(at, constant("a")).gradients();
    UnaryOperator<Tensor> twice = v -> mix(rows(v.shape(), "a"), 2, v, 0);
    assertNear(mix(head, 2, head, 0), differentiable().pullHead(at, twice).gradients(), ROUNDING);
  }

  @Test
  void nothingPulledIsNothing() {
    Tensor x = inputs(2);
    UnaryOperator<Tensor> zero = v -> Tensor.zeros(v.shape());
    for (RectifierRule rule : RULES) {
      assertEquals(0, norm(differentiable().pullLogits(x, zero, rule).gradients()));
      assertEquals(0, norm(differentiable().pullActivations(x, zero, rule).gradients()));
    }
    Tensor a = model().activations(x).values();
    assertEquals(0, norm(differentiable().pullHead(a, zero).gradients()));
  }

  @Test
  void gradientsOfABatchAreThoseOfSingleInputs() {
    int n = 19;
    Tensor x = inputs(n);
    // The square of the logits: what is pulled depends on the values.
    UnaryOperator<Tensor> itself = v -> v;
    Tensor a = model().activations(x).values();
    for (RectifierRule rule : RULES) {
      Tensor all = differentiable().pullLogits(x, itself, rule).gradients();
      Tensor front = differentiable().pullActivations(x, itself, rule).gradients();
      for (int i = 0; i < n; i += 6) {
        Tensor one = x.slice(i, i + 1);
        assertNear(
            all.slice(i, i + 1),
            differentiable().pullLogits(one, itself, rule).gradients(),
            ROUNDING);
        assertNear(
            front.slice(i, i + 1),
            differentiable().pullActivations(one, itself, rule).gradients(),
            ROUNDING);
      }
    }
    Tensor behind = differentiable().pullHead(a, itself).gradients();
    for (int i = 0; i < n; i += 6) {
      Tensor one = differentiable().pullHead(a.slice(i, i + 1), itself).gradients();
      assertNear(behind.slice(i, i + 1), one, ROUNDING);
    }
  }

  @Test
  void theCotangentIsAskedForEveryInputOnceWithItsValues() {
    int n = 11;
    Tensor x = inputs(n);
    Tensor expected = model().logits(x);
    AtomicInteger seen = new AtomicInteger();
    differentiable()
        .pullLogits(
            x,
            v -> {
              int from = seen.getAndAdd(v.rows());
              assertEquals(Shape.of(v.rows(), outputs()), v.shape());
              assertClose(expected.slice(from, from + v.rows()), v, ROUNDING);
              return v;
            },
            EXACT);
    assertEquals(n, seen.get());
    seen.set(0);
    Shape each = Shape.of(model().grid().size(), model().features());
    differentiable()
        .pullActivations(
            x,
            v -> {
              seen.addAndGet(v.rows());
              assertEquals(each.batch(v.rows()), v.shape());
              return v;
            },
            EXACT);
    assertEquals(n, seen.get());
  }

  @Test
  void aCotangentOfAnotherShapeIsRefused() {
    Tensor x = inputs(2);
    UnaryOperator<Tensor> wrong = v -> Tensor.zeros(Shape.of(v.rows(), outputs() + 1));
    assertThrows(
        IllegalArgumentException.class, () -> differentiable().pullLogits(x, wrong, EXACT));
    Tensor single = Tensor.zeros(model().inputShape());
    assertThrows(
        IllegalArgumentException.class,
        () -> differentiable().pullLogits(single, constant("a"), EXACT));
    assertThrows(
        IllegalArgumentException.class, () -> differentiable().pullHead(single, constant("a")));
  }

  @Test
  void whatTheCallerThrowsComesBack() {
    Tensor x = inputs(2);
    IllegalStateException mine = new IllegalStateException("mine");
    UnaryOperator<Tensor> throwing =
        v -> {
          throw mine;
        };
    assertEquals(
        mine,
        assertThrows(
            IllegalStateException.class, () -> differentiable().pullLogits(x, throwing, EXACT)));
  }

  @Test
  void anEmptyBatchHasAnEmptyGradient() {
    Pullback none = differentiable().pullLogits(inputs(0), v -> v, EXACT);
    assertEquals(Shape.of(0, outputs()), none.values().shape());
    assertEquals(inputs(0).shape(), none.gradients().shape());
  }

  @Test
  void severalThreadsPullTheSameBits() {
    int n = 8;
    Tensor x = inputs(n);
    List<Tensor> expected = new ArrayList<>();
    for (RectifierRule rule : RULES) {
      expected.add(differentiable().pullLogits(x, v -> v, rule).gradients());
    }
    List<Tensor> found = new ArrayList<>(Collections.nCopies(12, x));
    try (DifferentiableSplitModel fresh = open()) {
      Run.of(0)
          .withThreads(4)
          .parallel(
              12,
              i -> {
                RectifierRule rule = RULES.get(i % RULES.size());
                found.set(i, fresh.pullLogits(x, v -> v, rule).gradients());
              });
    }
    for (int i = 0; i < 12; i++) {
      assertArrayEquals(expected.get(i % 3).toArray(), found.get(i).toArray());
    }
  }

  @Test
  void pullingAfterCloseIsRefused() {
    Tensor x = inputs(1);
    Tensor a = model().activations(x).values();
    model().close();
    assertThrows(IllegalStateException.class, () -> differentiable().pullLogits(x, v -> v, EXACT));
    assertThrows(
        IllegalStateException.class, () -> differentiable().pullActivations(x, v -> v, EXACT));
    assertThrows(IllegalStateException.class, () -> differentiable().pullHead(a, v -> v));
  }

  @Test
  void pullingLeavesNoMemoryBehind() {
    Tensor x = inputs(4);
    Runnable call =
        () -> {
          for (RectifierRule rule : RULES) {
            differentiable().pullLogits(x, v -> v, rule);
          }
        };
    for (int i = 0; i < CALLS / 5; i++) {
      call.run();
    }
    // As in the contract without gradients: a leak takes memory in every round.
    long least = Long.MAX_VALUE;
    for (int round = 0; round < ROUNDS && least >= GROWTH; round++) {
      long before = ResidentMemory.now();
      for (int i = 0; i < CALLS; i++) {
        call.run();
      }
      least = Math.min(least, ResidentMemory.now() - before);
    }
    assertTrue(least < GROWTH, "grown by " + least + " bytes in each " + 3 * CALLS + " calls");
  }

  @Test
  void manyModelsMayBeOpenedOneAfterTheOther() {
    float[] expected = model().logits(inputs(1)).toArray();
    for (int i = 0; i < 3; i++) {
      try (SplitModel again = open()) {
        assertArrayEquals(expected, again.logits(inputs(1)).toArray());
      }
    }
  }

  /** {@code s a + t b}. */
  private static Tensor mix(Tensor a, double s, Tensor b, double t) {
    float[] out = new float[a.shape().size()];
    for (int i = 0; i < out.length; i++) {
      out[i] = (float) (s * a.get(i) + t * b.get(i));
    }
    return Tensor.wrap(a.shape(), out);
  }

  private static double norm(Tensor t) {
    double sum = 0;
    for (int i = 0; i < t.shape().size(); i++) {
      sum += (double) t.get(i) * t.get(i);
    }
    return Math.sqrt(sum);
  }

  /** Asserts that the difference has at most {@code tolerance} of the length of the expected. */
  protected static void assertNear(Tensor expected, Tensor found, double tolerance) {
    assertEquals(expected.shape(), found.shape());
    double difference = norm(mix(expected, 1, found, -1));
    assertTrue(
        difference <= tolerance * norm(expected),
        "relative L2 " + difference / norm(expected) + " of at most " + tolerance);
  }
}
