package dev.percept.app;

import dev.percept.core.Grid;
import dev.percept.engine.onnx.EngineOptions;
import dev.percept.engine.onnx.OnnxEngine;
import dev.percept.onnx.Inspection;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
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
    Inspection.Texts texts = found.texts();
    if (texts == null) {
      out.println(
          "input  "
              + found.input()
              + "  "
              + found.inputShape()
              + "  "
              + found.inputType()
              + fixedBatch(found));
    } else {
      for (Inspection.TextInput input : texts.inputs()) {
        out.println(
            "input  "
                + input.name()
                + "  "
                + texts.shape()
                + "  "
                + input.type()
                + "  ("
                + input.role()
                + ")"
                + fixedBatch(found));
      }
      out.println(
          "texts  of up to "
              + texts.maxTokens()
              + " tokens"
              + (texts.vocabulary() > 0 ? " out of " + texts.vocabulary() : ""));
      out.println(
          "head   "
              + (texts.reads() == null
                  ? "does not depend on the words"
                  : "reads " + texts.reads()));
    }
    out.println(
        "logits "
            + found.logits()
            + "  "
            + found.logitsShape()
            + (found.stripped() == null ? "" : "  (before the " + found.stripped() + ")"));
    out.println();
    TextTable table =
        new TextTable("", "tensor", "operator", "shape", "places", "clean", "at least 0");
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
          places(row),
          word(row.clean()),
          word(row.nonNegative()));
    }
    table.print(out);
    if (hidden > 0) {
      out.println(hidden + " tensors that some path goes around are left out; --all lists them");
    }
    explainPlaces(found, out);
    out.println(
        found.auto() == null
            ? "no tensor is fit for 'auto': name one with --layer"
            : "* what --layer auto takes");
  }

  /** {@code 14 x 14}, with other tokens {@code 1 + 14 x 14}; a dash where no cut is possible. */
  private static String places(Inspection.Row row) {
    return row.rows() == 0
        ? "-"
        : new Grid(row.rows(), row.columns(), row.leading(), row.trailing())
            + (row.reaches() ? "" : " !");
  }

  /** What the signs in the column of places mean, where there are any. */
  private static void explainPlaces(Inspection found, PrintWriter out) {
    List<Inspection.Row> tokens =
        found.cuts().stream().filter(r -> r.leading() + r.trailing() > 0).toList();
    if (tokens.stream().anyMatch(r -> r.layout().equals("graph"))) {
      out.println(
          "1 + 14 x 14: 1 token that is no place (class token, registers; the graph joins it to the"
              + " patches), and 14 x 14 patches");
    }
    if (tokens.stream().anyMatch(r -> r.layout().equals("count"))) {
      out.println(
          "the graph does not say which tokens are patches: where there is one more than a square,"
              + " the first is taken for a class token");
    }
    if (found.cuts().stream().anyMatch(r -> !r.reaches())) {
      out.println(
          "! what patches hold there does not reach the logits, which are read at other tokens");
    }
  }

  private static String fixedBatch(Inspection found) {
    return found.fixedBatch() > 0 ? "  (batch fixed at " + found.fixedBatch() + ")" : "";
  }

  private static String word(boolean value) {
    return value ? "yes" : "no";
  }
}
