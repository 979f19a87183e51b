package dev.percept.report;

import dev.percept.bundle.FactConcept;
import dev.percept.bundle.FactConsistency;
import dev.percept.bundle.FactDeletion;
import dev.percept.bundle.FactExplanation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The checks of a faithful explanation. The thresholds stand here and nowhere else. */
final class FactChecks {
  static final double GAP_GOOD = 1e-4;
  static final double GAP_DOUBTFUL = 1e-2;

  /** Points of accuracy that the autoencoders may cost; the paper loses fewer than three. */
  static final double LOSS_GOOD = .03;

  static final double LOSS_DOUBTFUL = .1;
  static final double STABLE_GOOD = .8;
  static final double STABLE_DOUBTFUL = .6;

  /** Share of the way from the whole score to none. */
  static final double DELETION_GOOD = .1;

  static final double ALIKE_GOOD = .1;

  private static final int FIRST = 6;

  private final FactExplanation e;

  FactChecks(FactExplanation e) {
    this.e = e;
  }

  static List<Checks.Rule> rules() {
    return List.of(
        new Checks.Rule(
            "adds up", "to a ten-thousandth of what was added", "to a hundredth of what was added"),
        new Checks.Rule("still right", "loses at most 3 points of accuracy", "at most 10 points"),
        new Checks.Rule(
            "rebuilt", "R² of at least 0.70, and above random by 0.20", "at least 0.40"),
        new Checks.Rule(
            "found again", "cosine of at least 0.80, and 0.10 over random", "at least 0.60"),
        new Checks.Rule(
            "taken away",
            "area below that in random order by a tenth of the score’s way, for certain",
            "below it"),
        new Checks.Rule(
            "looks alike", "C² of at least 0.10", "above 0, which a random concept has"));
  }

  /** Those of a class, in the order of the chain: a failure early makes later ones doubtful. */
  List<Checks.Check> of(FactExplanation.OfClass c) {
    List<Checks.Check> checks = new ArrayList<>();
    checks.add(gap());
    checks.add(accuracy());
    checks.add(rebuilt());
    addIfAny(checks, stability(c));
    addIfAny(checks, deletion());
    addIfAny(checks, alike());
    return List.copyOf(checks);
  }

  private static void addIfAny(List<Checks.Check> checks, Checks.@Nullable Check check) {
    if (check != null) {
      checks.add(check);
    }
  }

  private Checks.Check gap() {
    double gap = e.faith().gap();
    return new Checks.Check(
        "gap",
        "Do the parts add up to the answer?",
        Plain.power(gap) + " off",
        Math.max(gap, 1e-9),
        e.faith().shuffledGap(),
        "another picture’s parts: " + Plain.decimal(e.faith().shuffledGap()),
        1e-9,
        1,
        true,
        Verdict.atMost(gap, GAP_GOOD, GAP_DOUBTFUL),
        "The largest difference between a score and bias plus contributions, over what was added,"
            + " in "
            + Plain.digits(e.faith().sums())
            + " sums. Zero would be exact; the rest is rounding.");
  }

  private Checks.Check accuracy() {
    FactExplanation.Faith f = e.faith();
    double loss = f.plainAccuracy() - f.accuracy();
    return new Checks.Check(
        "accuracy",
        "Is the network still right with concepts in it?",
        Plain.percent(f.accuracy()),
        f.accuracy(),
        f.chance(),
        "most frequent class: " + Plain.percent(f.chance()),
        0,
        1,
        false,
        Double.isNaN(loss) ? Verdict.DOUBTFUL : Verdict.atMost(loss, LOSS_GOOD, LOSS_DOUBTFUL),
        "Right in this share of "
            + Plain.digits(f.labelled())
            + " pictures; without the autoencoders in "
            + Plain.percent(f.plainAccuracy())
            + ". They leave "
            + Plain.percent(f.agreement())
            + " of the answers as they are, random dictionaries "
            + Plain.percent(f.randomAgreement())
            + ".");
  }

  private Checks.Check rebuilt() {
    FactExplanation.Cut cut = e.cuts().get(e.cuts().size() - 1);
    Verdict verdict = Verdict.atLeast(cut.r2(), .7, .4);
    if (cut.r2() - cut.randomR2() < .2) {
      verdict = verdict.worse(Verdict.DOUBTFUL);
    }
    return new Checks.Check(
        "rebuilt",
        "How much of the layer do concepts rebuild?",
        "R² " + Plain.decimal(cut.r2()),
        cut.r2(),
        cut.randomR2(),
        "random dictionary: " + Plain.decimal(cut.randomR2()),
        0,
        1,
        false,
        verdict,
        "What they do not rebuild of "
            + cut.layer()
            + " is gone from the network that is explained here: the concepts are the whole of it,"
            + " at"
            + String.format(Locale.ROOT, " %.0f of %d", cut.active(), cut.latents())
            + " a place.");
  }

