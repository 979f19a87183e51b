package dev.percept.methods.craft;

import dev.percept.core.ConceptExtractor;
import dev.percept.core.Examples;
import dev.percept.core.Importance;
import dev.percept.core.ImportanceEstimator;
import dev.percept.core.MaskedScore;
import dev.percept.core.Run;
import dev.percept.core.StackedModel;
import dev.percept.core.Target;
import dev.percept.core.Tensor;
import dev.percept.methods.factorization.AtomBank;
import dev.percept.methods.factorization.Nmf;
import dev.percept.methods.importance.AutoImportance;
import dev.percept.methods.importance.SobolImportance;
import dev.percept.methods.map.CropBox;
import dev.percept.methods.metric.Consistency;
import java.util.ArrayList;
import java.util.List;

/**
 * The recursion that gives CRAFT its name: a concept whose crops disagree is taken apart at an
 * earlier cut of the network, on the crops in which it is strongest, into sub-concepts, and these
 * again, to a depth.
 *
 * <p>Fel et al., CRAFT: Concept Recursive Activation FacTorization for Explainability, CVPR 2023,
 * section 3.1. What is found at the earlier cut is marked by what it does: its importance for the
 * code of its parent, which is computed through the network between the cuts, and for the class.
 *
 * <p>Not for layers whose crops all look alike to the network anyway: consistency there says
 * little, and every concept would pass.
 *
 * @param extractor of sub-concepts; their number is that of the options
 * @param importance how importance is found, for the parent's code and for the class
 * @param options when, how deep and on how many crops
 */
public record Recursion(
    ConceptExtractor extractor, ImportanceEstimator<MaskedScore> importance, Options options) {

  /**
   * When, how deep and on how many crops.
   *
   * @param concepts how many sub-concepts a concept is taken apart into, at least 2
   * @param depth levels of sub-concepts, at least 1
   * @param threshold a concept is taken apart if the {@linkplain Consistency#agreement agreement}
   *     of its crops is below this; at least 0, up to 2 (all of them)
   * @param members how many of a concept's crops are used at most, the strongest
   * @param examples how many of these importance is averaged over
   * @param baseline how many random crops consistency is compared with
   * @param shown how many crops are shown of each sub-concept
   * @param batch crops that go through the model at once
   */
  public record Options(
      int concepts,
      int depth,
      double threshold,
      int members,
      int examples,
      int baseline,
      int shown,
      int batch) {
    public Options {
      atLeast("recursion concepts", concepts, 2);
      atLeast("recursion depth", depth, 1);
      atLeast("recursion members", members, 2);
      atLeast("recursion examples", examples, 1);
      atLeast("recursion baseline", baseline, 2);
      atLeast("recursion shown", shown, 1);
      atLeast("recursion batch", batch, 1);
      if (!(threshold >= 0 && threshold <= 2)) {
        throw new IllegalArgumentException("recursion threshold: 0 to 2, found " + threshold);
      }
    }

    /** The default sizes: up to 160 crops, importance over 8, 200 random crops, 6 shown. */
    public static Options of(int concepts, int depth, double threshold) {
      return new Options(concepts, depth, threshold, 160, 8, 200, 6, 8);
    }

    /** With another batch. */
    public Options withBatch(int batch) {
      return new Options(concepts, depth, threshold, members, examples, baseline, shown, batch);
    }

    private static void atLeast(String name, int value, int least) {
      if (value < least) {
        throw new IllegalArgumentException(name + ": at least " + least + ", found " + value);
      }
    }
  }

  /**
   * Masks of one importance at most. Each is a pass through a part of the network, and a few
   * sub-concepts are ranked with few.
   */
  private static final long BUDGET = 2_600;

  /** What the command line does: NMF, exact or sampled importance with a small budget. */
  public static Recursion of(int subConcepts, int depth, double threshold) {
    return new Recursion(
        Nmf.of(subConcepts),
        new AutoImportance(SobolImportance.defaults().withBudget(BUDGET)),
        Options.of(subConcepts, depth, threshold));
  }

  /**
   * What is known about the concepts of a class at the last cut.
   *
   * @param bank the concepts
   * @param codes of the crops, m x r
   * @param consistency one a concept
   * @param importance one a concept, for the class
   */
  public record Roots(
      AtomBank bank,
      Tensor codes,
      List<Consistency> consistency,
      List<Importance.OfConcept> importance) {
    public Roots {
      consistency = List.copyOf(consistency);
      importance = List.copyOf(importance);
      if (consistency.size() != bank.concepts() || importance.size() != bank.concepts()) {
        throw new IllegalArgumentException(
            "roots: expected "
                + bank.concepts()
                + " consistencies and importances, found "
                + consistency.size()
                + " and "
                + importance.size());
      }
    }
  }

  /**
   * Grows a tree for every concept of a class.
   *
   * @param stack the network, cut at least {@code depth} + 1 times; the roots live at cut 0
   * @param crops m of them, of the pictures of the class
   * @param boxes where each crop was taken
   * @return one node a concept, in their order
   * @throws IllegalArgumentException if the numbers of crops, boxes and codes differ, there are too
   *     few cuts, or activations are unfit for the extractor
   */
  public List<ConceptNode> grow(
      StackedModel stack,
      Roots roots,
      Examples crops,
      List<CropBox> boxes,
      Target target,
      Run run) {
    if (boxes.size() != crops.size() || roots.codes().rows() != crops.size()) {
      throw new IllegalArgumentException(
          "crops, boxes and codes: the same number of each, found "
              + crops.size()
              + ", "
              + boxes.size()
              + " and "
              + roots.codes().rows());
    }
    if (stack.cuts() <= options.depth()) {
      throw new IllegalArgumentException(
          "recursion depth: at most "
              + (stack.cuts() - 1)
              + ", the number of earlier cuts, found "
              + options.depth());
    }
    Splitter splitter = new Splitter(this, stack, crops, boxes, target, run);
    List<ConceptNode> nodes = new ArrayList<>();
    for (int k = 0; k < roots.bank().concepts(); k++) {
      nodes.add(
          splitter.node(
              new Splitter.Concept(
                  List.of(k),
                  0,
                  roots.bank(),
                  null,
                  roots.codes(),
                  roots.consistency().get(k),
                  List.of(),
                  null,
                  roots.importance().get(k))));
    }
    return nodes;
  }
}
