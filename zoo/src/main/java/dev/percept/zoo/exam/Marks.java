package dev.percept.zoo.exam;

import dev.percept.core.Run;
import dev.percept.zoo.Creatures;
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
    int pixels = Creatures.SIDE * Creatures.SIDE;
    Overlap[] overlaps = new Overlap[explained.concepts()];
    run.parallel(
        overlaps.length,
        k ->
            overlaps[k] =
                Overlap.of(
                    PixelMap.of(explained, k, Creatures.SIDE),
                    labels.labels(),
                    labels.parts().size(),
                    pixels));
    return new Marks(labels.parts(), List.of(overlaps));
  }

  /**
   * The part that a concept shows: the one with the highest intersection over union. The area under
   * the curve would not do: it hardly falls when a map is much larger than the part, so an eye
   * would win against the head.
   */
  Part shownBy(int concept) {
    double[] iou = overlaps.get(concept).iou();
    int best = 0;
    for (int p = 1; p < iou.length; p++) {
      best = iou[p] > iou[best] ? p : best;
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
