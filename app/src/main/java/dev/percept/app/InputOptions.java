package dev.percept.app;

import dev.percept.app.explain.Inputs;
import dev.percept.app.explain.ModelDefaults;
import dev.percept.onnx.OnnxModel;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;

/** Options that name a model, a class and pictures of it. */
final class InputOptions {
  @Mixin ModelOptions model = new ModelOptions();
  @Mixin PictureOptions pictures = new PictureOptions();

  @Option(
      names = {"-c", "--class"},
      required = true,
      paramLabel = "CLASS|each",
      description =
          "The class: an index, a wnid or a name; 'each' explains every sub-folder as a class.")
  String target = "";

  @Option(
      names = "--labels",
      paramLabel = "FILE",
      description = "Names of the classes: one a line, TSV (index, [wnid], name) or JSON.")
  @Nullable Path labels;

  @Option(
      names = "--max-images",
      paramLabel = "N",
      description = "Take a random sample of at most N pictures a class.")
  @Nullable Integer maxImages;

  @Option(
      names = "--batch",
      paramLabel = "N",
      description = "Pictures a batch; memory grows with it. Default: ${DEFAULT-VALUE}.")
  int batch = 8;

  private static boolean given(CommandSpec spec, String... options) {
    ParseResult given = spec.commandLine().getParseResult();
    return Arrays.stream(options).anyMatch(given::hasMatchedOption);
  }

  /** What these options say, checked; for what they leave open the model's file is asked. */
  Inputs inputs(CommandSpec spec) {
    ModelDefaults said = ModelDefaults.of(OnnxModel.metadata(model.model));
    return new Inputs(
        model.model,
        model.layer,
        model.output,
        RunOptions.atLeastOne(spec, "--input-size", model.inputSize, 0),
        pictures.images(spec),
        target,
        labels,
        given(spec, "--preprocess", "--mean", "--std", "--scale", "--bgr")
            ? pictures.normalization(spec)
            : said.normalization().orElseGet(() -> pictures.normalization(spec)),
        given(spec, "--resize") ? pictures.resize : said.resize().orElse(pictures.resize),
        !pictures.noAntialias && said.antialias().orElse(true),
        pictures.maxPixels(spec),
        RunOptions.atLeastOne(spec, "--max-images", maxImages, 0),
        RunOptions.atLeastOne(spec, "--batch", batch, 1));
  }
}
