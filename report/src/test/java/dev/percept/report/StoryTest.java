package dev.percept.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.bundle.Bundle;
import dev.percept.bundle.Importances;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

@NullUnmarked // a null fails the test
class StoryTest {
  private static final Bundle.Label KITE = new Bundle.Label(3, "kite");
  private static final Bundle.Label TRUCK = new Bundle.Label(4, "truck");

  private double known = .9;
  private double agreement = .95;
  private double r2 = .8;
  private double stability = .9;
  private double deletion = .2;
  private boolean passed = true;
  private boolean settled = true;
  private double start = .9;
  private double other;
  private double randomArea = .5;
  private int pictures = 100;

  @Test
  void theHeadlineNamesWhatRaisesTheClass() {
    assertEquals(
        "This model says “kite” mostly because of [2] (46 %) and [0] (31 %).",
        headline(concept(2, .46, 1), concept(0, .31, 1), concept(1, .2, -1)));
    assertEquals(
        "This model says “kite” mostly because of [0] (60 %).",
        headline(concept(0, .6, 1), concept(1, .1, 1)));
    assertEquals(
        "This model says “kite” for many reasons, above all [1] (12 %) and [0] (10 %).",
        headline(concept(0, .1, 1), concept(1, .12, 1)));
    assertEquals(
        "This model says “kite” mostly because of [1] (50 %).",
        headline(concept(0, .9, -1), concept(1, .5, 1)));
    assertEquals(
        "Nothing found here makes this model say “kite”; its score moves most with [0] (90 %),"
            + " which lowers it.",
        headline(concept(0, .9, -1), concept(1, 0, 0)));
  }

  @Test
  void aWeakExplanationSaysSoInItsHeadline() {
    assertEquals(
        "As far as two concepts can tell, this model says “kite” mostly because of [0] (60 %).",
        text(story(concept(0, .6, 1), concept(1, .1, 1)).headline(true)));
  }

  @Test
  void whatIsInNoConceptIsSaid() {
    other = 4; // of 4 + 3 + 1
    assertTrue(caution().startsWith("50 % of what moves the score"), caution());
    r2 = .2;
    assertTrue(caution().startsWith("50 % of what moves the score"), caution());
    other = 2; // of 2 + 3 + 1
    assertTrue(caution().startsWith("the concepts rebuild only 20 %"), caution());
    r2 = .8;
    assertTrue(caution().startsWith("33 % of what moves the score"), caution());
  }

  @Test
  void whereTheProbabilityIsTooSmallTheScoreDecides() {
    // Under the probability .2 against .5 at random, under the score 1 against .5 or 1.5.
    assertEquals(Verdict.GOOD, check("deletion").verdict());
    start = .01;
    assertEquals(Verdict.POOR, check("deletion").verdict());
    assertEquals(1, check("deletion").value());
    randomArea = 1.5;
    assertEquals(Verdict.GOOD, check("deletion").verdict());
    randomArea = 1.2; // better by a twentieth of the range from 3 to -1
    assertEquals(Verdict.DOUBTFUL, check("deletion").verdict());
  }

  @Test
  void theWeakestPointIsTheWorst() {
    assertTrue(caution().startsWith("No check fails."), caution());
    r2 = .63;
    assertTrue(caution().startsWith("the concepts rebuild only 63 % of what varies"), caution());
    stability = .7;
    assertTrue(
        caution().startsWith("fitted again, these concepts come back only in part"), caution());
    settled = false;
    assertTrue(caution().startsWith("the order of importance was not settled"), caution());
    r2 = .2;
    assertTrue(caution().startsWith("the concepts rebuild only 20 %"), caution());
    deletion = .55;
    assertTrue(
        caution().startsWith("taking away first what raises the class hurts no more"), caution());
    agreement = .3;
    assertTrue(caution().startsWith("with only the concepts left"), caution());
    known = .12;
    assertTrue(
        caution().startsWith("the model sees “kite” in only 12 % of these pictures"), caution());
    passed = false;
    assertTrue(caution().startsWith("the two halves of the model do not give"), caution());
  }

  @Test
  void doubtsAboutTheFirstConceptAreSaid() {
    assertTrue(
        caution(concept(0, .5, 1, .1, .7), concept(1, .1, 1))
            .contains("could be anything from 10 % to 70 %"));
    assertTrue(
        caution(concept(0, .5, 1, .4, .6), concept(1, .4, 1, .3, .5))
            .startsWith("which of [0] and [1] matters more is open"));
    pictures = 12;
    assertTrue(caution().contains("rests on only twelve pictures"), caution());
  }

