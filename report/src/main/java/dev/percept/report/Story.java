package dev.percept.report;

import dev.percept.bundle.Bundle;
import dev.percept.bundle.Importances;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What the page says first: the finding in one sentence, then its weakest point, then what else was
 * found. Computed from the numbers; no sentence is written for an occasion.
 */
final class Story {
  /** A second concept belongs in the headline from this share of the first on. */
  private static final double NEARLY = .5;

  /** "Mostly" is said of concepts that together have at least this importance. */
  private static final double MOSTLY = .5;

  private final Bundle.ClassPart part;
  private final Importances.OfClass importance;
  private final List<Importances.OfConcept> ranked;
  private final String label;

  Story(Bundle.ClassPart part, Importances.OfClass importance) {
    this.part = part;
    this.importance = importance;
    this.ranked = ranked(importance);
    this.label = "“" + part.target().label() + "”";
  }

  /** The concepts from the most important down; equals by id. */
  static List<Importances.OfConcept> ranked(Importances.OfClass importance) {
    return importance.concepts().stream()
        .sorted(
            Comparator.comparingDouble((Importances.OfConcept c) -> -orZero(c.total()))
                .thenComparingInt(Importances.OfConcept::id))
        .toList();
  }

  /**
   * The concepts that the headline names: the one that raises the class most, and a second one
   * where it comes near; where none raises it, the most important.
   */
  List<Importances.OfConcept> said() {
    List<Importances.OfConcept> raising =
        ranked.stream().filter(c -> c.sign() > 0 && orZero(c.total()) > 0).toList();
    if (raising.isEmpty()) {
      return ranked.subList(0, 1);
    }
    boolean two = raising.size() > 1 && raising.get(1).total() >= NEARLY * raising.get(0).total();
    return raising.subList(0, two ? 2 : 1);
  }

  /**
   * The finding in one sentence.
   *
   * @param weak whether the concepts alone hardly keep the model's answers: then the sentence says
   *     so
   */
  List<Part> headline(boolean weak) {
    List<Importances.OfConcept> said = said();
    Part.Sentence s = new Part.Sentence();
    String model =
        weak
            ? "As far as " + Plain.count(ranked.size(), "concept") + " can tell, this model"
            : "This model";
    if (said.get(0).sign() <= 0) {
      return s.text(
              (weak
                      ? "As far as " + Plain.count(ranked.size(), "concept") + " can tell, nothing"
                      : "Nothing")
                  + " found here makes this model say "
                  + label
                  + "; its score moves most with ")
          .concept(said.get(0).id())
          .text(" (" + Plain.percent(said.get(0).total()) + "), which lowers it.")
          .parts();
    }
    double sum = said.stream().mapToDouble(Importances.OfConcept::total).sum();
    s.text(
        model
            + " says "
            + label
            + (sum >= MOSTLY
                ? " mostly because of "
                : said.size() > 1
                    ? " for many reasons, above all "
                    : " for many reasons, first of all "));
    for (int i = 0; i < said.size(); i++) {
      s.text(i == 0 ? "" : " and ")
          .concept(said.get(i).id())
          .text(" (" + Plain.percent(said.get(i).total()) + ")");
    }
    return s.text(".").parts();
  }

  /** The findings beside the headline; at most four. */
  List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    removal().ifPresent(findings::add);
    Importances.OfConcept first = said().get(0);
    Double reliability = first.reliability();
    String led =
        first.leads() == 0
            ? "; it contributes most in none."
            : "; it contributes most in "
                + Plain.digits(first.leads())
                + " of "
                + Plain.digits(part.files().size())
                + (reliability == null || reliability.isNaN()
                    ? "."
                    : ", and the model says "
                        + label
                        + " on "
                        + Plain.percent(reliability)
                        + " of those.");
    findings.add(
        new Finding(
            first.id(),
            new Part.Sentence()
                .concept(first.id())
                .text(" is in " + Plain.percent(first.prevalence()) + " of the pictures" + led)
                .parts()));
    ranked.stream()
        .filter(c -> c.sign() < 0 && c.total() >= .01)
        .findFirst()
        .ifPresent(
            c ->
                findings.add(
                    new Finding(
                        c.id(),
                        new Part.Sentence()
                            .concept(c.id())
                            .text(
                                " speaks against "
                                    + label
                                    + (c.total() < .1 ? ", a little (" : " (")
                                    + Plain.percent(c.total())
                                    + ").")
                            .parts())));
    return List.copyOf(findings);
  }

  private Optional<Finding> removal() {
    Importances.OfConcept first = said().get(0);
    int right = 0;
    int lost = 0;
    double before = 0;
    double after = 0;
    for (Bundle.PicturePart picture : part.pictures()) {
      if (picture.predicted().index() == part.target().index()) {
        Bundle.Answer without = picture.without().get(first.id());
        right++;
        lost += without.predicted().index() == part.target().index() ? 0 : 1;
        before += picture.probability();
        after += without.probability();
      }
    }
    if (right == 0) {
      return Optional.empty();
    }
    Part.Sentence s = new Part.Sentence().text("Without ").concept(first.id());
    if (right == 1) {
      s.text(
          " the probability of the one picture shown here as "
              + label
              + " goes from "
              + Plain.percent(before)
              + " to "
              + Plain.percent(after)
              + ".");
    } else if (lost > 0) {
      s.text(
          " the model no longer says "
              + label
              + " on "
              + Plain.count(lost)
              + " of the "
              + Plain.count(right)
              + " pictures shown here on which it did.");
    } else {
      s.text(
          " the model still says "
              + label
              + " on all "
              + Plain.count(right)
              + " pictures shown here on which it did; the mean probability goes from "
              + Plain.percent(before / right)
              + " to "
              + Plain.percent(after / right)
              + ".");
    }
    return Optional.of(new Finding(first.id(), s.parts()));
  }

  /** The estimator in words. */
  String estimator() {
    return ImportanceWords.estimator(importance);
  }

  private static double orZero(double value) {
    return Double.isNaN(value) ? 0 : value;
  }

  /** A sentence and the concept whose best crop stands beside it. */
  record Finding(int c, List<Part> text) {}
}
