package dev.percept.report;

import dev.percept.bundle.Bundle;
import dev.percept.bundle.ConceptTree;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Concepts that were taken apart, as the page shows them.
 *
 * @param threshold below which a concept is taken apart
 * @param scale the largest agreement, or more, for bars
 * @param layers in words, from later to earlier
 * @param whole ids of concepts that were left whole because their crops agree
 * @param roots the others
 */
record TreeView(
    double threshold, double scale, List<String> layers, List<Integer> whole, List<Node> roots) {

  /**
   * A concept.
   *
   * @param name its numbers, {@code 3.1}
   * @param outcome in words; null where it was taken apart
   * @param forParent share of the parent's code that is due to it; null for a root
   * @param sign of its influence on the class
   * @param say what it was taken apart into, in a sentence; null where it was not
   */
  record Node(
      String name,
      double agreement,
      boolean agrees,
      @Nullable String outcome,
      @Nullable Double forParent,
      double forClass,
      int sign,
      List<PageModel.CropView> crops,
      @Nullable String say,
      List<Node> children) {}

  /** The tree of a class; null where it has none. */
  static @Nullable TreeView of(
      Bundle.ClassPart part, Function<List<Bundle.Excerpt>, List<PageModel.CropView>> crops) {
    ConceptTree tree = part.tree();
    if (tree == null) {
      return null;
    }
    Builder builder = new Builder(tree, crops);
    List<Node> all = tree.roots().stream().map(builder::node).toList();
    List<Integer> whole = new ArrayList<>();
    List<Node> roots = new ArrayList<>();
    for (int k = 0; k < all.size(); k++) {
      if (all.get(k).agrees()) {
        whole.add(k);
      } else {
        roots.add(all.get(k));
      }
    }
    return new TreeView(
        tree.threshold(),
        builder.largest,
        tree.layers().stream()
            .map(
                l ->
                    l.tensor()
                        + " ("
                        + l.operator()
                        + ", "
                        + l.features()
                        + " channels at "
                        + l.rows()
                        + " × "
                        + l.columns()
                        + " places)")
            .toList(),
        whole,
        roots);
  }

  private static final class Builder {
    private final ConceptTree tree;
    private final Function<List<Bundle.Excerpt>, List<PageModel.CropView>> crops;
    private double largest;

    Builder(ConceptTree tree, Function<List<Bundle.Excerpt>, List<PageModel.CropView>> crops) {
      this.tree = tree;
      this.crops = crops;
      this.largest = tree.threshold();
    }

    Node node(ConceptTree.Node node) {
      if (Double.isFinite(node.agreement())) {
        largest = Math.max(largest, node.agreement());
      }
      ConceptTree.Effect parent = node.forParent();
      ConceptTree.Split split = node.split();
      return new Node(
          node.path().stream().map(String::valueOf).collect(Collectors.joining(".")),
          node.agreement(),
          node.outcome().equals("consistent"),
          outcome(node),
          parent == null ? null : Double.valueOf(parent.total()),
          node.forClass().total(),
          node.forClass().sign(),
          crops.apply(node.excerpts()),
          split == null ? null : say(split, tree.layers().get(node.path().size() - 1)),
          split == null ? List.of() : split.children().stream().map(this::node).toList());
    }

    private static @Nullable String outcome(ConceptTree.Node node) {
      return switch (node.outcome()) {
        case "depth" -> "its crops disagree, but the tree ends here";
        case "too-few-crops" -> "its crops disagree, but they are too few to take apart";
        case "consistent" -> "its crops agree";
        default -> null;
      };
    }

    private static String say(ConceptTree.Split split, ConceptTree.Layer layer) {
      return "Taken apart at "
          + layer.tensor()
          + ", on the "
          + split.members().size()
          + " crops in which it is strongest, into "
          + Plain.count(split.children().size(), "sub-concept")
          + ". With nothing but these left the network would see "
          + Plain.percent(split.kept())
          + " of its strength. Taken together, its crops agree by "
          + Plain.decimal(split.agreement())
          + " at that layer.";
    }
  }
}
