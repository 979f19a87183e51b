package dev.percept.app;

import dev.percept.app.explain.Inputs;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

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

  /** What these options say, checked. */
  Inputs inputs(CommandSpec spec) {
    return new Inputs(
        model.model,
        model.layer,
        model.output,
        RunOptions.atLeastOne(spec, "--input-size", model.inputSize, 0),
        pictures.images,
        target,
        labels,
        pictures.normalization(spec),
        pictures.resize,
        !pictures.noAntialias,
        pictures.maxPixels(spec),
        RunOptions.atLeastOne(spec, "--max-images", maxImages, 0),
        RunOptions.atLeastOne(spec, "--batch", batch, 1));
  }
}
