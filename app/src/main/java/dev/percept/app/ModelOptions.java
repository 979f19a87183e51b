package dev.percept.app;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that name a model and its cut. */
final class ModelOptions {
  @Option(
      names = {"-m", "--model"},
      required = true,
      paramLabel = "FILE",
      description = "The model, an ONNX file.")
  Path model = Path.of("");

  @Option(
      names = "--layer",
      paramLabel = "TENSOR",
      description =
          "Where to cut the model: a tensor that 'percept inspect' lists, or 'auto'."
              + " Default: ${DEFAULT-VALUE}.")
  String layer = "auto";

  @Option(
      names = "--output",
      paramLabel = "TENSOR",
      description = "The logits, where the model has several outputs.")
  @Nullable String output;

  @Option(
      names = "--input-size",
      paramLabel = "N",
      description = "Side of the input in pixels, where the model leaves it open.")
  @Nullable Integer inputSize;
}
