package dev.percept.methods.craft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.core.Examples;
import dev.percept.core.Importance;
import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Target;
import dev.percept.core.Tensor;
import dev.percept.methods.craft.ConceptNode.Outcome;
import dev.percept.methods.factorization.Nmf;
import dev.percept.methods.factorization.NonNegativeBank;
import dev.percept.methods.map.CropBox;
import dev.percept.methods.metric.Consistency;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecursionTest {
  private static final Run RUN = Run.of(9);
  private static final int N = 120;
  private static final Target TARGET = new Target(0, "things");

  /** Crops with one thing each, {@code i % 4}, of different strength and at different places. */
  private record Things(List<Integer> order) implements Examples {
    @Override
    public int size() {
      return order.size();
    }

    @Override
    public Shape shape() {
      return Shape.of(HierarchyModel.THINGS, HierarchyModel.SIDE, HierarchyModel.SIDE);
    }

    @Override
    public String name(int index) {
      return "crop " + order.get(index);
    }

    int thing(int index) {
      return order.get(index) % HierarchyModel.THINGS;
    }

    @Override
    public void read(int index, FloatBuffer target) {
      RandomGenerator random = RUN.random("crop" + order.get(index));
      int size = HierarchyModel.SIDE * HierarchyModel.SIDE;
      double strength = 1 + random.nextDouble();
      for (int t = 0; t < HierarchyModel.THINGS; t++) {
        for (int at = 0; at < size; at++) {
          double v = random.nextInt(4) == 0 ? strength * random.nextDouble() : 0;
          target.put((float) (t == thing(index) ? v : 0));
        }
      }
    }
  }

  private static Things things() {
    return new Things(IntStream.range(0, N).boxed().toList());
  }

  private static List<CropBox> boxes(int n) {
    return IntStream.range(0, n).mapToObj(i -> new CropBox(i, 0, 0, 1, 1)).toList();
  }

  /** Three concepts for four things: the late layer cannot do better than to mix two. */
  private static Recursion.Roots roots(HierarchyModel model, Examples crops) {
    Tensor a = Passes.pooled(model.at(0), crops, 8, RUN);
    NonNegativeBank bank = Nmf.of(3).fit(a, RUN).bank();
    Tensor codes = bank.encode(a, RUN);
    Importance.OfConcept any = new Importance.OfConcept(0.3, 0.3, 0.3, 0.2, 0.4, 1);
    return new Recursion.Roots(bank, codes, Consistency.of(a, codes), List.of(any, any, any));
  }

  private static List<ConceptNode> grow(int cuts, Things crops, Recursion recursion, Run run) {
    HierarchyModel model = new HierarchyModel(cuts);
    return recursion.grow(model, roots(model, crops), crops, boxes(crops.size()), TARGET, run);
  }

  /** Random crops have a mean cosine of .33, those of the mixed concept of .84, others of 1. */
  private static final double THRESHOLD = 0.9;

  private static ConceptNode.Split mixed(List<ConceptNode> tree) {
    List<ConceptNode> split = tree.stream().filter(n -> n.outcome() == Outcome.SPLIT).toList();
    assertEquals(1, split.size(), () -> "taken apart: " + split);
    return Objects.requireNonNull(split.get(0).split());
  }

  @Test
  void whatALateConceptMixesComesApartEarlier() {
    Things crops = things();
    List<ConceptNode> tree = grow(2, crops, Recursion.of(2, 1, THRESHOLD), RUN);
    ConceptNode.Split split = mixed(tree);
    assertEquals(2, tree.stream().filter(n -> n.outcome() == Outcome.CONSISTENT).count());
    assertEquals(60, split.members().size(), "all crops with thing 0 or 1, no other");
    Set<Integer> seen = new HashSet<>();
    for (int member : split.members()) {
      seen.add(crops.thing(member));
    }
    assertEquals(Set.of(0, 1), seen);
    Set<Integer> apart = new HashSet<>();
    for (ConceptNode child : split.children()) {
      assertEquals(1, child.cut());
      // To the early layer all crops with one thing are the same but for a factor: one is shown.
      assertEquals(1, child.crops().size());
      int thing = crops.thing(child.crops().get(0));
      for (int i = 0; i < split.members().size(); i++) {
        boolean shows = crops.thing(split.members().get(i)) == thing;
        assertEquals(shows, split.codes().get(i, child.id()) > 1e-3, "crop " + i);
      }
      apart.add(thing);
      assertEquals(1, child.consistency().concept(), 1e-6, "one thing has one direction");
      assertTrue(child.consistency().excess() > 0.5);
    }
    assertEquals(Set.of(0, 1), apart);
    assertEquals(1, split.reconstruction(), 1e-5);
    // Together the members are two things: less alike than each thing is.
    assertTrue(split.agreement() < 0.9, "agreement of the whole " + split.agreement());
    // NMF stops at a tolerance; what it leaves out of the early activations is less than this.
    assertEquals(1, split.kept(), 1e-2);
  }

  /**
   * A crop shows one thing, so its parent's code is that thing's mask times a constant: all of the
   * variance is due to one sub-concept, and the mean over crops is the share of crops with it.
   */
  @Test
  void importanceForTheParentIsTheShareOfCropsInClosedForm() {
    Things crops = things();
    ConceptNode.Split split = mixed(grow(2, crops, Recursion.of(2, 1, THRESHOLD), RUN));
    int examples = split.examples();
    assertEquals(8, examples);
    assertEquals("affine-exact", split.parentEstimator());
    for (ConceptNode child : split.children()) {
      int thing = crops.thing(child.crops().get(0));
      double share =
          split.members().subList(0, examples).stream().filter(c -> crops.thing(c) == thing).count()
              / (double) examples;
      assertEquals(share, Objects.requireNonNull(child.forParent()).total(), 1e-6);
      assertEquals(share, child.forClass().total(), 1e-6);
      // The class likes thing 0 and dislikes thing 1; the parent's code grows with both.
      assertEquals(1, Objects.requireNonNull(child.forParent()).sign());
      assertEquals(thing == 0 ? 1 : -1, child.forClass().sign());
    }
    assertTrue(
        Objects.requireNonNull(split.children().get(0).forParent()).total()
            >= Objects.requireNonNull(split.children().get(1).forParent()).total());
  }

  @Test
  void theOrderOfTheCropsDoesNotMatter() {
    List<Integer> order = new ArrayList<>(IntStream.range(0, N).boxed().toList());
    Collections.shuffle(order, new Random(4));
    ConceptNode.Split one = mixed(grow(2, things(), Recursion.of(2, 1, THRESHOLD), RUN));
    ConceptNode.Split other = mixed(grow(2, new Things(order), Recursion.of(2, 1, THRESHOLD), RUN));
    assertEquals(one.members(), other.members().stream().map(order::get).toList());
    for (int j = 0; j < 2; j++) {
      ConceptNode a = one.children().get(j);
      ConceptNode b = other.children().get(j);
      assertEquals(
          new HashSet<>(a.crops()), new HashSet<>(b.crops().stream().map(order::get).toList()));
      assertEquals(a.forClass().total(), b.forClass().total(), 1e-6);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void theSameSeedGivesTheSameTreeOnAnyNumberOfThreads(int threads) {
    Recursion recursion = Recursion.of(2, 2, 2);
    List<ConceptNode> one = grow(3, things(), recursion, RUN.withThreads(2));
    List<ConceptNode> other = grow(3, things(), recursion, RUN.withThreads(threads));
    assertEquals(flat(one).toString(), flat(other).toString());
  }

  /** What a tree says, without tensors. */
  private static List<String> flat(List<ConceptNode> nodes) {
    List<String> all = new ArrayList<>();
    for (ConceptNode node : nodes) {
      all.add(
          node.path()
              + " "
              + node.crops()
              + node.consistency()
              + node.forParent()
              + node.forClass()
              + node.outcome());
      if (node.split() != null) {
        all.addAll(flat(node.split().children()));
      }
    }
    return all;
  }

  @Test
  void aThresholdAboveAllTakesEverythingApartToTheDepth() {
    List<ConceptNode> tree = grow(3, things(), Recursion.of(2, 2, 2), RUN);
    int[] byDepth = new int[3];
    count(tree, byDepth);
    assertEquals(3, byDepth[0]);
    assertEquals(6, byDepth[1]);
    assertTrue(byDepth[2] > 0);
  }

  private static void count(List<ConceptNode> nodes, int[] byDepth) {
    for (ConceptNode node : nodes) {
      int depth = node.path().size() - 1;
      byDepth[depth]++;
      assertEquals(depth, node.cut());
      if (node.outcome() == Outcome.SPLIT) {
        assertNotNull(node.split());
        assertTrue(depth < 2, "no deeper than asked for");
        for (int j = 0; j < 2; j++) {
          ConceptNode child = node.split().children().get(j);
          assertEquals(node.path(), child.path().subList(0, depth + 1));
          assertEquals(j, child.id());
        }
        count(node.split().children(), byDepth);
      } else {
        assertNotEquals(Outcome.CONSISTENT, node.outcome(), "nothing passes a threshold of 2");
      }
    }
  }

  @Test
  void aThresholdOfZeroTakesNothingApart() {
    for (ConceptNode node : grow(2, things(), Recursion.of(2, 1, 0), RUN)) {
      assertEquals(Outcome.CONSISTENT, node.outcome());
    }
  }

  @Test
  void fewCropsAreNotTakenApart() {
    Things few = new Things(IntStream.range(0, 16).boxed().toList());
    for (ConceptNode node : grow(2, few, Recursion.of(4, 1, 2), RUN)) {
      assertEquals(Outcome.TOO_FEW_CROPS, node.outcome());
    }
  }

  @Test
  void whatDoesNotFitIsRefusedByName() {
    refused("recursion depth: at least 1, found 0", () -> Recursion.of(2, 0, 0.1));
    refused("recursion depth: at least 1, found -1", () -> Recursion.of(2, -1, 0.1));
    refused("recursion concepts: at least 2, found 1", () -> Recursion.of(1, 1, 0.1));
    refused("recursion threshold: 0 to 2, found NaN", () -> Recursion.of(2, 1, Double.NaN));
    refused("recursion threshold: 0 to 2, found 2.5", () -> Recursion.of(2, 1, 2.5));
    Recursion deep = Recursion.of(2, 2, 0.1);
    refused(
        "recursion depth: at most 1, the number of earlier cuts, found 2",
        () -> grow(2, things(), deep, RUN));
    HierarchyModel model = new HierarchyModel(3);
    Recursion.Roots roots = roots(model, things());
    refused(
        "crops, boxes and codes: the same number of each, found 120, 119 and 120",
        () -> deep.grow(model, roots, things(), boxes(119), TARGET, RUN));
    refused(
        "roots: expected 3 consistencies and importances, found 1 and 0",
        () ->
            new Recursion.Roots(
                roots.bank(), roots.codes(), roots.consistency().subList(0, 1), List.of()));
  }

  private static void refused(String message, Runnable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
  }
}
