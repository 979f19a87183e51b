package dev.percept.report;

import dev.percept.bundle.Bundle;

/** Says why there are as many concepts as there are. */
final class RankWords {
  private RankWords() {}

  static String choice(Bundle.RankCurve curve) {
    Bundle.RankPoint chosen =
        curve.points().stream()
            .filter(p -> p.concepts() == curve.chosen())
            .findFirst()
            .orElseThrow();
    boolean none = curve.points().stream().allMatch(p -> p.stability() < curve.stable());
    if (none) {
      return "No number gave concepts that come back in other fits (stability of at least "
          + Plain.decimal(curve.stable())
          + "): "
          + curve.chosen()
          + " is the most stable ("
          + Plain.decimal(chosen.stability())
          + ").";
    }
    return curve.chosen()
        + ": of the numbers whose concepts come back in other fits (stability of at least "
        + Plain.decimal(curve.stable())
        + "), the one that keeps most of pictures left out of the fit (R² "
        + Plain.decimal(chosen.heldOutR2())
        + "), less "
        + Math.round(curve.worth() * 1000) / 10.0
        + "\u00a0% of their variance a concept.";
  }
}
