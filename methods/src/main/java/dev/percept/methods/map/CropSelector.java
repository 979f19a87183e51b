package dev.percept.methods.map;

import dev.percept.core.Tensor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Chooses crops that stand for concepts. No two chosen crops of a concept are near-duplicates:
 * boxes of one picture that overlap by more than {@code maxOverlap}, or activations with a cosine
 * above {@code maxCosine} (the same picture twice under two names).
 *
 * @param quantiles of the codes of active crops, 1 being the strongest
 * @param perQuantile how many crops for each quantile
 * @param counterExamples how many counter-examples
 * @param maxOverlap share of the smaller box, 0 to 1
 * @param maxCosine up to 1
 */
public record CropSelector(
    List<Double> quantiles,
    int perQuantile,
    int counterExamples,
    double maxOverlap,
    double maxCosine) {
  /** A crop is active above this share of the concept's largest code. */
  private static final double ACTIVE = 0.05;

  public CropSelector {
    quantiles = List.copyOf(quantiles);
    for (double q : quantiles) {
      if (!(q >= 0 && q <= 1)) {
        throw new IllegalArgumentException("crops quantiles: 0 to 1, found " + q);
      }
    }
    if (perQuantile < 1 || counterExamples < 0) {
      throw new IllegalArgumentException(
          "crops perQuantile: at least 1 (found "
              + perQuantile
              + "), counterExamples: at least 0 (found "
              + counterExamples
              + ")");
    }
    if (!(maxOverlap >= 0 && maxOverlap <= 1 && maxCosine > 0 && maxCosine <= 1)) {
      throw new IllegalArgumentException(
          "crops maxOverlap and maxCosine: 0 to 1, found " + maxOverlap + " and " + maxCosine);
    }
  }

  /** Top, 90 %, 75 % and median, so many crops each, with three counter-examples. */
  public static CropSelector of(int perQuantile) {
    return new CropSelector(List.of(1.0, 0.9, 0.75, 0.5), perQuantile, 3, 0.25, 0.98);
  }

  /**
   * Chooses for every concept.
   *
   * @param codes n x r
   * @param activations n x p
   * @param atoms r x p
   * @param boxes n of them
   */
  public List<ConceptCrops> select(
      Tensor codes, Tensor activations, Tensor atoms, List<CropBox> boxes) {
    int n = codes.rows();
    if (activations.rows() != n
        || boxes.size() != n
        || codes.shape().dim(1) != atoms.rows()
        || activations.shape().dim(1) != atoms.shape().dim(1)) {
      throw new IllegalArgumentException(
          "crops: expected codes n x r, activations n x p, atoms r x p, n boxes, found "
              + codes.shape()
              + ", "
              + activations.shape()
              + ", "
              + atoms.shape()
              + ", "
              + boxes.size());
    }
    Looks looks = new Looks(activations);
    List<ConceptCrops> all = new ArrayList<>();
    for (int k = 0; k < atoms.rows(); k++) {
      all.add(concept(codes, k, looks, atoms.row(k), boxes));
    }
    return all;
  }

  private ConceptCrops concept(Tensor codes, int k, Looks looks, Tensor atom, List<CropBox> boxes) {
    double largest = 0;
    for (int i = 0; i < codes.rows(); i++) {
      largest = Math.max(largest, codes.get(i, k));
    }
    double active = ACTIVE * largest;
    List<Integer> ranked =
        IntStream.range(0, codes.rows())
            .filter(i -> codes.get(i, k) > active)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer i) -> -codes.get(i, k)))
            .toList();
    List<Integer> chosen = new ArrayList<>();
    List<ConceptCrops.Level> levels = new ArrayList<>();
    for (double quantile : quantiles) {
      int at = (int) Math.round((1 - quantile) * (ranked.size() - 1));
      List<Integer> near =
          IntStream.range(0, ranked.size())
              .boxed()
              .sorted(Comparator.comparingInt((Integer rank) -> Math.abs(rank - at)))
              .map(ranked::get)
              .toList();
      levels.add(new ConceptCrops.Level(quantile, take(near, perQuantile, chosen, looks, boxes)));
    }
    double[] like = looks.like(atom);
    List<Integer> inactive =
        IntStream.range(0, codes.rows())
            .filter(i -> codes.get(i, k) <= active && like[i] > 0)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer i) -> -like[i]))
            .toList();
    return new ConceptCrops(levels, take(inactive, counterExamples, chosen, looks, boxes));
  }

  /** The first {@code count} of {@code from} that are unlike all chosen before; adds them there. */
  private List<Integer> take(
      List<Integer> from, int count, List<Integer> chosen, Looks looks, List<CropBox> boxes) {
    List<Integer> taken = new ArrayList<>();
    for (int crop : from) {
      if (taken.size() == count) {
        break;
      }
      boolean fresh =
          chosen.stream()
              .noneMatch(
                  other ->
                      other == crop
                          || boxes.get(other).overlap(boxes.get(crop)) > maxOverlap
                          || looks.cosine(other, crop) > maxCosine);
      if (fresh) {
        taken.add(crop);
        chosen.add(crop);
      }
    }
    return taken;
  }
}
