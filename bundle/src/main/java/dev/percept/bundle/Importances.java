package dev.percept.bundle;

import java.util.List;

/** {@code importance.json}: importance of every concept of every class. */
public record Importances(List<OfClass> classes) {

  /**
   * Importance for one class.
   *
   * @param estimator {@code affine-exact} or {@code jansen}
   * @param designs masks per picture; 0 where the head is affine and nothing was sampled
   * @param settled whether the ranking was settled before the budget was spent
   */
  public record OfClass(
      Bundle.Label target,
      String estimator,
      int designs,
      boolean settled,
      List<OfConcept> concepts) {}

  /**
   * Importance of one concept.
   *
   * @param id row of the dictionary
   * @param total total Sobol index, mean over pictures
   * @param low lower end of the estimator's 95 % interval ({@code total} where exact)
   * @param high upper end
   * @param dataLow lower end of the 95 % bootstrap interval over pictures
   * @param dataHigh upper end
   * @param sign 1 raises the logit, -1 lowers it, 0 neither
   * @param prevalence share of pictures whose strongest code exceeds 5 % of the concept's largest
   * @param reliability share of pictures predicted as the class, of those where the concept leads;
   *     NaN is written as null where it leads in none
   * @param leads in how many pictures it contributes most
   * @param stability mean cosine with matched concepts of other fits
   * @param consistency mean cosine of its crops minus that of random crops
   */
  public record OfConcept(
      int id,
      double total,
      double low,
      double high,
      double dataLow,
      double dataHigh,
      int sign,
      double prevalence,
      @org.jspecify.annotations.Nullable Double reliability,
      int leads,
      double stability,
      double consistency) {}
}
