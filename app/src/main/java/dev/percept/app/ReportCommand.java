package dev.percept.app;

import dev.percept.bundle.BundleReader;
import dev.percept.bundle.FactFolder;
import dev.percept.bundle.LoadedBundle;
import dev.percept.bundle.Names;
import dev.percept.core.PerceptException;
import dev.percept.report.FactPage;
import dev.percept.report.ReportPage;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code percept report}. */
@Command(
    name = "report",
    description = "Makes the page of a bundle again, for example with names given to concepts.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ReportCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "BUNDLE",
      description = "A folder that 'percept explain' or 'percept fact explain' has written.")
  Path bundle = Path.of("");

  @Option(
      names = "--names",
      paramLabel = "FILE",
      description = "Names of concepts, saved from a page as names.json.")
  @Nullable Path names;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Where to write the page. Default: report.html in the bundle.")
  @Nullable Path out;

  @Spec CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  @Override
  public Integer call() {
    Path page = out == null ? bundle.resolve("report.html") : out;
    if (FactFolder.isThere(bundle)) {
      if (names != null) {
        throw new PerceptException(
            "names are given to concepts of 'percept explain', and "
                + bundle
                + " holds those of an autoencoder; leave --names out");
      }
      FactPage.write(FactFolder.read(bundle), page);
      spec.commandLine().getOut().println(page);
      return ExitCode.OK;
    }
    LoadedBundle loaded = BundleReader.read(bundle);
    Names given = names == null ? Names.NONE : Names.read(names);
    for (String stranger : given.strangers(loaded.bundle())) {
      spec.commandLine().getErr().println("percept: " + stranger);
    }
    ReportPage.write(loaded, given, page);
    spec.commandLine().getOut().println(page);
    return ExitCode.OK;
  }
}
