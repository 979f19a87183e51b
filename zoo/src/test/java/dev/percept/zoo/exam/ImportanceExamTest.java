package dev.percept.zoo.exam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import dev.percept.zoo.Split;
import java.util.List;
import org.junit.jupiter.api.Test;

class ImportanceExamTest {
  private static final Exam.Options SHORT = new Exam.Options(10, 0, Split.TUNE);

  private static List<ImportanceExam.Mark> take(Rater rater) {
    return new ImportanceExam(ExamTest.MODEL, rater, SHORT).take(Run.of(1).withThreads(2));
  }

  /** The truth, and the truth upside down. */
  private static Rated rated(Explained truth) {
    double most = truth.importance().stream().mapToDouble(v -> v).max().orElse(0);
    return new Rated(
        truth.codes(),
        truth.grid(),
        List.of(
            new Rated.Rating("truth", truth.importance()),
            new Rated.Rating("opposite", truth.importance().stream().map(v -> most - v).toList())));
  }

  @Test
  void theTruthIsAtOneEndAndItsOppositeAtTheOther() {
    List<ImportanceExam.Mark> marks =
        take((pictures, target, run) -> rated(ExamTest.KNOWS_ALL.explain(pictures, target, run)));
    assertEquals(
        List.of("truth", "opposite", "random"),
        marks.stream().map(ImportanceExam.Mark::estimator).toList());
    ImportanceExam.Mark truth = marks.get(0);
    assertEquals(1, truth.byConcept().value(), 1e-9);
    assertEquals(1, truth.byPart().value(), 1e-9);
    // Shares turned upside down cannot be pooled over classes, so not -1, but surely below 0.
    assertTrue(marks.get(1).byConcept().high() < 0, marks.get(1).toString());
    double random = marks.get(2).byConcept().value();
    assertTrue(Math.abs(random) < 0.8, "chance is in between, found " + random);
    assertTrue(truth.stickerRank() < marks.get(1).stickerRank(), marks.toString());
  }

  @Test
  void estimatorsMustStayTheSame() {
    assertThrows(
        IllegalArgumentException.class,
        () ->
            take(
                (pictures, target, run) -> {
                  Shape shape = Shape.of(pictures.size(), CellColours.GRID.size(), 2);
                  return new Rated(
                      Tensor.zeros(shape),
                      CellColours.GRID,
                      List.of(new Rated.Rating("of " + target.index(), List.of(1.0, 2.0))));
                }));
  }
}
