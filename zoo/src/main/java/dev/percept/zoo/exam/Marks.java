package dev.percept.zoo.exam;

import dev.percept.core.Run;
import dev.percept.zoo.Part;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The marks of one explanation on one set of scenes, before anything is said about importance.
 *
 * @param parts the parts that occur
 * @param overlaps one entry a concept
 */
record Marks(List<Part> parts, List<Overlap> overlaps) {

  /**
   * A concept and how well it shows a part.
   *
   * @param concept number of the concept
   */
  record Best(int concept, double value) {}

  static Marks of(Explained explained, PartLabels labels, Run run) {
    Overlap[] overlaps = new Overlap[explained.concepts()];
    run.parallel(
        overlaps.length,
        k ->
            overlaps[k] =
                Overlap.of(
                    PixelMap.of(explained, k),
                    labels.labels(),
                    labels.parts().size(),
                    PixelMap.LOOKED_AT));
    return new Marks(labels.parts(), List.of(overlaps));
  }

  /**
   * The part that a concept shows: the one whose mask its map correlates with best. The other two
   * marks would not do: the area under the curve hardly falls when a map is much larger than the
   * part, and intersection over union is high for the scenery whatever the map.
   */
  Part shownBy(int concept) {
    double[] correlation = overlaps.get(concept).correlation();
    int best = 0;
    for (int p = 1; p < correlation.length; p++) {
      best = correlation[p] > correlation[best] ? p : best;
    }
    return parts.get(best);
  }

  double auroc(int concept, Part part) {
    return overlaps.get(concept).auroc()[parts.indexOf(part)];
  }

  double iou(int concept, Part part) {
    return overlaps.get(concept).iou()[parts.indexOf(part)];
  }

  /** The concept with the highest area under the curve for a part. */
  Best bestAuroc(Part part) {
    List<Best> all = new ArrayList<>();
    for (int k = 0; k < overlaps.size(); k++) {
      all.add(new Best(k, auroc(k, part)));
    }
    return all.stream().max(Comparator.comparingDouble(Best::value)).orElseThrow();
  }

  /** The concept with the highest intersection over union for a part. */
  Best bestIou(Part part) {
    List<Best> all = new ArrayList<>();
    for (int k = 0; k < overlaps.size(); k++) {
      all.add(new Best(k, iou(k, part)));
    }
    return all.stream().max(Comparator.comparingDouble(Best::value)).orElseThrow();
  }
}
