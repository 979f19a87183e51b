package dev.percept.app;

import dev.percept.app.attribute.AttributeRequest;
import dev.percept.app.attribute.PictureAttribution;
import dev.percept.app.explain.Inputs;
import dev.percept.bundle.AttributionFolder;
import dev.percept.bundle.AttributionMaps;
import dev.percept.core.Run;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code percept attribute}. */
@Command(
    name = "attribute",
    description =
        "Draws where in a picture a class comes from, by several methods side by side: writes a"
            + " folder with a page, report.html, and plain files.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class AttributeCommand implements Callable<Integer> {
  /** Maps take many passes a picture: a page of a few is what somebody looks at. */
  private static final int PICTURES = 8;

  @Mixin InputOptions inputs = new InputOptions();
  @Mixin AttributionOptions attribution = new AttributionOptions();
  @Mixin RunOptions runOptions = new RunOptions();

  @Option(
      names = {"-o", "--output-dir"},
      required = true,
      paramLabel = "DIR",
      description = "Where to write; replaced if it holds earlier maps.")
  Path out = Path.of("");

  @Option(names = "--json", description = "Print attribution.json instead of a table.")
  boolean json;

  @Spec CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  @Override
  public Integer call() {
    PrintWriter err = spec.commandLine().getErr();
    Inputs from = inputs.inputs(spec);
    if (from.maxImages() == 0) {
      from = from.withMaxImages(PICTURES);
    }
    AttributeRequest request =
        new AttributeRequest(
            from,
            attribution.methods(spec),
            attribution.settings(spec, from.batch()),
            attribution.baseline,
            Versions.all(),
            out);
    Run run = runOptions.run().withProgress(ConsoleProgress.onStandardError(err));
    AttributionFolder written = PictureAttribution.write(request, run);
    AttributionMaps maps = written.maps();
    maps.notes().forEach(note -> err.println("percept: " + note));
    PrintWriter stdout = spec.commandLine().getOut();
    if (json) {
      JsonOutput.print(maps, stdout);
    } else {
      print(maps, stdout);
      stdout.println("page: " + PictureAttribution.page(out));
    }
    return ExitCode.OK;
  }

  private static void print(AttributionMaps maps, PrintWriter out) {
    out.println(
        maps.pictures().size()
            + (maps.pictures().size() == 1 ? " picture of " : " pictures of ")
            + String.join(
                ", ",
                maps.pictures().stream().map(AttributionMaps.Picture::label).distinct().toList()));
    TextTable table =
        new TextTable("method", ">passes", ">back", ">s a picture", ">largest gap", "baseline");
    for (AttributionMaps.Method m : maps.methods()) {
      table.row(
          m.name(),
          Long.toString(m.forwards()),
          Long.toString(m.backwards()),
          String.format(Locale.ROOT, "%.2f", m.secondsPerPicture()),
          largest(m.gaps()),
          m.baseline() == null ? "" : m.baseline());
    }
    table.print(out);
  }

  private static String largest(@Nullable List<AttributionMaps.Gap> gaps) {
    return gaps == null
        ? ""
        : Format.percent(
            gaps.stream()
                .mapToDouble(
                    g ->
                        Math.abs(g.sum() - g.expected())
                            / Math.max(Math.abs(g.expected()), Double.MIN_NORMAL))
                .max()
                .orElse(0));
  }
}
