package dev.percept.report;

import dev.percept.bundle.Bundle;
import dev.percept.bundle.ConceptMaps;
import dev.percept.bundle.ConceptTree;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * Maps by two methods and a tree, for a {@link SyntheticClass}.
 *
 * @param excerpts of a concept
 */
record SyntheticExtras(String key, int r, IntFunction<List<Bundle.Excerpt>> excerpts) {
  /** Of the first two shown pictures: everywhere alike, and only in the upper left corner. */
  List<ConceptMaps> kinds() {
    return List.of(
        new ConceptMaps("saliency", "How fast.", "", null, false, 8, 8, 1, 1, 0., List.of(0, 1)),
        new ConceptMaps(
            "rise", "How much.", "90 masks", "zero", true, 40, 40, 90, 0, null, List.of(0, 1)));
  }

  Map<String, Tensor> maps() {
    float[] even = new float[2 * r * 64];
    Arrays.fill(even, .5f);
    float[] corner = new float[2 * r * 1600];
    for (int i = 0; i < corner.length; i++) {
      corner[i] = i % 40 < 10 && i / 40 % 40 < 10 ? 3 : -1;
    }
    return Map.of(
        key + "/saliency", Tensor.wrap(Shape.of(2, r, 8, 8), even),
        key + "/rise", Tensor.wrap(Shape.of(2, r, 40, 40), corner));
  }

  /** Concept 1 has two parts, the first of them two again; concept 2 disagrees and is whole. */
  ConceptTree tree() {
    List<ConceptTree.Node> roots = new ArrayList<>();
    for (int k = 0; k < r; k++) {
      roots.add(node(List.of(k), k == 1, k == 2 ? "too-few-crops" : "consistent"));
    }
    return new ConceptTree(
        .15,
        2,
        List.of(
            new ConceptTree.Layer("mid", "Relu", SyntheticClass.FEATURES, 14, 14),
            new ConceptTree.Layer("early", "Relu", SyntheticClass.FEATURES, 28, 28)),
        roots);
  }

  private ConceptTree.Node node(List<Integer> path, boolean split, String otherwise) {
    ConceptTree.Split parts = null;
    if (split) {
      List<ConceptTree.Node> children = new ArrayList<>();
      for (int j = 0; j < 2; j++) {
        List<Integer> below = new ArrayList<>(path);
        below.add(j);
        children.add(node(below, below.size() == 2 && j == 0, j == 0 ? "depth" : "consistent"));
      }
      parts =
          new ConceptTree.Split(
              List.of(0, 1, 2), .21, .8, .93, "jansen", "affine-exact", 3, children);
    }
    ConceptTree.Effect effect = new ConceptTree.Effect(.6, .5, .7, path.size() == 2 ? -1 : 1);
    return new ConceptTree.Node(
        path,
        split ? .05 : .3,
        split ? "split" : otherwise,
        path.size() == 1 ? null : effect,
        effect,
        path.size() == 1 ? List.of() : excerpts.apply(path.get(path.size() - 1)).subList(0, 4),
        parts);
  }

  Map<String, Tensor> dictionary() {
    Tensor atoms = Tensor.zeros(Shape.of(2, SyntheticClass.FEATURES));
    return Map.of(key + "/tree-1/dictionary", atoms, key + "/tree-1-0/dictionary", atoms);
  }

  Map<String, Tensor> codes() {
    Tensor codes = Tensor.zeros(Shape.of(3, 2));
    return Map.of(key + "/tree-1/codes", codes, key + "/tree-1-0/codes", codes);
  }
}
