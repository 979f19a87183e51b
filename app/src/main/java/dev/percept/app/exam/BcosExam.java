package dev.percept.app.exam;

import dev.percept.app.Format;
import dev.percept.app.TextTable;
import dev.percept.core.ConceptExtractor;
import dev.percept.core.DifferentiableConceptBank;
import dev.percept.core.DynamicLinearModel;
import dev.percept.core.Run;
import dev.percept.methods.metric.attribution.BootstrapMean;
import dev.percept.zoo.exam.Exam;
import dev.percept.zoo.exam.ExamReport;
import dev.percept.zoo.exam.Explainer;
import dev.percept.zoo.exam.PartMark;
import dev.percept.zoo.exam.RankCorrelation;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Concepts inside a B-cos network and concepts found in it, marked on the same scenes. */
public final class BcosExam {
  private BcosExam() {}

  /**
   * The marks of one method.
   *
   * @param method its name
   * @param auroc mean over parts of the best concept's, with a bootstrap interval over parts
   * @param iou the same of the intersection over union
   * @param aboveCraft by how much {@code auroc} is above that of CRAFT, part by part
   * @param random {@code auroc} of as many random directions
   * @param report everything else
   */
  public record Row(
      String method,
      BootstrapMean auroc,
      BootstrapMean iou,
      BootstrapMean aboveCraft,
      double random,
      ExamReport report) {}

  /**
   * Holds the exam for latents, channels and CRAFT.
   *
   * @param model takes the pictures of the exam
   * @param bank latents inside it
   * @param extractor of CRAFT, with the number of concepts of a class
   * @param concepts of a class
   */
  public static List<Row> take(
      DynamicLinearModel model,
      DifferentiableConceptBank bank,
      ConceptExtractor extractor,
      int concepts,
      Exam.Options options,
      Run run) {
    FeatureBank channels = new FeatureBank(model.features());
    Map<String, Explainer> takers = new LinkedHashMap<>();
    takers.put("CRAFT, " + extractor.name(), new CraftExplainer(model, extractor));
    takers.put("FaCT, most important", new FactExplainer(model, bank, concepts));
    takers.put("FaCT, all latents", new FactExplainer(model, bank, 0));
    takers.put("B-cos channels, most important", new FactExplainer(model, channels, concepts));
    takers.put("B-cos channels, all", new FactExplainer(model, channels, 0));
    List<Row> rows = new ArrayList<>();
    List<Double> craft = new ArrayList<>();
    takers.forEach(
        (name, taker) -> {
          ExamReport report = new Exam(model, taker, options).take(run);
          List<Double> auroc = parts(report, PartMark::auroc);
          if (craft.isEmpty()) {
            craft.addAll(auroc);
          }
          List<Double> above = new ArrayList<>();
          for (int i = 0; i < auroc.size(); i++) {
            above.add(auroc.get(i) - craft.get(i));
          }
          rows.add(
              new Row(
                  name,
                  mean(auroc, run),
                  mean(parts(report, PartMark::iou), run),
                  mean(above, run),
                  report.mean(PartMark::randomAuroc),
                  report));
        });
    return rows;
  }

  private static List<Double> parts(ExamReport report, ToDoubleFunction<PartMark> mark) {
    return report.species().stream()
        .flatMap(s -> s.parts().stream())
        .map(mark::applyAsDouble)
        .toList();
  }

  private static BootstrapMean mean(List<Double> values, Run run) {
    return BootstrapMean.of(values, run.random("exam.parts"));
  }

  /** Prints a table. */
  public static void print(List<Row> rows, PrintWriter out) {
    out.println(
        "Where, how much, and the sticker: concepts inside the B-cos network and found in it, on the"
            + " same scenes");
    TextTable table =
        new TextTable(
            "concepts",
            ">a class",
            ">AUROC",
            ">95 %, parts",
            ">above CRAFT",
            ">95 %",
            ">random",
            ">IoU",
            ">95 %",
            ">how much, by concept",
            ">95 %",
            ">by part",
            ">95 %",
            "sticker found");
    for (Row row : rows) {
      ExamReport report = row.report();
      table.row(
          row.method(),
          Long.toString(
              Math.round(
                  report.species().stream()
                      .mapToInt(s -> s.concepts().size())
                      .average()
                      .orElse(0))),
          MapsExam.three(row.auroc().mean()),
          interval(row.auroc()),
          MapsExam.three(row.aboveCraft().mean()),
          interval(row.aboveCraft()),
          MapsExam.three(row.random()),
          MapsExam.three(row.iou().mean()),
          interval(row.iou()),
          Format.two(report.byConcept().value()),
          interval(report.byConcept()),
          Format.two(report.byPart().value()),
          interval(report.byPart()),
          report.stickersFound() + " of " + report.sticker().size());
    }
    table.print(out);
    long chance = rows.get(0).report().sticker().stream().filter(t -> t.randomFound()).count();
    out.println(
        "As many random directions as CRAFT has concepts find the sticker "
            + chance
            + " times. The more concepts, the better the best of them, with no merit of theirs:"
            + " compare each row with 'random', which has as many.");
  }

  private static String interval(BootstrapMean mean) {
    return MapsExam.three(mean.low()) + " to " + MapsExam.three(mean.high());
  }

  private static String interval(RankCorrelation correlation) {
    return Format.two(correlation.low()) + " to " + Format.two(correlation.high());
  }
}
