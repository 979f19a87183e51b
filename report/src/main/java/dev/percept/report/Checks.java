package dev.percept.report;

import dev.percept.bundle.Bundle;
import java.util.List;
import java.util.stream.Stream;

/**
 * The checks of the page: a value, what chance gives, and a verdict. The thresholds stand here and
 * nowhere else; {@link #rules()} says them on the page. They are ours: conventions to read by, not
 * results.
 */
final class Checks {
  static final double SPLIT_GOOD = 1e-4;
  static final double SPLIT_DOUBTFUL = 1e-2;
  static final double KNOWN_GOOD = .7;
  static final double KNOWN_DOUBTFUL = .3;
  static final double KEPT_GOOD = .9;
  static final double KEPT_DOUBTFUL = .7;
  static final double R2_GOOD = .7;
  static final double R2_DOUBTFUL = .4;
  static final double STABLE_GOOD = .8;
  static final double STABLE_DOUBTFUL = .6;
  static final double DELETION_GOOD = .75;

  /**
   * Below this probability of the class there is too little to take away: the score is compared.
   */
  static final double LITTLE = .05;

  private Checks() {}

  /**
   * One check.
   *
   * @param id {@code split}, {@code known}, {@code kept}, {@code r2}, {@code stable} or {@code
   *     deletion}
   * @param name a plain question or statement
   * @param text the value in words
   * @param chanceText what chance gives, in words
   * @param min left end of the scale
   * @param max right end of the scale
   * @param log whether the scale is logarithmic
   * @param why one or two sentences
   */
  record Check(
      String id,
      String name,
      String text,
      double value,
      double chance,
      String chanceText,
      double min,
      double max,
      boolean log,
      Verdict verdict,
      String why) {}

  /** A rule of the thumb as the page states it. */
  record Rule(String name, String good, String doubtful) {}

  static List<Rule> rules() {
    return List.of(
        new Rule(
            "the two halves",
            "differ by at most a ten-thousandth of the largest score",
            "by at most a hundredth"),
        new Rule("recognised", "at least " + Plain.percent(KNOWN_GOOD), "at least 30\u00a0%"),
        new Rule(
            "answers kept", "at least 90\u00a0%, and 10 points over random", "at least 70\u00a0%"),
        new Rule("R²", "at least " + Plain.decimal(R2_GOOD), "at least 0.40"),
        new Rule("found again", "cosine of at least 0.80, and 0.10 over random", "at least 0.60"),
        new Rule(
            "taken away",
            "area at most three quarters of that in random order; under the score, less by a tenth of"
                + " its range",
            "less than in random order"));
  }

  static List<Check> of(Bundle bundle, Bundle.ClassPart part) {
    List<Check> checks =
        List.of(split(bundle), known(bundle, part), kept(part), rebuilt(part), stable(part));
    // A single concept has no order that could be better than a random one.
    return part.concepts().size() == 1
        ? checks
        : Stream.concat(checks.stream(), Stream.of(deletion(part))).toList();
  }

  private static Check split(Bundle bundle) {
    Bundle.Split split = bundle.splitCheck();
    double scale = Math.max(split.maxAbsLogit(), 1e-12);
    Verdict verdict = Verdict.atMost(split.maxAbsDiff() / scale, SPLIT_GOOD, SPLIT_DOUBTFUL);
    return new Check(
        "split",
        "Do the two halves of the model give its own answer?",
        split.maxAbsDiff() == 0 ? "identical" : Plain.power(split.maxAbsDiff()) + " off",
        Math.max(split.maxAbsDiff(), scale * 1e-9),
        scale,
        "no answer: " + Plain.decimal(scale),
        scale * 1e-9,
        scale,
        true,
        split.passed() ? verdict : Verdict.POOR,
        "The network is cut into g (up to the layer) and h (the rest). On "
            + Plain.count(split.inputs(), "picture")
            + " h(g(x)) differs from f(x) by at most "
            + Plain.power(split.maxAbsDiff())
            + ", where scores go up to "
            + Plain.decimal(split.maxAbsLogit())
            + (split.passed() && verdict == Verdict.GOOD
                ? ": that is rounding."
                : ": more than rounding explains."));
  }

  private static Check known(Bundle bundle, Bundle.ClassPart part) {
    double chance = 1.0 / Math.max(1, bundle.model().outputs());
    double value = part.accuracy().model();
    return new Check(
        "known",
        "Pictures in which the model sees the class",
        Plain.percent(value),
        value,
        chance,
        "guessing: " + Plain.percent(chance),
        0,
        1,
        false,
        Verdict.atLeast(value, KNOWN_GOOD, KNOWN_DOUBTFUL),
        "The model’s first answer is “"
            + part.target().label()
            + "” on "
            + Plain.percent(value)
            + " of the "
            + Plain.digits(part.files().size())
            + " pictures. Where it seldom is, this page explains an answer that is seldom given.");
  }

