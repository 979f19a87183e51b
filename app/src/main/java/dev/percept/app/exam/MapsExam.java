package dev.percept.app.exam;

import dev.percept.app.TextTable;
import dev.percept.app.explain.ConceptMapper;
import dev.percept.app.explain.MapRequest;
import dev.percept.core.Run;
import dev.percept.engine.onnx.OnnxSplitModel;
import dev.percept.engine.torch.TorchEngine;
import dev.percept.engine.torch.TorchOptions;
import dev.percept.engine.torch.TorchSplitModel;
import dev.percept.zoo.Split;
import dev.percept.zoo.exam.Localisation;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Which maps of concepts find parts. */
public final class MapsExam {
  private static final int BATCH = 16;

  private MapsExam() {}

  /** Takes the exam with the methods of {@code request}. */
  public static List<Localisation.Row> take(
      OnnxSplitModel model, CraftExplainer explainer, MapRequest request, int scenes, Run run) {
    try (@Nullable TorchSplitModel white =
        request.needsGradients()
            ? TorchEngine.open(model.cuts(), model.info().layer(), TorchOptions.DEFAULT)
            : null) {
      ConceptMapper mapper = new ConceptMapper(model, white, request, BATCH, run);
      return new Localisation(scenes, Split.EXAM)
          .take(new MapsExplainer(explainer, mapper, request.chosen()), run);
    }
  }

  /** Prints a table. */
  public static void print(List<Localisation.Row> rows, PrintWriter out) {
    out.println(
        "Where: the best concept for each of "
            + rows.get(0).parts()
            + " parts, shown in each way, beside codes");
    TextTable table =
        new TextTable(
            "map",
            ">AUROC",
            ">over codes",
            ">95 % interval",
            ">IoU",
            ">over codes",
            ">95 % interval");
    for (Localisation.Row row : rows) {
      table.row(
          row.method(),
          three(row.auroc()),
          three(row.overCodes().value()),
          interval(row.overCodes()),
          three(row.iou()),
          three(row.iouOverCodes().value()),
          interval(row.iouOverCodes()));
    }
    table.print(out);
  }

  static String interval(Localisation.Difference difference) {
    return three(difference.low()) + " to " + three(difference.high());
  }

  static String three(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }
}
