package dev.percept.report;

import dev.percept.bundle.Importances;

/** What the numbers of an importance are, in the page's words. */
final class ImportanceWords {
  private static final String EXACT = "affine-exact";
  private static final String SAMPLED = "jansen";

  private ImportanceWords() {}

  /** For the row of steps at the end. */
  static String step(String estimator) {
    return switch (estimator) {
      case EXACT -> "total Sobol index, exact: nothing was sampled";
      case SAMPLED -> "total Sobol index, by masking concepts at random";
      case "occlusion" -> "occlusion: each concept taken away alone";
      case "rise" -> "RISE: the score with a concept less the score without, others at random";
      case "hsic" -> "HSIC: how far the score depends on each concept, masked at random";
      default -> estimator;
    };
  }

  /** For provenance. */
  static String estimator(Importances.OfClass importance) {
    String masks = Plain.digits(importance.designs()) + " masks a picture";
    return switch (importance.estimator()) {
      case EXACT -> "exact: the rest of the network is affine, nothing was sampled";
      case SAMPLED -> "Jansen’s estimator, " + masks;
      default ->
          step(importance.estimator())
              + (importance.designs() > 0 ? ", " + masks : "")
              + "; as a share of the sum over concepts";
    };
  }

  /** One sentence or two for the reader. */
  static String meaning(String estimator) {
    return switch (estimator) {
      case EXACT, SAMPLED ->
          "How much of the ups and downs of the class score would vanish if a concept could not"
              + " vary. Concepts may act together, so the shares may add up to more than 100\u00a0%.";
      case "occlusion" ->
          "How much of the class score goes when a concept is taken away alone, as a share of what"
              + " all concepts lose so. Two that can stand in for each other both look small.";
      case "rise" ->
          "How much higher the class score is with a concept than without it, whichever others are"
              + " there, as a share of the sum over concepts.";
      case "hsic" ->
          "How far the class score depends on a concept when concepts are masked at random, in any"
              + " way at all, as a share of the sum over concepts.";
      default -> "Importance by " + estimator + ", as a share of the sum over concepts.";
    };
  }
}
