package dev.percept.bundle;

import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Whether a class's maps and tree belong to it. */
final class PartsCheck {
  private static final Pattern METHOD = Pattern.compile("[a-z0-9+-]{1,60}");
  private static final Set<String> OUTCOMES =
      Set.of("split", "consistent", "depth", "too-few-crops");

  private final BundleCheck check;
  private final Bundle.ClassPart part;

  PartsCheck(BundleCheck check, Bundle.ClassPart part) {
    this.check = check;
    this.part = part;
  }

  void maps(Map<String, Tensor> tensors) {
    Set<String> methods = new HashSet<>();
    Set<Integer> shown =
        part.pictures().stream().map(Bundle.PicturePart::row).collect(Collectors.toSet());
    for (ConceptMaps maps : part.maps()) {
      String name = part.key() + ".maps[" + BundlePaths.shown(maps.method()) + "]";
      BundleCheck.require(
          METHOD.matcher(maps.method()).matches() && methods.add(maps.method()),
          name + ".method: expected lower-case letters, digits, + and -, each method once");
      BundleCheck.require(
          maps.rows() > 0 && maps.columns() > 0,
          name + ": expected at least one cell, found " + maps.rows() + " x " + maps.columns());
      BundleCheck.require(
          shown.containsAll(maps.pictures())
              && new HashSet<>(maps.pictures()).size() == maps.pictures().size(),
          name + ".pictures: expected shown pictures once each, found " + maps.pictures());
      BundleCheck.tensor(
          tensors,
          part.key() + "/" + maps.method(),
          Shape.of(maps.pictures().size(), part.concepts().size(), maps.rows(), maps.columns()));
    }
  }

  void tree(Map<String, Tensor> dictionary, Map<String, Tensor> codes) {
    ConceptTree tree = part.tree();
    if (tree == null) {
      return;
    }
    String name = part.key() + ".tree";
    BundleCheck.require(
        Double.isFinite(tree.threshold()), name + ".threshold: expected a finite value");
    BundleCheck.require(
        tree.depth() >= 1 && tree.layers().size() == tree.depth(),
        name
            + ": expected a layer a level, found "
            + tree.layers().size()
            + " for "
            + tree.depth());
    nodes(
        name + ".roots", tree, tree.roots(), List.of(), part.concepts().size(), dictionary, codes);
  }

  private void nodes(
      String name,
      ConceptTree tree,
      List<ConceptTree.Node> nodes,
      List<Integer> parent,
      int count,
      Map<String, Tensor> dictionary,
      Map<String, Tensor> codes) {
    BundleCheck.require(
        nodes.size() == count, name + ": expected " + count + " concepts, found " + nodes.size());
    for (int i = 0; i < nodes.size(); i++) {
      ConceptTree.Node node = nodes.get(i);
      List<Integer> path = new ArrayList<>(parent);
      path.add(i);
      BundleCheck.require(
          node.path().equals(path), name + ".path: expected " + path + ", found " + node.path());
      BundleCheck.require(
          OUTCOMES.contains(node.outcome()),
          name
              + ".outcome: expected one of split, consistent, depth, too-few-crops, found '"
              + BundlePaths.shown(node.outcome())
              + "'");
      BundleCheck.require(
          node.outcome().equals("split") == (node.split() != null),
          name + ".split: expected one exactly where the outcome is split");
      BundleCheck.require(
          parent.isEmpty() == (node.forParent() == null),
          name + ".forParent: expected one exactly below a root");
      node.excerpts().forEach(e -> check.excerpt(name, e, part.files().size()));
      ConceptTree.Split split = node.split();
      if (split != null) {
        BundleCheck.require(
            path.size() <= tree.depth(), name + ": expected no more levels than " + tree.depth());
        int r = split.children().size();
        int p = tree.layers().get(path.size() - 1).features();
        String tensors = part.key() + "/" + key(path);
        BundleCheck.require(r > 0, name + ".children: expected at least one, found none");
        BundleCheck.tensor(dictionary, tensors + "/dictionary", Shape.of(r, p));
        BundleCheck.tensor(codes, tensors + "/codes", Shape.of(split.members().size(), r));
        for (int member : split.members()) {
          BundleCheck.require(
              member >= 0 && member < part.crops(),
              name + ".members: expected crops of the class, found " + member);
        }
        nodes(tensors + ".children", tree, split.children(), path, r, dictionary, codes);
      }
    }
  }

  /** The name of a split's tensors behind that of the class. */
  static String key(List<Integer> path) {
    return "tree-" + path.stream().map(String::valueOf).collect(Collectors.joining("-"));
  }
}
