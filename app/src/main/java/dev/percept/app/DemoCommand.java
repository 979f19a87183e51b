package dev.percept.app;

import dev.percept.app.explain.ExplainRequest;
import dev.percept.app.explain.Explanation;
import dev.percept.app.explain.Inputs;
import dev.percept.app.explain.PictureExplainer;
import dev.percept.app.explain.TemporaryFolder;
import dev.percept.bundle.BundleWriter;
import dev.percept.core.Run;
import dev.percept.zoo.DemoPictures;
import dev.percept.zoo.EmbeddedModel;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code percept demo}. */
@Command(
    name = "demo",
    description =
        "Explains the embedded model, class by class, on pictures that Percept draws itself, and"
            + " says where the page is.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class DemoCommand implements Callable<Integer> {
  @Mixin RunOptions runOptions = new RunOptions();

  @Option(
      names = {"-o", "--output-dir"},
      paramLabel = "DIR",
      description = "Where to write. Default: ${DEFAULT-VALUE}.")
  Path out = Path.of("percept-demo");

  @Option(names = "--json", description = "Print importance.json instead of a table.")
  boolean json;

  @Spec CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  @Override
  public Integer call() {
    PrintWriter err = spec.commandLine().getErr();
    BundleWriter.checkTarget(out);
    Run run = runOptions.run();
    // The same way as a user's own model goes: files in, a bundle out.
    try (TemporaryFolder inputs = TemporaryFolder.create()) {
      Path model = EmbeddedModel.copyTo(inputs.path());
      Path pictures = inputs.path().resolve("creatures");
      DemoPictures.write(pictures, DemoPictures.PER_SPECIES, run);
      ExplainRequest request =
          ExplainRequest.of(
              Inputs.of(model, pictures).withLabels(inputs.path().resolve(EmbeddedModel.LABELS)),
              out);
      Explanation explanation =
          PictureExplainer.explain(request, run, ConsoleProgress.onStandardError(err));
      Outcome.print(explanation, json, spec.commandLine().getOut(), err);
    }
    return ExitCode.OK;
  }
}
