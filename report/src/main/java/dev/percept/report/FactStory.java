package dev.percept.report;

import dev.percept.bundle.FactConcept;
import dev.percept.bundle.FactDeletion;
import dev.percept.bundle.FactExplanation;
import dev.percept.bundle.FactTrace;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sentences of the page of faithful explanations, each computed from the numbers. */
final class FactStory {
  /** A second concept is named in the headline from this share on. */
  private static final double WORTH = .1;

  /** Fewer pictures of a class than this are said to be few. */
  private static final int FEW = 30;

  private record Doubt(double weight, List<Part> text) {}

  private final FactExplanation e;
  private final FactExplanation.OfClass c;
  private final String label;

  FactStory(FactExplanation e, FactExplanation.OfClass c) {
    this.e = e;
    this.c = c;
    this.label = "“" + c.target().label() + "”";
  }

  /** The finding in one sentence. */
  List<Part> headline() {
    if (c.roles().isEmpty()) {
      return new Part.Sentence()
          .text("Nothing that a concept holds adds to the score of " + label + ".")
          .parts();
    }
    FactExplanation.Role first = c.roles().get(0);
    Part.Sentence sentence =
        new Part.Sentence()
            .text(
                "Of what this network adds up in pictures of "
                    + label
                    + ", "
                    + Plain.percent(first.share())
                    + " is ")
            .concept(first.concept());
    if (first.mean() < 0) {
      sentence.text(" (against it)");
    }
    if (c.roles().size() > 1 && c.roles().get(1).share() >= WORTH) {
      FactExplanation.Role second = c.roles().get(1);
      sentence
          .text(" and " + Plain.percent(second.share()) + " ")
          .concept(second.concept())
          .text(second.mean() < 0 ? " (against it)" : "");
    }
    return sentence.text(".").parts();
  }

  /** The weakest point: of everything that may be wrong, the worst. */
  List<Part> caution(List<Checks.Check> checks) {
    List<Doubt> doubts = new ArrayList<>();
    checks.forEach(check -> check(check, doubts));
    concepts(doubts);
    removals(doubts);
    if (c.pictures() < FEW) {
      doubts.add(
          doubt(
              42,
              "all of this rests on only " + Plain.count(c.pictures(), "picture") + " of " + label,
              "trust",
              "Trust"));
    }
    return doubts.stream()
        .max(Comparator.comparingDouble(Doubt::weight))
        .map(Doubt::text)
        .orElseGet(
            () ->
                new Part.Sentence()
                    .text(
                        "No check fails. The sums are exact, but which sums a network of another"
                            + " training would make they do not say. See ")
                    .link("limits", "what this page cannot tell you")
                    .text(".")
                    .parts());
  }

  private void check(Checks.Check check, List<Doubt> doubts) {
    if (check.verdict() == Verdict.GOOD) {
      return;
    }
    boolean poor = check.verdict() == Verdict.POOR;
    String chance = "; " + check.chanceText();
    doubts.add(
        switch (check.id()) {
          case "gap" ->
              doubt(
                  poor ? 100 : 49,
                  "the contributions do not add up to the network’s own answer ("
                      + check.text()
                      + ")",
                  "trust",
                  "Trust");
          case "accuracy" ->
              doubt(
                  poor ? 90 : 48,
                  "with concepts in it the network is right in "
                      + check.text()
                      + " of the pictures, without them in "
                      + Plain.percent(e.faith().plainAccuracy())
                      + ": this explains a network that is not quite the one you have",
                  "trust",
                  "Trust");
          case "rebuilt" ->
              doubt(
                  poor ? 85 : 47,
                  "the concepts rebuild little of the layer (" + check.text() + chance + ")",
                  "trust",
                  "Trust");
          case "stable" ->
              doubt(
                  poor ? 75 : 46,
                  "trained again, these concepts come back only "
                      + (poor ? "faintly" : "in part")
                      + " (cosine "
                      + check.text()
                      + chance
                      + ")",
                  "trust",
                  "Trust");
          case "deletion" ->
              doubt(
                  poor ? 80 : 44,
                  "taking the largest contributions away first hurts "
                      + (poor ? "no more" : "little more")
                      + " than a random order ("
                      + check.text()
                      + chance
                      + ")",
                  "curves",
                  "Does it hold up");
          default ->
              doubt(
                  poor ? 70 : 40,
                  "to the judge, a concept’s places look "
                      + (poor ? "no more alike than a random concept’s" : "hardly alike")
                      + " ("
                      + check.text()
                      + ")",
                  "alike",
                  "Is a concept one thing");
        });
  }

