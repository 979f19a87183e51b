package dev.percept.fact.sae;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.percept.fact.sae.SaeSpec.Kind;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class SaeSelectionTest {
  private static SaeSelection.Candidate candidate(int latents, int epoch, double l0, double right) {
    return new SaeSelection.Candidate(
        new SaeTrainer.Checkpoint(
            new SaeSpec(Kind.TOPK, latents, 2, 1e-3, 0), epoch, Path.of("e" + epoch)),
        new SaeEvaluation.Quality(l0, 9, 0.5, right, 0.9, 0, 0, List.of()));
  }

  private static final List<SaeSelection.Candidate> SOME =
      List.of(
          candidate(10, 1, 4, 0.80),
          candidate(10, 2, 4, 0.88),
          candidate(10, 3, 4, 0.88),
          candidate(20, 1, 8, 0.92),
          candidate(20, 2, 8, 0.91),
          candidate(30, 1, 16, 0.95));

  @Test
  void ofATrainingTheCheckpointThatIsRightMostOftenAndOfEqualOnesTheLater() {
    SaeSelection selection = SaeSelection.of(SOME, 0.95, 0.03);
    assertEquals(
        List.of(3, 1, 1), selection.best().stream().map(c -> c.checkpoint().epoch()).toList());
  }

  @Test
  void ofSizesTheSparsestThatLosesLittle() {
    assertEquals(20, chosen(0.03));
    assertEquals(0.03, SaeSelection.of(SOME, 0.95, 0.03 + 1e-9).drop(), 1e-9);
    assertEquals(10, chosen(0.1));
    assertEquals(30, chosen(0.01));
  }

  private static int chosen(double maxDrop) {
    return SaeSelection.of(SOME, 0.95, maxDrop + 1e-9).chosen().checkpoint().spec().latents();
  }

  @Test
  void whereAllLoseTooMuchTheOneThatLosesLeast() {
    SaeSelection selection = SaeSelection.of(SOME.subList(0, 5), 0.99, 0.03);
    assertEquals(20, selection.chosen().checkpoint().spec().latents());
    assertEquals(0.07, selection.drop(), 1e-9);
  }

  @Test
  void withoutClassesWhatCountsIsTheAnswersThatStay() {
    SaeSelection.Candidate c = candidate(10, 1, 4, Double.NaN);
    assertEquals(0.9, c.score());
    assertEquals(0.1, SaeSelection.of(List.of(c), Double.NaN, 0.5).drop(), 1e-9);
    assertThrows(IllegalArgumentException.class, () -> SaeSelection.of(List.of(), 1, 0.1));
  }
}
