package dev.percept.app.exam;

import dev.percept.app.TextTable;
import dev.percept.core.ConceptExtractor;
import dev.percept.core.Run;
import dev.percept.engine.onnx.OnnxSplitModel;
import dev.percept.engine.onnx.OnnxStackedModel;
import dev.percept.methods.craft.Recursion;
import dev.percept.zoo.Split;
import dev.percept.zoo.exam.Separation;
import java.io.PrintWriter;

/** Whether parts that one concept mixes come apart. */
public final class TreeExam {
  private static final int SUB_CONCEPTS = 4;

  /** Above any agreement: every concept is taken apart, so that all that mix parts are marked. */
  private static final double ALL = 2;

  private TreeExam() {}

  /** Takes every concept apart once. */
  public static Separation.Report take(
      OnnxSplitModel model,
      CraftExplainer explainer,
      ConceptExtractor extractor,
      int scenes,
      Run run) {
    try (OnnxStackedModel stack = model.stack(1)) {
      Recursion standard = Recursion.of(SUB_CONCEPTS, 1, ALL);
      Recursion recursion = new Recursion(extractor, standard.importance(), standard.options());
      return new Separation(scenes, Split.EXAM)
          .take(new TreeExplainer(explainer, stack, recursion), run);
    }
  }

  /** Prints a table. */
  public static void print(Separation.Report report, PrintWriter out) {
    out.println(
        report.mixing()
            + " of "
            + report.concepts()
            + " concepts mix parts (mean agreement of their crops "
            + MapsExam.three(report.agreementOfMixing())
            + ", of the others "
            + MapsExam.three(report.agreementOfPure())
            + "); each was taken apart into "
            + SUB_CONCEPTS);
    TextTable table =
        new TextTable(
            "of the mixing concepts",
            ">whole",
            ">apart",
            ">apart at random",
            ">over random",
            ">95 % interval");
    row(table, "purity", report.purity());
    row(table, "AUROC of mixed parts", report.auroc());
    table.print(out);
  }

  private static void row(TextTable table, String name, Separation.Mark mark) {
    table.row(
        name,
        MapsExam.three(mark.whole()),
        MapsExam.three(mark.apart()),
        MapsExam.three(mark.random()),
        MapsExam.three(mark.overRandom().value()),
        MapsExam.interval(mark.overRandom()));
  }
}
