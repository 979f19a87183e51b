package dev.percept.app.exam;

import dev.percept.app.Format;
import dev.percept.app.TextTable;
import dev.percept.zoo.exam.ExamReport;
import dev.percept.zoo.exam.ImportanceExam;
import dev.percept.zoo.exam.PartMark;
import dev.percept.zoo.exam.RankCorrelation;
import dev.percept.zoo.exam.SpeciesReport;
import dev.percept.zoo.exam.StickerTrial;
import java.io.PrintWriter;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** An exam's result for people. */
public final class ExamTables {
  private ExamTables() {}

  /** Prints all tables. */
  public static void print(ExamReport report, PrintWriter out) {
    where(report, out);
    importance(report, out);
    sticker(report, out);
  }

  /** Prints which importance agrees best with causal effects. */
  public static void estimators(List<ImportanceExam.Mark> marks, PrintWriter out) {
    out.println("How much: rank correlation of importance with causal effect, by estimator");
    TextTable table =
        new TextTable(
            "estimator",
            ">by concept",
            ">95 % interval",
            ">by part",
            ">95 % interval",
            ">rank of the sticker's concept");
    for (ImportanceExam.Mark mark : marks) {
      table.row(
          mark.estimator(),
          Format.two(mark.byConcept().value()),
          interval(mark.byConcept()),
          Format.two(mark.byPart().value()),
          interval(mark.byPart()),
          Integer.toString(mark.stickerRank()));
    }
    table.print(out);
  }

  private static String interval(RankCorrelation correlation) {
    return Format.two(correlation.low()) + " to " + Format.two(correlation.high());
  }

  private static void where(ExamReport report, PrintWriter out) {
    out.println("Where: the best concept for each part, beside chance and single channels");
    TextTable table =
        new TextTable(
            "class",
            "part",
            ">effect on logit",
            ">AUROC",
            ">random",
            ">channel",
            ">IoU",
            ">random",
            ">channel");
    for (SpeciesReport species : report.species()) {
      for (PartMark part : species.parts()) {
        row(table, species.species().label(), part);
      }
    }
    table.row(
        "all",
        "mean",
        "",
        mean(report, PartMark::auroc),
        mean(report, PartMark::randomAuroc),
        mean(report, PartMark::channelAuroc),
        mean(report, PartMark::iou),
        mean(report, PartMark::randomIou),
        mean(report, PartMark::channelIou));
    table.print(out);
    out.println();
  }

  private static void row(TextTable table, String species, PartMark part) {
    table.row(
        species,
        part.part().label(),
        Format.two(part.effect()),
        Format.two(part.auroc()),
        Format.two(part.randomAuroc()),
        Format.two(part.channelAuroc()),
        Format.two(part.iou()),
        Format.two(part.randomIou()),
        Format.two(part.channelIou()));
  }

  private static String mean(ExamReport report, ToDoubleFunction<PartMark> mark) {
    return Format.two(report.mean(mark));
  }

  private static void importance(ExamReport report, PrintWriter out) {
    out.println(
        "How much: rank correlation of importance with the causal effect of the part that is shown");
    TextTable table = new TextTable("over", ">correlation", ">95 % interval", ">pairs");
    for (SpeciesReport species : report.species()) {
      row(table, species.species().label() + ", by part", species.byPart());
    }
    row(table, "all, by concept", report.byConcept());
    row(table, "all, by part", report.byPart());
    row(table, "random concepts", report.randomByConcept());
    row(table, "single channels", report.channelsByConcept());
    table.print(out);
    out.println();
  }

  private static void row(TextTable table, String over, RankCorrelation correlation) {
    table.row(
        over,
        Format.two(correlation.value()),
        Format.two(correlation.low()) + " to " + Format.two(correlation.high()),
        Integer.toString(correlation.pairs()));
  }

  private static void sticker(ExamReport report, PrintWriter out) {
    out.println("The sticker that gives one class away, on fresh pictures each time");
    TextTable table =
        new TextTable(
            ">trial",
            "found",
            ">AUROC",
            ">IoU",
            ">rank by importance",
            ">rank by effect",
            "random",
            "channel");
    for (StickerTrial trial : report.sticker()) {
      table.row(
          Integer.toString(trial.seed()),
          word(trial.found()),
          Format.two(trial.auroc()),
          Format.two(trial.iou()),
          trial.rank() + " of " + trial.concepts(),
          Integer.toString(trial.effectRank()),
          word(trial.randomFound()),
          word(trial.channelFound()));
    }
    table.print(out);
    out.println("found in " + report.stickersFound() + " of " + report.sticker().size());
  }

  private static String word(boolean found) {
    return found ? "yes" : "no";
  }
}