  private void concepts(List<Doubt> doubts) {
    if (c.roles().isEmpty()) {
      return;
    }
    FactExplanation.Role first = c.roles().get(0);
    FactConcept k = concept(first.concept());
    if (k != null && k.alwaysOn() && first.elsewhere() > .5 * first.mean()) {
      doubts.add(
          new Doubt(
              60,
              new Part.Sentence()
                  .concept(k.id())
                  .text(
                      ", the largest part, is active in most pictures and gives nearly as much to "
                          + label
                          + " in those of other classes. See ")
                  .link("concept", "The concept")
                  .text(".")
                  .parts()));
    }
    if (c.accuracy() < .7) {
      doubts.add(
          doubt(
              c.accuracy() < .3 ? 88 : 47.5,
              "the network recognises "
                  + label
                  + " in "
                  + Plain.percent(c.accuracy())
                  + " of its pictures only",
              "pictures",
              "One picture"));
    }
    FactDeletion deletion = e.deletion();
    if (deletion != null) {
      FactDeletion.Curve own = FactChecks.curve(deletion, FactDeletion.EXACT);
      deletion.curves().stream()
          .filter(x -> own != null && x.withAlwaysOn() == own.withAlwaysOn())
          .filter(x -> x.behindLogit().high() < 0)
          .min(Comparator.comparingDouble(FactDeletion.Curve::areaLogit))
          .ifPresent(
              better ->
                  doubts.add(
                      doubt(
                          45,
                          "contributions are exact as a sum, yet the order of "
                              + FactWords.method(better.method())
                              + " finds what the answer hangs on sooner (area "
                              + Plain.decimal(better.areaLogit())
                              + ")",
                          "curves",
                          "Does it hold up")));
    }
  }

  /** What taking the first concept away does, against what it had contributed. */
  private void removals(List<Doubt> doubts) {
    double given = 0;
    double missed = 0;
    int n = 0;
    if (c.roles().isEmpty()) {
      return;
    }
    int id = c.roles().get(0).concept();
    for (FactTrace t : e.traces()) {
      int part = part(t, id);
      FactTrace.Score score = t.scores().get(0);
      if (part >= 0 && score.target() == c.target().index()) {
        for (FactTrace.Removal r : t.removals()) {
          if (r.concept() == id) {
            given += score.contributions().get(part);
            missed += score.logit() - r.logits().get(0);
            n++;
          }
        }
      }
    }
    if (n > 0 && given > 0 && (missed < .5 * given || missed > 2 * given)) {
      doubts.add(
          new Doubt(
              43,
              new Part.Sentence()
                  .text("taking ")
                  .concept(id)
                  .text(
                      " away lowers the score by "
                          + Plain.decimal(missed / n)
                          + " on average where it had given "
                          + Plain.decimal(given / n)
                          + ": a contribution is what was added, not what would be missing. See ")
                  .link("pictures", "One picture")
                  .text(".")
                  .parts()));
    }
  }

  /** What stands below: what the first concepts do here and elsewhere, and the mistakes. */
  List<FactModel.Finding> findings() {
    List<FactModel.Finding> findings = new ArrayList<>();
    for (FactExplanation.Role role : c.roles().stream().limit(2).toList()) {
      Part.Sentence sentence =
          new Part.Sentence()
              .concept(role.concept())
              .text(
                  " gives "
                      + label
                      + " "
                      + signed(role.mean())
                      + " in its own pictures"
                      + (Double.isNaN(role.elsewhere())
                          ? ""
                          : ", and " + signed(role.elsewhere()) + " in pictures of other classes"));
      FactConcept k = concept(role.concept());
      if (k != null && k.label() != null) {
        sentence.text(
            k.label().value() < .5 * k.label().chance()
                ? ". It is nearly this class’s own"
                : k.label().value() > .9 * k.label().chance()
                    ? ". Pictures of all classes have it"
                    : ". It is shared with other classes");
      }
      findings.add(new FactModel.Finding(role.concept(), sentence.text(".").parts()));
    }
    FactModel.Finding mistake = mistake();
    if (mistake != null) {
      findings.add(mistake);
    }
    return findings;
  }

  /** The concept that most mistakes into or out of this class hang on. */
  private FactModel.@Nullable Finding mistake() {
    Map<Integer, Integer> turned = new HashMap<>();
    int mistakes = 0;
    for (FactTrace t : e.traces()) {
      FactTrace.Picture p = e.pictures().get(t.picture());
      Integer truth = p.truth();
      boolean ours =
          truth != null
              && truth != p.predicted()
              && (truth == c.target().index() || p.predicted() == c.target().index());
      if (ours) {
        mistakes++;
        for (FactTrace.Removal r : t.removals()) {
          if (truth != null && r.predicted() == truth) {
            turned.merge(r.concept(), 1, Integer::sum);
          }
        }
      }
    }
    Map.Entry<Integer, Integer> most =
        turned.entrySet().stream()
            .max(
                Map.Entry.<Integer, Integer>comparingByValue()
                    .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
            .orElse(null);
    if (most == null) {
      return null;
    }
    return new FactModel.Finding(
        most.getKey(),
        new Part.Sentence()
            .text(
                "In "
                    + Plain.count(most.getValue())
                    + " of "
                    + Plain.count(mistakes)
                    + " mistakes shown that involve "
                    + label
                    + ", the network is right once ")
            .concept(most.getKey())
            .text(" is taken away. See ")
            .link("two", "Two answers")
            .text(".")
            .parts());
  }

  private @Nullable FactConcept concept(int id) {
    int last = e.cuts().size() - 1;
    return e.concepts().stream()
        .filter(k -> k.cut() == last && k.id() == id)
        .findFirst()
        .orElse(null);
  }

  private static int part(FactTrace t, int id) {
    for (int i = 0; i < t.parts().size(); i++) {
      if (t.parts().get(i).concept() == id) {
        return i;
      }
    }
    return -1;
  }

  static String signed(double value) {
    String text = Plain.decimal(value);
    return value > 0 && !text.equals("0.00") ? "+" + text : text;
  }

  private static Doubt doubt(double weight, String sentence, String section, String name) {
    return new Doubt(
        weight,
        new Part.Sentence().text(sentence + ". See ").link(section, name).text(".").parts());
  }
}
