package dev.percept.app.sweep;

import dev.percept.bundle.Sweep;
import dev.percept.core.Run;
import dev.percept.methods.sweep.Measured;
import dev.percept.methods.sweep.Quality;
import dev.percept.zoo.exam.ExamReport;
import dev.percept.zoo.exam.PartMark;
import java.util.Map;
import java.util.TreeMap;

/** Figures in the words of the file. */
final class Figures {
  private Figures() {}

  static Map<String, Sweep.Value> of(Quality q) {
    Map<String, Sweep.Value> figures = new TreeMap<>();
    figures.put("crop-r2", value(q.cropR2()));
    figures.put("picture-r2", value(q.pictureR2()));
    figures.put("consistency", value(q.consistency()));
    figures.put("stability", value(q.stability()));
    figures.put("carrying", value(q.carrying()));
    figures.put("effective", value(q.effective()));
    figures.put("kept", value(q.kept()));
    figures.put("right", value(q.right()));
    return figures;
  }

  /** Best AUROC of a part, mean over parts; and importance against causal effect. */
  static Map<String, Sweep.Value> of(ExamReport exam, Run run) {
    double[] parts =
        exam.species().stream()
            .flatMap(s -> s.parts().stream())
            .mapToDouble(PartMark::auroc)
            .toArray();
    return Map.of(
        "exam-auroc",
        value(
            Measured.mean(parts, exam.mean(PartMark::randomAuroc), run.random("sweep.exam-auroc"))),
        "exam-rank",
        new Sweep.Value(
            exam.byConcept().value(),
            exam.byConcept().low(),
            exam.byConcept().high(),
            exam.randomByConcept().value()));
  }

  private static Sweep.Value value(Measured m) {
    return new Sweep.Value(m.value(), m.low(), m.high(), m.chance());
  }
}
