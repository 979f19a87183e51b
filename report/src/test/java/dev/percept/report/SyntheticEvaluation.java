package dev.percept.report;

import dev.percept.bundle.Evaluation;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An evaluation that was never measured: two methods and a random map by two metrics. */
final class SyntheticEvaluation {
  private SyntheticEvaluation() {}

  static Evaluation of(String label, Evaluation.Cell sharp, Evaluation.Cell soft, int pictures) {
    List<Evaluation.Metric> metrics =
        List.of(
            new Evaluation.Metric("deletion-logit", "lower", "2 steps, baseline zero"),
            new Evaluation.Metric("sparseness", "higher", "Gini index"));
    return new Evaluation(
        Evaluation.SCHEMA,
        new Evaluation.Model("net.onnx", "00ff", "features"),
        List.of(new Evaluation.OfClass(1, label, pictures)),
        pictures,
        "zero after preprocessing",
        0.95,
        7,
        Map.of("steps", "2"),
        Map.of("percept", "test"),
        metrics,
        List.of(
            method("sharp", false, sharp),
            method("soft", false, soft),
            method("random", true, cell(3, null))),
        List.of(
            new Evaluation.Curve(
                "deletion-logit", List.of(line("sharp", 1), line("soft", 2), line("random", 3)))),
        List.of(
            new Evaluation.Stage(
                "all layers", 4, List.of(cell(0.1, null), cell(0.9, null), cell(0, null)))),
        List.of("a note"));
  }

  static Evaluation.Cell cell(double mean, @Nullable Double overRandom) {
    return cell(mean, false, false, overRandom);
  }

  static Evaluation.Cell cell(
      double mean, boolean best, boolean tied, @Nullable Double overRandom) {
    return new Evaluation.Cell(
        mean,
        mean - 0.5,
        mean + 0.5,
        12,
        best,
        tied,
        overRandom == null
            ? null
            : new Evaluation.Difference(overRandom, overRandom - 0.1, overRandom + 0.1));
  }

  private static Evaluation.Method method(String name, boolean random, Evaluation.Cell cell) {
    return new Evaluation.Method(
        name, "as it comes", null, random, 10, 2, 0.25, List.of(cell, cell(0.5, null)));
  }

  private static Evaluation.Line line(String method, double area) {
    List<Double> values = List.of(area, area, area);
    return new Evaluation.Line(method, values, values, values);
  }
}