  private static Check kept(Bundle.ClassPart part) {
    Bundle.Accuracy a = part.accuracy();
    Verdict verdict = Verdict.atLeast(a.agreement(), KEPT_GOOD, KEPT_DOUBTFUL);
    return new Check(
        "kept",
        "Answers kept when only the concepts are left",
        Plain.percent(a.agreement()),
        a.agreement(),
        a.randomAgreement(),
        "random: " + Plain.percent(a.randomAgreement()),
        0,
        1,
        false,
        verdict.worse(overChance(a.agreement() - a.randomAgreement())),
        "Every activation is replaced by what the concepts rebuild of it; on "
            + Plain.percent(a.agreement())
            + " of the pictures the model’s first answer stays, against "
            + Plain.percent(a.randomAgreement())
            + " with random concepts. It says “"
            + part.target().label()
            + "” on "
            + Plain.percent(a.reconstructed())
            + " of them then, and on "
            + Plain.percent(a.model())
            + " before.");
  }

  private static Check rebuilt(Bundle.ClassPart part) {
    Bundle.Reconstruction r = part.reconstruction();
    // Concepts are found in crops but used on whole pictures: the lesser of the two counts.
    boolean crops = r.r2() <= r.picturesR2();
    double value = crops ? r.r2() : r.picturesR2();
    double random = crops ? r.randomR2() : r.randomPicturesR2();
    return new Check(
        "r2",
        "Share of the activations the concepts rebuild (R²)",
        Plain.decimal(value),
        value,
        random,
        "random: " + Plain.decimal(random),
        0,
        1,
        false,
        Verdict.atLeast(value, R2_GOOD, R2_DOUBTFUL)
            .worse(value > random ? Verdict.GOOD : Verdict.POOR),
        "The concepts rebuild "
            + Plain.percent(Math.max(0, r.r2()))
            + " of the variation of the crops they were found in, and "
            + Plain.percent(Math.max(0, r.picturesR2()))
            + " of that of whole pictures, each channel about its own mean; the lesser counts. What"
            + " they leave out is in no concept: the page calls it “other”.");
  }

  private static Check stable(Bundle.ClassPart part) {
    Bundle.Stability s = part.stability();
    return new Check(
        "stable",
        "The same concepts found again in other fits",
        Plain.decimal(s.mean()),
        s.mean(),
        s.random(),
        "random: " + Plain.decimal(s.random()),
        0,
        1,
        false,
        Verdict.atLeast(s.mean(), STABLE_GOOD, STABLE_DOUBTFUL)
            .worse(overChance(s.mean() - s.random())),
        "Fitted "
            + Plain.count(s.fits())
            + (s.fits() == 1 ? " time" : " times")
            + " more and matched, a concept has a mean cosine of "
            + Plain.decimal(s.mean())
            + " with its partner: "
            + Plain.decimal(s.seeds())
            + " from other random starts, "
            + Plain.decimal(s.halves())
            + " from disjoint halves of the pictures.");
  }

  private static Check deletion(Bundle.ClassPart part) {
    Bundle.Curve d = part.deletion();
    // Where the probability is next to nothing from the start, its curve says nothing.
    boolean saturated = d.probability().get(0) < LITTLE || d.randomProbability().area() < LITTLE;
    double value = saturated ? d.areaLogit() : d.areaProbability();
    double random = saturated ? d.randomLogit().area() : d.randomProbability().area();
    double least = Math.min(0, Math.min(value, random));
    return new Check(
        "deletion",
        (saturated ? "Score" : "Probability") + " left as concepts go (less is better)",
        Plain.decimal(value),
        value,
        random,
        "random: " + Plain.decimal(random),
        least,
        Math.max(1, Math.max(random, value)),
        false,
        saturated
            ? overChance((random - value) / range(d))
            : Verdict.atMost(value / random, DELETION_GOOD, 1),
        "Concepts are taken away, those that raise the class most first. The area under the"
            + " probability is "
            + Plain.decimal(d.areaProbability())
            + ", against "
            + Plain.decimal(d.randomProbability().area())
            + " in random order; under the score (logit) it is "
            + Plain.decimal(d.areaLogit())
            + " against "
            + Plain.decimal(d.randomLogit().area())
            + "."
            + (saturated
                ? " The probability is too small to say anything, so the score is shown."
                : ""));
  }

  /** How far the score moves; a ratio of scores means nothing, since their zero is arbitrary. */
  private static double range(Bundle.Curve d) {
    List<Double> all =
        Stream.concat(d.logit().stream(), d.randomLogit().mean().stream()).sorted().toList();
    return Math.max(all.get(all.size() - 1) - all.get(0), 1e-12);
  }

  /** Hardly above chance is doubtful, not above it poor. */
  private static Verdict overChance(double gain) {
    return Verdict.atLeast(gain, .1, Double.MIN_VALUE);
  }
}
