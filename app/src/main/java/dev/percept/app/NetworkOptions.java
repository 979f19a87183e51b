package dev.percept.app;

import dev.percept.app.fact.NetworkSource;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that name a B-cos network or an ordinary one. */
final class NetworkOptions {
  @Option(
      names = {"-m", "--model"},
      required = true,
      paramLabel = "FILE",
      description =
          "A B-cos network (.safetensors with its .json beside it), a checkpoint of the public ones"
              + " (.pth, with --architecture), or an ONNX file where an ordinary network will do.")
  Path model = Path.of("");

  @Option(
      names = "--architecture",
      paramLabel = "A",
      description =
          "What a checkpoint is of: resnet18, resnet34, resnet50, densenet121, simple-vit-ti (-s,"
              + " -b), vitc-ti (-s, -b) or cifar-resnet20.")
  @Nullable String architecture;

  @Option(
      names = "--labels",
      paramLabel = "FILE",
      description =
          "Names of the classes: one a line, TSV (index, [wnid], name) or JSON. Default: those that"
              + " come with the model.")
  @Nullable Path labels;

  /** What these options say. */
  NetworkSource source() {
    return new NetworkSource(model, architecture, labels);
  }
}
