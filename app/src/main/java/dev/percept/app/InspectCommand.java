package dev.percept.app;

import dev.percept.engine.onnx.EngineOptions;
import dev.percept.engine.onnx.OnnxEngine;
import dev.percept.onnx.Inspection;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code percept inspect}. */
@Command(
    name = "inspect",
    description = "Lists the tensors at which a model can be cut, in order.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class InspectCommand implements Callable<Integer> {
  @Parameters(paramLabel = "MODEL", description = "An ONNX file.")
  Path model = Path.of("");

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

  @Option(names = "--all", description = "List tensors as well at which the model cannot be cut.")
  boolean all;

  @Option(names = "--json", description = "Print JSON: always every tensor.")
  boolean json;

  @Spec CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  @Override
  public Integer call() {
    EngineOptions options =
        EngineOptions.DEFAULT
            .withOutput(output)
            .withInputSize(RunOptions.atLeastOne(spec, "--input-size", inputSize, 0));
    Inspection found = OnnxEngine.inspect(model, options);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      JsonOutput.print(found, out);
    } else {
      print(found, out);
    }
    return ExitCode.OK;
  }

  private void print(Inspection found, PrintWriter out) {
    out.println(
        found.file()
            + ": opset "
            + found.opset()
            + ", "
            + found.nodes()
            + " operators, "
            + found.parameters()
            + " weights"
            + (found.producer().isEmpty() ? "" : ", written by " + found.producer()));
    out.println(
        "input  "
            + found.input()
            + "  "
            + found.inputShape()
            + "  "
            + found.inputType()
            + (found.fixedBatch() > 0 ? "  (batch fixed at " + found.fixedBatch() + ")" : ""));
    out.println(
        "logits "
            + found.logits()
            + "  "
            + found.logitsShape()
            + (found.stripped() == null ? "" : "  (before the " + found.stripped() + ")"));
    out.println();
    TextTable table =
        new TextTable("", "tensor", "operator", "shape", "clean", "spatial", "at least 0");
    int hidden = 0;
    for (Inspection.Row row : found.cuts()) {
      if (!all && !row.clean()) {
        hidden++;
        continue;
      }
      table.row(
          row.auto() ? "*" : "",
          row.tensor(),
          row.operator(),
          row.shape(),
          word(row.clean()),
          word(row.spatial()),
          word(row.nonNegative()));
    }
    table.print(out);
    if (hidden > 0) {
      out.println(hidden + " tensors that some path goes around are left out; --all lists them");
    }
    out.println(
        found.auto() == null
            ? "no tensor is fit for 'auto': name one with --layer"
            : "* what --layer auto takes");
  }

  private static String word(boolean value) {
    return value ? "yes" : "no";
  }
}
