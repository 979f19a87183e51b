package dev.percept.report;

import dev.percept.bundle.Evaluation;
import dev.percept.core.PerceptException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * The page of an evaluation of attribution methods: one HTML file that needs no network, drawn from
 * {@code evaluation.json} alone, as safe as {@link ReportPage}.
 */
public final class EvaluationPage {
  private static final Template TEMPLATE =
      new Template(
          "evaluation.html",
          List.of("tokens.css", "base.css", "sections.css", "adapt.css", "evaluation.css"),
          List.of("dom.js", "theme.js", "evaluation.js"));

  private EvaluationPage() {}

  /** The page in UTF-8. The same evaluation gives the same bytes. */
  public static byte[] render(Evaluation evaluation) {
    EvaluationModel model = EvaluationModel.of(evaluation);
    return Assets.page(TEMPLATE, model.title(), PageFile.json(model))
        .getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Writes the page to {@code file}, beside it first and then renamed.
   *
   * @throws PerceptException if the disk does not take it; an older page then stands as before
   */
  public static void write(Evaluation evaluation, Path file) {
    PageFile.write(file, render(evaluation));
  }
}
