package dev.percept.report;

import dev.percept.bundle.Bundle;
import dev.percept.bundle.Importances;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Finds the weakest point of an explanation: of everything that may be wrong, the worst. */
final class Caution {
  /** Fewer pictures than this are said to be few. */
  private static final int FEW = 30;

  /** From these shares on, what no concept rebuilds is a doubt, or a serious one. */
  private static final double OTHER_DOUBTFUL = .3;

  private static final double OTHER_POOR = .5;

  private record Doubt(double weight, List<Part> text) {}

  private final List<Doubt> doubts = new ArrayList<>();

  private Caution() {}

  /** The sentence that follows the headline. */
  static List<Part> of(
      Bundle.ClassPart part, Importances.OfClass importance, List<Checks.Check> checks) {
    Caution caution = new Caution();
    for (Checks.Check check : checks) {
      caution.check(check, part);
    }
    caution.concepts(part, importance);
    return caution.doubts.stream()
        .max(Comparator.comparingDouble(Doubt::weight))
        .map(Doubt::text)
        .orElseGet(
            () ->
                new Part.Sentence()
                    .text(
                        "No check fails. What no check can see is a cue that none of these "
                            + Plain.digits(part.files().size())
                            + " pictures shows. See ")
                    .link("limits", "what this page cannot tell you")
                    .text(".")
                    .parts());
  }

  private void check(Checks.Check check, Bundle.ClassPart part) {
    if (check.verdict() == Verdict.GOOD) {
      return;
    }
    boolean poor = check.verdict() == Verdict.POOR;
    String label = "“" + part.target().label() + "”";
    // A failure higher up makes everything after it doubtful: that order decides among equals.
    switch (check.id()) {
      case "split" ->
          add(
              poor ? 100 : 49,
              "the two halves of the model do not give its own answer ("
                  + check.text()
                  + "), so nothing below may be true of it");
      case "known" ->
          add(
              poor ? 90 : 48,
              "the model sees "
                  + label
                  + " in "
                  + (poor ? "only " : "")
                  + check.text()
                  + " of these pictures, so this explains an answer that it "
                  + (poor ? "seldom" : "often does not")
                  + (poor ? " gives" : " give"));
      case "kept" ->
          add(
              poor ? 85 : 47,
              "with only the concepts left, the model keeps its answer on "
                  + check.text()
                  + " of the pictures ("
                  + check.chanceText()
                  + ")");
      case "deletion" ->
          add(
              poor ? 80 : 45,
              "taking away first what raises the class hurts "
                  + (poor ? "no more" : "little more")
                  + " than a random order ("
                  + check.text()
                  + " against "
                  + Plain.decimal(check.chance())
                  + ")");
      case "stable" ->
          add(
              poor ? 75 : 46,
              "fitted again, these concepts come back only "
                  + (poor ? "faintly" : "in part")
                  + " (cosine "
                  + check.text()
                  + ", "
                  + check.chanceText()
                  + ")");
      default ->
          add(
              poor ? 70 : 40,
              "the concepts rebuild only "
                  + Plain.percent(Math.max(0, check.value()))
                  + " of what varies in the layer; the rest is in no concept");
    }
  }

  private void concepts(Bundle.ClassPart part, Importances.OfClass importance) {
    other(part);
    List<Importances.OfConcept> ranked = Story.ranked(importance);
    Importances.OfConcept first = ranked.get(0);
    if (!importance.settled()) {
      add(65, "the order of importance was not settled when the sampling stopped");
    }
    if (first.stability() < Checks.STABLE_DOUBTFUL) {
      doubts.add(
          new Doubt(
              60,
              see(
                  new Part.Sentence()
                      .concept(first.id())
                      .text(
                          ", the most important, hardly comes back in other fits (cosine "
                              + Plain.decimal(first.stability())
                              + ")"),
                  "importance",
                  "What matters")));
    }
    if (first.dataHigh() - first.dataLow() > first.total()) {
      doubts.add(
          new Doubt(
              55,
              see(
                  new Part.Sentence()
                      .text("with other pictures of the same kind the importance of ")
                      .concept(first.id())
                      .text(
                          " could be anything from "
                              + Plain.percent(first.dataLow())
                              + " to "
                              + Plain.percent(first.dataHigh())),
                  "importance",
                  "What matters")));
    }
    if (ranked.size() > 1 && ranked.get(1).dataHigh() >= first.dataLow()) {
      doubts.add(
          new Doubt(
              30,
              see(
                  new Part.Sentence()
                      .text("which of ")
                      .concept(first.id())
                      .text(" and ")
                      .concept(ranked.get(1).id())
                      .text(" matters more is open: their intervals overlap"),
                  "importance",
                  "What matters")));
    }
    if (part.files().size() < FEW) {
      add(42, "all of this rests on only " + Plain.count(part.files().size(), "picture"));
    }
  }

  /** What no concept rebuilds, as a share of all that moves the score of the shown pictures. */
  private void other(Bundle.ClassPart part) {
    double other = 0;
    double all = 0;
    for (Bundle.PicturePart picture : part.pictures()) {
      if (!picture.scores().isEmpty()) {
        Bundle.Score score = picture.scores().get(0);
        other += Math.abs(score.other());
        all += Math.abs(score.other());
        for (double contribution : score.contributions()) {
          all += Math.abs(contribution);
        }
      }
    }
    if (all > 0 && other / all >= OTHER_DOUBTFUL) {
      add(
          other / all >= OTHER_POOR ? 86 : 44,
          Plain.percent(other / all)
              + " of what moves the score of the pictures shown is in no concept (“other”)");
    }
  }

  private void add(double weight, String sentence) {
    doubts.add(new Doubt(weight, see(new Part.Sentence().text(sentence), "trust", "Trust")));
  }

  private static List<Part> see(Part.Sentence sentence, String section, String name) {
    return sentence.text(". See ").link(section, name).text(".").parts();
  }
}