  /** Mean over the first concepts of the class, those that the page talks about. */
  private Checks.@Nullable Check stability(FactExplanation.OfClass c) {
    List<FactConcept.Against> found = new ArrayList<>();
    c.roles().stream()
        .limit(FIRST)
        .map(r -> concept(r.concept()))
        .forEach(
            k -> {
              if (k.stability() != null) {
                found.add(k.stability());
              }
            });
    if (found.isEmpty()) {
      return null;
    }
    double value = found.stream().mapToDouble(FactConcept.Against::value).average().orElse(0);
    double chance = found.stream().mapToDouble(FactConcept.Against::chance).average().orElse(0);
    Verdict verdict = Verdict.atLeast(value, STABLE_GOOD, STABLE_DOUBTFUL);
    return new Checks.Check(
        "stable",
        "Would another training find them again?",
        Plain.decimal(value),
        value,
        chance,
        "random dictionary: " + Plain.decimal(chance),
        0,
        1,
        false,
        value - chance < .1 ? verdict.worse(Verdict.DOUBTFUL) : verdict,
        "Mean cosine of the first "
            + Plain.count(found.size(), "concept")
            + " with their partners in autoencoders trained from other starts on other pictures.");
  }

  private Checks.@Nullable Check deletion() {
    FactDeletion deletion = e.deletion();
    if (deletion == null) {
      return null;
    }
    FactDeletion.Curve own = curve(deletion, FactDeletion.EXACT);
    FactDeletion.Curve random = curve(deletion, FactDeletion.RANDOM);
    if (own == null || random == null) {
      return null;
    }
    double top = own.logit().get(0);
    double bottom = random.logit().get(random.logit().size() - 1);
    double gain = (random.areaLogit() - own.areaLogit()) / Math.max(top - bottom, 1e-9);
    return new Checks.Check(
        "deletion",
        "Does the answer go when they go?",
        "area " + Plain.decimal(own.areaLogit()),
        own.areaLogit(),
        random.areaLogit(),
        "random order: " + Plain.decimal(random.areaLogit()),
        Math.min(bottom, own.areaLogit()),
        Math.max(top, random.areaLogit()),
        false,
        random.behindLogit().low() > 0 && gain >= DELETION_GOOD
            ? Verdict.GOOD
            : gain > 0 ? Verdict.DOUBTFUL : Verdict.POOR,
        "Mean score of what the network said while the largest contributions are taken away first,"
            + " in "
            + Plain.digits(deletion.pictures())
            + " pictures. It begins at "
            + Plain.decimal(top)
            + " and ends at "
            + Plain.decimal(bottom)
            + "; lower is better.");
  }

  /** The curve of a method with all concepts, or where there is none, without always-on ones. */
  static FactDeletion.@Nullable Curve curve(FactDeletion deletion, String method) {
    return deletion.curves().stream()
        .filter(c -> c.method().equals(method))
        .max(java.util.Comparator.comparing(FactDeletion.Curve::withAlwaysOn))
        .orElse(null);
  }

  private Checks.@Nullable Check alike() {
    FactConsistency consistency = e.consistency();
    if (consistency == null || consistency.rows().isEmpty()) {
      return null;
    }
    FactConsistency.Row own = consistency.rows().get(0);
    return new Checks.Check(
        "alike",
        "Does a concept look the same everywhere?",
        "C² " + Plain.decimal(own.value()),
        own.value(),
        own.anywhere(),
        "random maps, same pictures: " + Plain.decimal(own.anywhere()),
        Math.min(0, Math.min(own.value(), own.anywhere())),
        Math.max(.6, own.value()),
        false,
        own.aboveLow() > 0 && own.value() >= ALIKE_GOOD
            ? Verdict.GOOD
            : own.value() > own.anywhere() ? Verdict.DOUBTFUL : Verdict.POOR,
        "Whether the places that a concept attends to look alike to "
            + consistency.judge()
            + ", mean of "
            + Plain.count(own.concepts(), "concept")
            + ". 0 is a random concept in all pictures, whose cosine ("
            + Plain.decimal(own.random())
            + ") is taken off.");
  }

  private FactConcept concept(int id) {
    int last = e.cuts().size() - 1;
    return e.concepts().stream()
        .filter(k -> k.cut() == last && k.id() == id)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("concept " + id + ": no entry"));
  }
}
