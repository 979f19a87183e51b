package dev.percept.app;

import dev.percept.app.explain.TreeRequest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Whether and how concepts are taken apart. */
final class TreeOptions {
  @Option(
      names = "--recursive",
      paramLabel = "DEPTH",
      description =
          "Take concepts whose crops disagree apart at earlier layers, to this depth; the page"
              + " shows the tree.")
  @Nullable Integer recursive;

  @Option(
      names = "--layers",
      split = ",",
      paramLabel = "LAYER",
      description =
          "The earlier layers for --recursive, one a level, from later to earlier. Default: chosen,"
              + " clean, never negative, with finer and finer maps.")
  List<String> layers = new ArrayList<>();

  @Option(
      names = "--sub-concepts",
      paramLabel = "N",
      description = "Into how many sub-concepts. Default: ${DEFAULT-VALUE}.")
  int concepts = 4;

  @Option(
      names = "--agreement",
      paramLabel = "T",
      description =
          "Take a concept apart if its crops agree less than this: 0 is as much as random crops, 1"
              + " is all the same, 2 takes every concept apart. Default: ${DEFAULT-VALUE}.")
  double agreement = TreeRequest.THRESHOLD;

  @Spec(Spec.Target.MIXEE)
  CommandSpec spec = CommandSpec.create();

  @Nullable TreeRequest request() {
    if (recursive == null) {
      if (!layers.isEmpty()) {
        throw invalid("--layers", "needs --recursive DEPTH");
      }
      return null;
    }
    int depth = RunOptions.atLeastOne(spec, "--recursive", recursive, 1);
    if (!layers.isEmpty() && layers.size() != depth) {
      throw invalid(
          "--layers", "one a level of --recursive, " + depth + ", found " + layers.size());
    }
    if (concepts < 2) {
      throw invalid("--sub-concepts", "at least 2, found " + concepts);
    }
    if (!(agreement >= 0 && agreement <= 2)) {
      throw invalid("--agreement", "0 to 2, found " + agreement);
    }
    return new TreeRequest(depth, layers, concepts, agreement);
  }

  private ParameterException invalid(String option, String rule) {
    return new ParameterException(
        spec.commandLine(), "Invalid value for option '" + option + "': " + rule);
  }
}
