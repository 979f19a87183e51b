package dev.percept.report;

import dev.percept.bundle.LoadedBundle;
import dev.percept.bundle.Names;
import dev.percept.core.PerceptException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * The page: one HTML file that needs no network and says what a bundle says. Its
 * Content-Security-Policy admits its own style and script by their hashes and images from data
 * URLs, and nothing else.
 */
public final class ReportPage {
  private ReportPage() {}

  /**
   * The page of {@code bundle} in UTF-8. The same bundle and names give the same bytes.
   *
   * @param names given to concepts; {@link Names#NONE} where there are none
   */
  public static byte[] render(LoadedBundle bundle, Names names) {
    PageModel model = new PageBuilder(bundle, names).build();
    return Assets.page(
            bundle.bundle().kind().equals("texts") ? Template.TEXTS : Template.REPORT,
            model.title(),
            PageFile.json(model))
        .getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Writes the page of {@code bundle} to {@code file}, beside it first and then renamed.
   *
   * @throws PerceptException if the disk does not take it; an older page then stands as before
   */
  public static void write(LoadedBundle bundle, Names names, Path file) {
    PageFile.write(file, render(bundle, names));
  }
}
