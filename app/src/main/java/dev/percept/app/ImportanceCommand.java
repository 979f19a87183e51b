package dev.percept.app;

import dev.percept.app.importance.ComparisonRequest;
import dev.percept.app.importance.ImportanceComparer;
import dev.percept.core.Run;
import dev.percept.image.CropGrid;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code percept importance}. */
@Command(
    name = "importance",
    description =
        "Compares ways to say how much concepts matter: finds concepts of a class once and marks each"
            + " way by concept deletion, insertion and µFidelity, beside chance.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    showDefaultValues = false)
final class ImportanceCommand implements Callable<Integer> {
  @Mixin InputOptions inputs = new InputOptions();
  @Mixin RunOptions runOptions = new RunOptions();

  @Option(
      names = "--estimator",
      paramLabel = "A,B|all",
      converter = Estimator.SeveralConverter.class,
      completionCandidates = Estimator.SeveralCandidates.class,
      description =
          "auto, jansen, occlusion, rise, hsic; with gradients: gradient-x-code,"
              + " integrated-gradients, smoothgrad; commas between them. Default: all.")
  Estimator.Several estimators = Estimator.Several.ALL;

  @Option(
      names = "--concepts",
      paramLabel = "N",
      description = "How many concepts, at least 2. Default: ${DEFAULT-VALUE}.")
  int concepts = 10;

  @Option(
      names = "--patch",
      paramLabel = "PIXELS",
      description = "Side of a crop. Default: 2/7 of the input's side, 64 at 224.")
  @Nullable Integer patch;

  @Option(
      names = "--crop-grid",
      paramLabel = "GRID",
      description = "even (every pixel is seen) or paper (the released CRAFT grid). Default: even.")
  CropGrid.Layout cropGrid = CropGrid.Layout.EVEN;

  @Option(
      names = "--extractor",
      paramLabel = "E",
      converter = Extractor.Converter.class,
      description = "nmf, semi-nmf, k-means or pca. Default: nmf.")
  Extractor extractor = Extractor.NMF;

  @Option(
      names = "--rectify",
      description =
          "Set activations below 0 to 0 before concepts are sought: what is explained is then the"
              + " model on rectified activations; what that costs is said.")
  boolean rectify;

  @Option(
      names = "--budget",
      paramLabel = "N",
      description = "Masked passes of sampled Sobol indices at most. Default: 200000.")
  @Nullable Integer budget;

  @Option(
      names = {"-o", "--output-dir"},
      required = true,
      paramLabel = "DIR",
      description = "Where importance-comparison.json and importance.html are written.")
  Path out = Path.of("");

  @Option(names = "--json", description = "Print importance-comparison.json instead of a table.")
  boolean json;

  @Spec CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  @Override
  public Integer call() {
    PrintWriter err = spec.commandLine().getErr();
    int r = RunOptions.atLeastOne(spec, "--concepts", concepts, 1);
    if (budget != null) {
      RunOptions.atLeastOne(spec, "--budget", budget, 1);
    }
    ComparisonRequest request =
        new ComparisonRequest(
            inputs.inputs(spec).withRectify(rectify),
            RunOptions.atLeastOne(spec, "--patch", patch, 0),
            cropGrid,
            extractor.of(r),
            estimators.estimators().stream().map(e -> e.contender(budget)).toList(),
            Estimator.sobol(budget),
            Versions.all(),
            out);
    Run run = runOptions.run().withProgress(ConsoleProgress.onStandardError(err));
    ImportanceComparer.Written written = ImportanceComparer.compare(request, run);
    written.notes().forEach(note -> err.println("percept: " + note));
    written
        .comparison()
        .missing()
        .forEach(m -> err.println("percept: " + m.name() + " is left out: " + m.why()));
    if (json) {
      JsonOutput.print(written.comparison(), spec.commandLine().getOut());
    } else {
      ComparisonTable.print(written.comparison(), spec.commandLine().getOut());
      spec.commandLine().getOut().println("page: " + written.page());
    }
    return ExitCode.OK;
  }
}
