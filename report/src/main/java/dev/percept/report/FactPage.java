package dev.percept.report;

import dev.percept.bundle.FactFolder;
import dev.percept.core.PerceptException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * The page of faithful explanations, drawn from what 'percept fact explain' has written; as safe
 * and self-contained as {@link ReportPage}.
 */
public final class FactPage {
  private FactPage() {}

  /** The page in UTF-8. The same folder gives the same bytes. */
  public static byte[] render(FactFolder folder) {
    FactModel model = new FactBuilder(folder).build();
    return Assets.page(Template.FACT, model.title(), PageFile.json(model))
        .getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Writes the page to {@code file}, beside it first and then renamed.
   *
   * @throws PerceptException if the disk does not take it; an older page then stands as before
   */
  public static void write(FactFolder folder, Path file) {
    PageFile.write(file, render(folder));
  }
}
