package dev.percept.app;

import dev.percept.image.Normalization;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Options that name the network which says whether what a concept shows looks alike. */
final class JudgeOptions {
  @Option(
      names = "--judge",
      paramLabel = "FILE",
      description =
          "An ONNX model whose features say whether two places look alike; best one trained"
              + " without labels, such as DINOv2.")
  @Nullable Path judge;

  @Option(
      names = "--judge-layer",
      paramLabel = "TENSOR",
      description =
          "The tensor of its features: a feature map or tokens. Default: its only output.")
  @Nullable String layer;

  @Option(
      names = "--judge-preprocess",
      paramLabel = "PRESET",
      converter = PictureOptions.NormalizationConverter.class,
      description = "How pixel values become its inputs. Default: imagenet.")
  @Nullable Normalization preprocess;

  /** Refuses what says something about a judge that is not named. */
  void check(CommandSpec spec) {
    if (judge == null && (layer != null || preprocess != null)) {
      throw new ParameterException(
          spec.commandLine(),
          (layer != null ? "'--judge-layer'" : "'--judge-preprocess'")
              + " belongs to a judge of your own: name it with '--judge FILE'");
    }
  }

  /** What {@link #preprocess} is, or what it is by default. */
  Normalization normalization() {
    return preprocess == null ? Normalization.IMAGENET : preprocess;
  }
}
