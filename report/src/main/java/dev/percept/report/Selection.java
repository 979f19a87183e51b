package dev.percept.report;

import dev.percept.bundle.Bundle;
import dev.percept.bundle.ConceptTree;
import dev.percept.bundle.LoadedBundle;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which pictures and crops of a class go into the page, so that it stays within its size: fewer
 * pictures first, then fewer crops. A crop of a shown picture is cut out of it by the page; another
 * one needs its own file.
 *
 * @param pictures shown, in the order of the bundle
 * @param perGroup how many crops a group of a card shows at most
 */
record Selection(List<Bundle.PicturePart> pictures, int perGroup) {
  /** The most bytes of pictures, crops and maps of one class. */
  static final long CLASS_BYTES = 1_500_000;

  /** The most bytes of them on a page. */
  static final long PAGE_BYTES = 12_000_000;

  /** Fewer pictures than this are shown only after crops were left out. */
  private static final int FEW = 6;

  private static final int[] PER_GROUP = {Integer.MAX_VALUE, 2, 1};

  /** The budget of a class of {@code bundle}. */
  static long budget(Bundle bundle) {
    return Math.min(CLASS_BYTES, PAGE_BYTES / bundle.classes().size());
  }

  /**
   * The largest selection within {@code budget}: most crops first, then most pictures; where
   * nothing fits, the smallest.
   */
  static Selection of(LoadedBundle loaded, Bundle.ClassPart part, long budget) {
    Map<String, Long> sizes = new HashMap<>();
    for (Bundle.PicturePart picture : part.pictures()) {
      sizes.put(picture.file(), dataUrl(loaded.bytes(picture.file()).length));
    }
    List<List<Bundle.Excerpt>> cards = new ArrayList<>();
    part.concepts().forEach(concept -> cards.add(concept.excerpts()));
    if (part.tree() != null) {
      part.tree().roots().forEach(root -> ofTree(root, cards));
    }
    for (List<Bundle.Excerpt> card : cards) {
      for (Bundle.Excerpt e : card) {
        sizes.put(e.file(), dataUrl(loaded.bytes(e.file()).length));
      }
    }
    Bundle.Model model = loaded.bundle().model();
    long maps = dataUrl((long) model.rows() * model.columns()) * part.concepts().size();
    Selection smallest = new Selection(List.of(), 1);
    for (int perGroup : PER_GROUP) {
      int least = perGroup == 1 ? 1 : Math.min(FEW, part.pictures().size());
      for (int k = part.pictures().size(); k >= least; k--) {
        Selection selection = new Selection(part.pictures().subList(0, k), perGroup);
        if (selection.cost(part, cards, sizes, maps) <= budget) {
          return selection;
        }
        smallest = selection;
      }
    }
    return smallest;
  }

  /** The crops of a concept that are shown. */
  List<Bundle.Excerpt> excerpts(Bundle.ConceptPart concept) {
    return excerpts(concept.excerpts());
  }

  /** Those of {@code excerpts} that are shown. */
  List<Bundle.Excerpt> excerpts(List<Bundle.Excerpt> excerpts) {
    Map<String, Integer> seen = new HashMap<>();
    List<Bundle.Excerpt> kept = new ArrayList<>();
    for (Bundle.Excerpt e : excerpts) {
      if (seen.merge(e.group(), 1, Integer::sum) <= perGroup) {
        kept.add(e);
      }
    }
    return kept;
  }

  /** The rows of the shown pictures. */
  Set<Integer> rows() {
    Set<Integer> rows = new HashSet<>();
    pictures.forEach(p -> rows.add(p.row()));
    return rows;
  }

  private static void ofTree(ConceptTree.Node node, List<List<Bundle.Excerpt>> cards) {
    cards.add(node.excerpts());
    if (node.split() != null) {
      node.split().children().forEach(child -> ofTree(child, cards));
    }
  }

  private long cost(
      Bundle.ClassPart part, List<List<Bundle.Excerpt>> cards, Map<String, Long> sizes, long maps) {
    Set<Integer> rows = rows();
    long cost = maps * (pictures.size() + 1);
    for (Bundle.PicturePart picture : pictures) {
      cost += sizes.getOrDefault(picture.file(), 0L) + MapViews.bytes(part, picture);
    }
    for (List<Bundle.Excerpt> card : cards) {
      for (Bundle.Excerpt e : excerpts(card)) {
        cost += rows.contains(e.picture()) ? 0 : sizes.getOrDefault(e.file(), 0L);
      }
    }
    return cost;
  }

  /** Length of {@code bytes} bytes in base 64, with the head of a data URL. */
  private static long dataUrl(long bytes) {
    return 24 + (bytes + 2) / 3 * 4;
  }
}
