package dev.percept.app;

import dev.percept.app.exam.BcosExam;
import dev.percept.app.exam.C2Exam;
import dev.percept.app.exam.CraftExplainer;
import dev.percept.app.exam.CraftRater;
import dev.percept.app.exam.EmbeddedFact;
import dev.percept.app.exam.ExamTables;
import dev.percept.app.exam.MapsExam;
import dev.percept.app.exam.TextsExam;
import dev.percept.app.exam.TreeExam;
import dev.percept.app.explain.MapRequest;
import dev.percept.app.explain.TemporaryFolder;
import dev.percept.core.ConceptExtractor;
import dev.percept.core.Examples;
import dev.percept.core.Run;
import dev.percept.core.SplitModel;
import dev.percept.engine.onnx.EngineOptions;
import dev.percept.engine.onnx.OnnxEngine;
import dev.percept.engine.onnx.OnnxSplitModel;
import dev.percept.engine.onnx.OnnxTextModel;
import dev.percept.engine.torch.TorchEngine;
import dev.percept.engine.torch.TorchOptions;
import dev.percept.engine.torch.TorchSplitModel;
import dev.percept.methods.metric.c2.ConceptMaps;
import dev.percept.text.Tokenizer;
import dev.percept.zoo.exam.Exam;
import dev.percept.zoo.exam.ExamReport;
import dev.percept.zoo.exam.ImportanceExam;
import dev.percept.zoo.reviews.EmbeddedReviews;
import dev.percept.zoo.reviews.exam.PairExam;
import dev.percept.zoo.reviews.exam.WordExam;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code percept exam}. */
@Command(
    name = "exam",
    description =
        "Marks explanations of an embedded model against pictures whose truth is known: which part"
            + " is where, and how far the model's answer falls without it.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ExamCommand implements Callable<Integer> {
  @Mixin RunOptions runOptions = new RunOptions();

  @Option(
      names = "--model",
      paramLabel = "M",
      converter = ExamModel.Converter.class,
      description =
          "cnn, a residual network, vit, a vision transformer, or bcos, a B-cos network with sparse"
              + " autoencoders, whose concepts are inside it. Default: cnn.")
  ExamModel which = ExamModel.CNN;

  @Option(
      names = "--sae",
      paramLabel = "FOLDER",
      description =
          "For the bcos model: another autoencoder of its activations, as 'percept sae train' writes"
              + " it. Default: the embedded one of its last stage.")
  @Nullable Path sae;

  @Option(
      names = "--concepts",
      paramLabel = "N",
      description = "How many concepts a class. Default: ${DEFAULT-VALUE}.")
  int concepts = 10;

  @Option(
      names = "--extractor",
      paramLabel = "E",
      converter = Extractor.Converter.class,
      description =
          "nmf, semi-nmf, k-means or pca. Default: nmf; for the others, whose features have"
              + " signs, semi-nmf.")
  @Nullable Extractor extractor;

  @Option(
      names = "--estimator",
      paramLabel = "A,B|all",
      converter = Estimator.SeveralConverter.class,
      completionCandidates = Estimator.SeveralCandidates.class,
      description =
          "Marks estimators of importance instead, on the same concepts: which of them agrees best"
              + " with causal effects. Names as in 'percept importance'.")
  Estimator.@Nullable Several estimators;

  @Option(
      names = "--maps",
      split = ",",
      paramLabel = "METHOD",
      completionCandidates = MapOptions.Candidates.class,
      description =
          "Another exam: do maps of the concepts by these attribution methods find parts better"
              + " than up-sampled codes? Those that take gradients need libtorch.")
  List<String> maps = new ArrayList<>();

  @Option(
      names = "--recursive",
      paramLabel = "DEPTH",
      description =
          "Another exam: do parts that one concept mixes come apart at an earlier layer? DEPTH is"
              + " 1.")
  @Nullable Integer recursive;

  @Option(
      names = "--c2",
      description =
          "Another exam: does what a concept shows in different pictures look alike to a judge?"
              + " CRAFT beside concepts of all classes and single channels, on the same pictures.")
  boolean consistency;

  @Mixin JudgeOptions judgeOptions = new JudgeOptions();

  @Option(
      names = "--texts",
      description =
          "Another exam, of the embedded model of reviews: do words that carry a concept stand"
              + " where the topic is spoken of, and are classes that share their words called"
              + " overlapping?")
  boolean texts;

  @Option(
      names = "--scenes",
      paramLabel = "N",
      description =
          "Pictures of each species for --maps, --recursive and --c2. Default: 20, 60 and 60.")
  @Nullable Integer scenes;

  @Option(names = "--json", description = "Print JSON instead of tables.")
  boolean json;

  @Spec CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  @Override
  public Integer call() {
    Run run =
        runOptions.run().withProgress(ConsoleProgress.onStandardError(spec.commandLine().getErr()));
    int r = RunOptions.atLeastOne(spec, "--concepts", concepts, 1);
    MapRequest request = request(r);
    if (texts) {
      ofTexts(r, run);
      return ExitCode.OK;
    }
    if (which == ExamModel.BCOS) {
      ofBcos(r, run);
      return ExitCode.OK;
    }
    try (TemporaryFolder folder = TemporaryFolder.create();
        OnnxSplitModel model =
            OnnxEngine.open(which.copyTo(folder.path()), which.layer(), EngineOptions.DEFAULT)) {
      if (estimators != null) {
        compare(model, folder.path(), r, estimators.estimators(), run);
        return ExitCode.OK;
      }
      CraftExplainer explainer = new CraftExplainer(model, extractor(r));
      if (!maps.isEmpty()) {
        print(MapsExam.take(model, explainer, request, count(20), run), MapsExam::print);
        return ExitCode.OK;
      }
      if (consistency) {
        print(alike(model, pictures -> Map.of(), r, run), C2Exam::print);
        return ExitCode.OK;
      }
      if (recursive != null) {
        print(TreeExam.take(model, explainer, extractor(r), count(60), run), TreeExam::print);
        return ExitCode.OK;
      }
      ExamReport report = new Exam(model, explainer, Exam.Options.STANDARD).take(run);
      print(report, ExamTables::print);
    }
    return ExitCode.OK;
  }

  private void ofTexts(int r, Run run) {
    try (TemporaryFolder folder = TemporaryFolder.create();
        OnnxTextModel model =
            OnnxEngine.openText(
                EmbeddedReviews.copyTo(folder.path()),
                EmbeddedReviews.LAYER,
                EngineOptions.DEFAULT);
        Tokenizer tokenizer = EmbeddedReviews.tokenizer()) {
      print(
          TextsExam.take(model, tokenizer, extractor(r), WordExam.STANDARD, PairExam.STANDARD, run),
          TextsExam::print);
    }
  }

  private void compare(
      OnnxSplitModel model, Path folder, int r, List<Estimator> estimators, Run run) {
    try (TorchSplitModel gradients =
        TorchEngine.open(which.copyTo(folder), which.layer(), TorchOptions.DEFAULT)) {
      CraftRater rater =
          new CraftRater(
              model,
              gradients,
              extractor(r),
              estimators.stream().map(e -> e.contender(null)).toList());
      List<ImportanceExam.Mark> marks =
          new ImportanceExam(model, rater, Exam.Options.STANDARD).take(run);
      print(marks, ExamTables::estimators);
    }
  }

  private void ofBcos(int r, Run run) {
    try (TemporaryFolder folder = TemporaryFolder.create();
        EmbeddedFact fact = EmbeddedFact.open(folder.path(), sae, run.threads())) {
      if (consistency) {
        print(alike(fact.colours(), pictures -> fact.maps(pictures, run), r, run), C2Exam::print);
      } else {
        print(
            BcosExam.take(fact.colours(), fact.bank(), extractor(r), r, Exam.Options.STANDARD, run),
            BcosExam::print);
      }
    }
  }

  private C2Exam.Report alike(
      SplitModel model, Function<Examples, Map<String, ConceptMaps>> further, int r, Run run) {
    C2Exam exam = new C2Exam(model, extractor(r), count(60));
    try (C2Judge judge = C2Judge.open(judgeOptions, which, exam.pictures(), run)) {
      return exam.take(judge.judge(), judge.words(), r, further.apply(exam.pictures()), run);
    }
  }

  private ConceptExtractor extractor(int r) {
    return (extractor == null ? which.extractor() : extractor).of(r);
  }

  private <T> void print(T report, BiConsumer<T, PrintWriter> table) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      JsonOutput.print(report, out);
    } else {
      table.accept(report, out);
    }
  }

  private MapRequest request(int r) {
    if (recursive != null && recursive != 1) {
      throw invalid("Invalid value for option '--recursive': 1, found " + recursive);
    }
    int exams =
        (maps.isEmpty() ? 0 : 1)
            + (recursive == null ? 0 : 1)
            + (estimators == null ? 0 : 1)
            + (consistency ? 1 : 0)
            + (texts ? 1 : 0);
    if (exams > 1) {
      throw invalid(
          "'--maps', '--recursive', '--estimator', '--c2' and '--texts' are exams of their own:"
              + " give one of them");
    }
    judgeOptions.check(spec);
    if (which == ExamModel.BCOS && exams > (consistency ? 1 : 0)) {
      throw invalid("'--model bcos' takes the exam itself and '--c2', found another");
    }
    if (sae != null && which != ExamModel.BCOS) {
      throw invalid("'--sae' belongs to '--model bcos'");
    }
    if (judgeOptions.judge != null && !consistency) {
      throw invalid("'--judge' is asked by '--c2' alone");
    }
    if (texts && which != ExamModel.CNN) {
      throw invalid("'--model' names a model of pictures, '--texts' asks one of texts");
    }
    if (scenes != null && scenes < 10) {
      throw invalid("Invalid value for option '--scenes': at least 10, found " + scenes);
    }
    MapRequest request = MapOptions.request(spec, maps, 1);
    request.check(extractor(r));
    return request;
  }

  private ParameterException invalid(String sentence) {
    return new ParameterException(spec.commandLine(), sentence);
  }

  private int count(int otherwise) {
    return scenes == null ? otherwise : scenes;
  }
}
