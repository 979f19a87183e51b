package dev.percept.report;

import static dev.percept.report.SyntheticEvaluation.cell;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.bundle.Evaluation;
import dev.percept.core.PerceptException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluationPageTest {
  private static final Evaluation CLEAR =
      SyntheticEvaluation.of("daisy", cell(1, true, false, 2.0), cell(2, false, false, 0.05), 12);

  private static String html(Evaluation e) {
    return new String(EvaluationPage.render(e), StandardCharsets.UTF_8);
  }

  @Test
  void theHeadlineFollowsTheNumbers() {
    assertEquals(
        "sharp is best, or not told apart from the best, by one metric that asks the model.",
        new EvaluationStory(CLEAR).headline());
    Evaluation tied =
        SyntheticEvaluation.of("daisy", cell(1, true, false, 2.0), cell(1.1, false, true, 1.0), 12);
    assertEquals(
        "Two methods cannot be told apart at the top of one metric that asks the model: sharp and"
            + " soft.",
        new EvaluationStory(tied).headline());
  }

  @Test
  void theCautionNamesWhatIsNoBetterThanChanceAndTheBaseline() {
    String caution = new EvaluationStory(CLEAR).caution();
    assertTrue(caution.contains("soft is no better than a random map"), caution);
    assertFalse(caution.contains("sharp"), caution);
    assertTrue(caution.contains("zero after preprocessing"), caution);
    assertTrue(caution.contains("2512.11433"), caution);
  }

  @Test
  void limitsDependOnWhatWasMeasured() {
    assertTrue(
        new EvaluationStory(CLEAR)
            .limits().stream().anyMatch(l -> l.startsWith("These are only twelve pictures")));
    Evaluation many =
        SyntheticEvaluation.of(
            "daisy", cell(1, true, false, 2.0), cell(2, false, false, 0.05), 300);
    assertTrue(
        new EvaluationStory(many).limits().stream().noneMatch(l -> l.startsWith("These are only")));
    assertTrue(
        new EvaluationStory(many).limits().stream().noneMatch(l -> l.startsWith("Masks say")));
  }

  @Test
  void thePageIsOneFileThatAsksForNothingAndTrustsNoText() {
    String evil = "</script><img src=x onerror=alert(1)>";
    String page =
        html(
            SyntheticEvaluation.of(
                evil, cell(1, true, false, 2.0), cell(2, false, false, 0.05), 12));
    assertFalse(page.contains(evil));
    assertFalse(page.contains("<img"));
    assertTrue(page.contains("default-src 'none'"));
    assertFalse(page.contains("{{"));
    assertFalse(page.matches("(?s).*(src|href)=\"https?:.*"));
    assertArrayEquals(EvaluationPage.render(CLEAR), EvaluationPage.render(CLEAR));
  }

  @Test
  void everyKnownMetricHasWords() {
    for (String name :
        new String[] {
          "deletion-logit",
          "deletion-probability",
          "insertion-logit",
          "insertion-probability",
          "mufidelity",
          "average-stability",
          "sensitivity-max",
          "sparseness",
          "complexity",
          "pointing-game",
          "relevance-mass",
          "relevance-rank",
          "model-randomisation",
          "random-logit"
        }) {
      String text = MetricWords.of(new Evaluation.Metric(name, "lower", "")).text();
      assertFalse(text.contains("no words"), name);
      assertTrue(text.endsWith("Lower is better."), text);
    }
  }

  @Test
  void anUnwritablePlaceLeavesTheOldPage(@TempDir Path folder) throws IOException {
    Path page = folder.resolve("evaluation.html");
    EvaluationPage.write(CLEAR, page);
    assertTrue(Files.size(page) > 10_000);
    Path missing = folder.resolve("none/evaluation.html");
    assertThrows(PerceptException.class, () -> EvaluationPage.write(CLEAR, missing));
    try (var files = Files.list(folder)) {
      assertEquals(1, files.count());
    }
  }
}