  @Test
  void findingsSayWhatRemovalDoes() {
    List<Story.Finding> findings = story(concept(0, .6, 1), concept(1, .2, -1)).findings();
    assertEquals(
        "Without [0] the model no longer says “kite” on two of the three pictures shown here on"
            + " which it did.",
        text(findings.get(0).text()));
    assertEquals(
        "[0] is in 80 % of the pictures; it contributes most in 40 of 100, and the model says"
            + " “kite” on 75 % of those.",
        text(findings.get(1).text()));
    assertEquals("[1] speaks against “kite” (20 %).", text(findings.get(2).text()));
  }

  @Test
  void verdictsFollowTheirThresholds() {
    assertEquals(Verdict.GOOD, check("r2").verdict());
    r2 = .5;
    assertEquals(Verdict.DOUBTFUL, check("r2").verdict());
    r2 = .19; // no more than random concepts have
    assertEquals(Verdict.POOR, check("r2").verdict());
    r2 = Double.NaN;
    assertEquals(Verdict.POOR, check("r2").verdict());
    agreement = .45; // random concepts reach .41
    assertEquals(Verdict.POOR, check("kept").verdict());
    stability = .85;
    assertEquals(Verdict.GOOD, check("stable").verdict());
    deletion = .4; // random .5
    assertEquals(Verdict.DOUBTFUL, check("deletion").verdict());
    assertEquals(Verdict.GOOD, check("split").verdict());
    passed = false;
    assertEquals(Verdict.POOR, check("split").verdict());
  }

  private Checks.Check check(String id) {
    return Checks.of(bundle(), part(2)).stream()
        .filter(c -> c.id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private String headline(Importances.OfConcept... concepts) {
    return text(story(concepts).headline(false));
  }

  private String caution(Importances.OfConcept... concepts) {
    Importances.OfConcept[] some =
        concepts.length > 0
            ? concepts
            : new Importances.OfConcept[] {concept(0, .6, 1), concept(1, .2, -1)};
    Bundle.ClassPart part = part(some.length);
    return text(Caution.of(part, importance(some), Checks.of(bundle(), part)));
  }

  private Story story(Importances.OfConcept... concepts) {
    return new Story(part(concepts.length), importance(concepts));
  }

  private Importances.OfClass importance(Importances.OfConcept... concepts) {
    return new Importances.OfClass(KITE, "affine-exact", 0, settled, List.of(concepts));
  }

  private static Importances.OfConcept concept(int id, double total, int sign) {
    return concept(id, total, sign, total - .02, total + .02);
  }

  private static Importances.OfConcept concept(
      int id, double total, int sign, double low, double high) {
    return new Importances.OfConcept(id, total, total, total, low, high, sign, .8, .75, 40, .9, .4);
  }

  private Bundle bundle() {
    return new Bundle(
        Bundle.SCHEMA,
        "pictures",
        null,
        new Bundle.Model("m", "l", "Relu", true, 7, 7, 0, 0, 16, 1000, List.of(3, 8, 8), "unit"),
        new Bundle.Split(1e-6, 20, 10, passed),
        null,
        "nmf",
        null,
        null,
        List.of(),
        List.of());
  }

  private Bundle.ClassPart part(int r) {
    Bundle.Random random = new Bundle.Random(List.of(), List.of(), List.of(), randomArea);
    Bundle.Curve curve =
        new Bundle.Curve(List.of(), List.of(3., -1.), List.of(start), random, random, 1, deletion);
    List<Bundle.PicturePart> shown = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      Bundle.Answer answer = new Bundle.Answer(0, .1, i == 0 ? KITE : TRUCK);
      Bundle.Score score = new Bundle.Score(KITE, 0, List.of(3., -1.), other, 3);
      shown.add(
          new Bundle.PicturePart(
              i, "p", "p.jpg", KITE, .9, 3, .9, List.of(answer, answer), List.of(score), null));
    }
    List<String> files = new ArrayList<>();
    for (int i = 0; i < pictures; i++) {
      files.add("p" + i);
    }
    List<Bundle.ConceptPart> concepts = new ArrayList<>();
    for (int k = 0; k < r; k++) {
      concepts.add(new Bundle.ConceptPart(k, List.of()));
    }
    return new Bundle.ClassPart(
        KITE,
        "class-3",
        files,
        10,
        new Bundle.Reconstruction(.3, r2, .8, .19, .4, r2, .1),
        new Bundle.Accuracy(known, known, .2, agreement, .41),
        new Bundle.Stability(stability, stability, stability, .3, 4),
        curve,
        curve,
        concepts,
        shown,
        List.of(),
        null,
        List.of(),
        null,
        null,
        null);
  }

  private static String text(List<Part> parts) {
    return parts.stream()
        .map(p -> p.c() != null ? "[" + p.c() + "]" : p.t())
        .collect(Collectors.joining())
        .replace('\u00a0', ' ');
  }
}
