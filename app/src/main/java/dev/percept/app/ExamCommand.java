package dev.percept.app;

import dev.percept.app.exam.CraftExplainer;
import dev.percept.app.exam.ExamTables;
import dev.percept.app.explain.TemporaryFolder;
import dev.percept.core.Run;
import dev.percept.engine.onnx.EngineOptions;
import dev.percept.engine.onnx.OnnxEngine;
import dev.percept.engine.onnx.OnnxSplitModel;
import dev.percept.zoo.EmbeddedModel;
import dev.percept.zoo.exam.Exam;
import dev.percept.zoo.exam.ExamReport;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code percept exam}. */
@Command(
    name = "exam",
    description =
        "Marks explanations of the embedded model against pictures whose truth is known: which part"
            + " is where, and how far the model's answer falls without it.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ExamCommand implements Callable<Integer> {
  @Mixin RunOptions runOptions = new RunOptions();

  @Option(
      names = "--concepts",
      paramLabel = "N",
      description = "How many concepts a class. Default: ${DEFAULT-VALUE}.")
  int concepts = 10;

  @Option(
      names = "--extractor",
      paramLabel = "E",
      converter = Extractor.Converter.class,
      description = "nmf, semi-nmf, k-means or pca. Default: nmf.")
  Extractor extractor = Extractor.NMF;

  @Option(names = "--json", description = "Print JSON instead of tables.")
  boolean json;

  @Spec CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  @Override
  public Integer call() {
    Run run =
        runOptions.run().withProgress(ConsoleProgress.onStandardError(spec.commandLine().getErr()));
    int r = RunOptions.atLeastOne(spec, "--concepts", concepts, 1);
    try (TemporaryFolder folder = TemporaryFolder.create();
        OnnxSplitModel model =
            OnnxEngine.open(
                EmbeddedModel.copyTo(folder.path()), EmbeddedModel.LAYER, EngineOptions.DEFAULT)) {
      CraftExplainer explainer = new CraftExplainer(model, extractor.of(r));
      ExamReport report = new Exam(model, explainer, Exam.Options.STANDARD).take(run);
      if (json) {
        JsonOutput.print(report, spec.commandLine().getOut());
      } else {
        ExamTables.print(report, spec.commandLine().getOut());
      }
    }
    return ExitCode.OK;
  }
}
