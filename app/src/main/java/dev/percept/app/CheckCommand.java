package dev.percept.app;

import dev.percept.core.Labels;
import dev.percept.core.PerceptException;
import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import dev.percept.engine.onnx.EngineOptions;
import dev.percept.engine.onnx.OnnxEngine;
import dev.percept.engine.onnx.OnnxSplitModel;
import dev.percept.image.LabelFile;
import dev.percept.image.Normalization;
import dev.percept.image.PictureFolder;
import dev.percept.image.PictureReader;
import dev.percept.image.Pictures;
import dev.percept.image.Preprocessing;
import dev.percept.image.PreprocessingCheck;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code percept check}. */
@Command(
    name = "check",
    description =
        "Tries every preprocessing on pictures whose class is known, and says which one the model"
            + " was trained with. Wrong preprocessing makes no error message, only wrong"
            + " explanations.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class CheckCommand implements Callable<Integer> {
  @Mixin ModelOptions model = new ModelOptions();
  @Mixin PictureOptions pictures = new PictureOptions();
  @Mixin RunOptions runOptions = new RunOptions();

  @Option(
      names = "--labels",
      paramLabel = "FILE",
      description = "Names of the classes: one a line, TSV (index, [wnid], name) or JSON.")
  @Nullable Path labels;

  @Option(
      names = "--max-images",
      paramLabel = "N",
      description = "Take a random sample of at most N pictures.")
  @Nullable Integer maxImages;

  @Option(
      names = "--batch",
      paramLabel = "N",
      description = "Pictures a batch. Default: ${DEFAULT-VALUE}.")
  int batch = 8;

  @Option(names = "--json", description = "Print JSON instead of a table.")
  boolean json;

  @Spec CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  @Override
  public Integer call() {
    EngineOptions options =
        EngineOptions.DEFAULT
            .withBatch(RunOptions.atLeastOne(spec, "--batch", batch, 1))
            .withOutput(model.output)
            .withInputSize(RunOptions.atLeastOne(spec, "--input-size", model.inputSize, 0));
    Run run =
        runOptions.run().withProgress(ConsoleProgress.onStandardError(spec.commandLine().getErr()));
    try (OnnxSplitModel opened = OnnxEngine.open(model.model, model.layer, options)) {
      PreprocessingCheck check = check(opened, run);
      if (json) {
        JsonOutput.print(check, spec.commandLine().getOut());
      } else {
        print(check, spec.commandLine().getOut());
      }
    }
    return ExitCode.OK;
  }

  private PreprocessingCheck check(OnnxSplitModel opened, Run run) {
    Labels names = labels == null ? Labels.numbered(opened.outputs()) : LabelFile.read(labels);
    names
        .mismatch(opened.outputs())
        .ifPresent(
            sentence -> {
              throw new PerceptException(sentence);
            });
    PictureFolder folder = PictureFolder.scan(pictures.images(spec));
    int most = RunOptions.atLeastOne(spec, "--max-images", maxImages, 0);
    Pictures all =
        Pictures.open(
            most > 0 ? folder.sample(most, run) : folder,
            Preprocessing.of(
                opened.inputShape(), pictures.resize, !pictures.noAntialias, Normalization.UNIT),
            new PictureReader(pictures.maxPixels(spec)),
            run);
    all.skipped().forEach(s -> spec.commandLine().getErr().println("percept: skipped " + s));
    List<Integer> known = new ArrayList<>();
    List<Integer> truth = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      OptionalInt index = all.folder(i).map(names::matchFolder).orElse(OptionalInt.empty());
      if (index.isPresent()) {
        known.add(i);
        truth.add(index.getAsInt());
      }
    }
    if (known.isEmpty()) {
      throw new PerceptException(
          "no sub-folder of '"
              + folder.name()
              + "' is named after a class, so no right answer is known; name the sub-folders by"
              + " index, wnid or label, and give the names of the classes with --labels");
    }
    if (known.size() < all.size()) {
      spec.commandLine()
          .getErr()
          .println(
              "percept: "
                  + (all.size() - known.size())
                  + " pictures lie in no sub-folder that names a class and are left out");
    }
    Pictures asked = all.select(known);
    // More than there are would only overflow a sum.
    int each = Math.min(batch, asked.size());
    return PreprocessingCheck.run(
        Normalization.presets(),
        truth,
        each * run.threads(),
        (normalization, from, to) -> logits(opened, asked.with(normalization), each, from, to, run),
        run);
  }

  /** Logits of some pictures, in parallel pieces. */
  private static Tensor logits(
      OnnxSplitModel opened, Pictures asked, int each, int from, int to, Run run) {
    int outputs = opened.outputs();
    float[] all = new float[(to - from) * outputs];
    run.parallel(
        (to - from + each - 1) / each,
        b -> {
          int first = from + b * each;
          int last = Math.min(to, first + each);
          opened
              .logits(asked.batch(first, last))
              .copyTo(0, all, (first - from) * outputs, (last - first) * outputs);
        });
    return Tensor.wrap(Shape.of(to - from, outputs), all);
  }

  private static void print(PreprocessingCheck check, PrintWriter out) {
    out.println(
        check.pictures()
            + " pictures of "
            + check.classes()
            + " classes, ranked over all "
            + check.outputs()
            + " classes of the model");
    TextTable table =
        new TextTable(
            "preset", ">top-1", ">95 % interval", ">top-5", ">behind the best", ">95 % interval");
    for (PreprocessingCheck.Row row : check.rows()) {
      boolean best = row.equals(check.rows().get(0));
      table.row(
          row.normalization().name(),
          Format.percent(row.top1()),
          Format.percent(row.low()) + " to " + Format.percent(row.high()),
          Format.percent(row.top5()),
          best ? "" : Format.percent(row.behindBest().difference()),
          best
              ? ""
              : Format.percent(row.behindBest().low())
                  + " to "
                  + Format.percent(row.behindBest().high()));
    }
    table.print(out);
    out.println(check.verdict());
  }
}
