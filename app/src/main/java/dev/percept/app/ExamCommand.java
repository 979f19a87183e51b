package dev.percept.app;

import dev.percept.app.exam.CraftExplainer;
import dev.percept.app.exam.CraftRater;
import dev.percept.app.exam.ExamTables;
import dev.percept.app.explain.TemporaryFolder;
import dev.percept.core.Run;
import dev.percept.engine.onnx.EngineOptions;
import dev.percept.engine.onnx.OnnxEngine;
import dev.percept.engine.onnx.OnnxSplitModel;
import dev.percept.engine.torch.TorchEngine;
import dev.percept.engine.torch.TorchOptions;
import dev.percept.engine.torch.TorchSplitModel;
import dev.percept.zoo.EmbeddedModel;
import dev.percept.zoo.exam.Exam;
import dev.percept.zoo.exam.ExamReport;
import dev.percept.zoo.exam.ImportanceExam;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
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

  @Option(
      names = "--estimator",
      paramLabel = "A,B|all",
      converter = Estimator.SeveralConverter.class,
      completionCandidates = Estimator.SeveralCandidates.class,
      description =
          "Marks estimators of importance instead, on the same concepts: which of them agrees best"
              + " with causal effects. Names as in 'percept importance'.")
  Estimator.@Nullable Several estimators;

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
      if (estimators != null) {
        compare(model, folder.path(), r, estimators.estimators(), run);
        return ExitCode.OK;
      }
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

  private void compare(
      OnnxSplitModel model, Path folder, int r, List<Estimator> estimators, Run run) {
    try (TorchSplitModel gradients =
        TorchEngine.open(EmbeddedModel.copyTo(folder), EmbeddedModel.LAYER, TorchOptions.DEFAULT)) {
      CraftRater rater =
          new CraftRater(
              model,
              gradients,
              extractor.of(r),
              estimators.stream().map(e -> e.contender(null)).toList());
      List<ImportanceExam.Mark> marks =
          new ImportanceExam(model, rater, Exam.Options.STANDARD).take(run);
      if (json) {
        JsonOutput.print(marks, spec.commandLine().getOut());
      } else {
        ExamTables.estimators(marks, spec.commandLine().getOut());
      }
    }
  }
}
