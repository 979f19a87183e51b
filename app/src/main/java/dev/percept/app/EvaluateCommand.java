package dev.percept.app;

import dev.percept.app.evaluate.EvaluateRequest;
import dev.percept.app.evaluate.MethodsEvaluator;
import dev.percept.app.evaluate.MetricChoice;
import dev.percept.app.explain.Inputs;
import dev.percept.bundle.Evaluation;
import dev.percept.core.Run;
import dev.percept.methods.attribution.AttributionMethod;
import dev.percept.methods.attribution.AttributionMethods;
import dev.percept.methods.attribution.AttributionSettings;
import dev.percept.methods.attribution.Baseline;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code percept evaluate}. */
@Command(
    name = "evaluate",
    description =
        "Measures which attribution method to believe on a model: a table of methods by metrics"
            + " beside random maps, as a page, evaluation.html, and as evaluation.json.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class EvaluateCommand implements Callable<Integer> {
  private static final String ALL = "all";

  @Mixin InputOptions inputs = new InputOptions();
  @Mixin RunOptions runOptions = new RunOptions();

  @Option(
      names = "--method",
      split = ",",
      paramLabel = "M",
      description = "Methods, by name; 'all' for all. Default: ${DEFAULT-VALUE}.",
      defaultValue = "occlusion,rise,saliency,integrated-gradients,smoothgrad,grad-cam")
  List<String> methods = new ArrayList<>();

  @Option(
      names = "--metric",
      split = ",",
      paramLabel = "M",
      description =
          "Metrics: deletion, insertion, mufidelity, average-stability, sensitivity-max, sparseness,"
              + " complexity, model-randomisation, random-logit, and with --masks pointing-game,"
              + " relevance-mass, relevance-rank. Default: all that are possible.",
      defaultValue = ALL)
  List<String> metrics = new ArrayList<>();

  @Option(
      names = "--baseline",
      paramLabel = "B",
      description =
          "What stands for pixels that methods and metrics take away: zero (after preprocessing),"
              + " mean (of the picture), blur or noise. It decides the winner; try two. Default:"
              + " ${DEFAULT-VALUE}.")
  String baseline = "zero";

  @Option(
      names = "--steps",
      paramLabel = "N",
      description = "Steps of deletion and insertion. Default: ${DEFAULT-VALUE}.")
  int steps = 20;

  @Option(
      names = "--subsets",
      paramLabel = "N",
      description = "Random subsets of µFidelity. Default: ${DEFAULT-VALUE}.")
  int subsets = 100;

  @Option(
      names = "--rise-masks",
      paramLabel = "N",
      description = "Masks of RISE. Default: ${DEFAULT-VALUE}.")
  int riseMasks = 4000;

  @Option(
      names = "--reruns",
      paramLabel = "N",
      description =
          "Metrics that run a method again (stability, sensitivity, randomisation, random logit) look"
              + " at the first N pictures of each class. Default: ${DEFAULT-VALUE}.")
  int reruns = 10;

  @Option(
      names = "--masks",
      paramLabel = "FOLDER",
      description =
          "Masks: a folder laid out as that of the pictures, with a picture of the same name for"
              + " each, white where the thing is.")
  @Nullable Path masks;

  @Option(
      names = {"-o", "--output-dir"},
      required = true,
      paramLabel = "DIR",
      description = "Where to write evaluation.json and evaluation.html.")
  Path out = Path.of("");

  @Option(names = "--json", description = "Print evaluation.json instead of a table.")
  boolean json;

  @Spec CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  @Override
  public Integer call() {
    EvaluateRequest request = request();
    Run run =
        runOptions.run().withProgress(ConsoleProgress.onStandardError(spec.commandLine().getErr()));
    Evaluation evaluation = MethodsEvaluator.evaluate(request, run);
    evaluation.notes().forEach(n -> spec.commandLine().getErr().println("percept: " + n));
    if (json) {
      JsonOutput.print(evaluation, spec.commandLine().getOut());
    } else {
      EvaluationTable.print(evaluation, spec.commandLine().getOut());
      spec.commandLine().getOut().println("page: " + out.resolve(MethodsEvaluator.PAGE));
    }
    return ExitCode.OK;
  }

  private EvaluateRequest request() {
    Inputs in = inputs.inputs(spec);
    Baseline chosen = baseline();
    AttributionSettings settings =
        AttributionSettings.defaults().withBaseline(chosen).withBatch(in.batch());
    settings =
        settings.withPasses(
            settings.steps(),
            atLeast("--rise-masks", riseMasks, 2),
            settings.designs(),
            settings.samples(),
            settings.copies());
    List<AttributionMethod<?>> asked = chosenMethods();
    List<MetricChoice> by = chosenMetrics();
    return new EvaluateRequest(
        in,
        asked,
        settings,
        by,
        new MetricChoice.Options(
            chosen, atLeast("--steps", steps, 1), atLeast("--subsets", subsets, 2), 7, in.batch()),
        atLeast("--reruns", reruns, 1),
        masks,
        options(in, asked, by),
        Versions.all(),
        out);
  }

  private Map<String, String> options(
      Inputs in, List<AttributionMethod<?>> asked, List<MetricChoice> by) {
    Map<String, String> options = new TreeMap<>(in.preprocessOptions());
    options.put(
        "method", asked.stream().map(AttributionMethod::name).collect(Collectors.joining(",")));
    options.put("metric", by.stream().map(MetricChoice::toString).collect(Collectors.joining(",")));
    options.put("baseline", baseline);
    options.put("steps", Integer.toString(steps));
    options.put("subsets", Integer.toString(subsets));
    options.put("rise-masks", Integer.toString(riseMasks));
    options.put("reruns", Integer.toString(reruns));
    if (in.maxImages() > 0) {
      options.put("max-images", Integer.toString(in.maxImages()));
    }
    return options;
  }

  private List<AttributionMethod<?>> chosenMethods() {
    if (methods.equals(List.of(ALL))) {
      return AttributionMethods.all();
    }
    List<AttributionMethod<?>> chosen = new ArrayList<>();
    for (String name : methods.stream().distinct().toList()) {
      chosen.add(
          AttributionMethods.named(name)
              .orElseThrow(
                  () ->
                      unknown(
                          "--method",
                          name,
                          AttributionMethods.all().stream().map(AttributionMethod::name))));
    }
    return chosen;
  }

  private List<MetricChoice> chosenMetrics() {
    if (metrics.equals(List.of(ALL))) {
      return Stream.of(MetricChoice.values())
          .filter(m -> masks != null || !m.needsMasks())
          .toList();
    }
    List<MetricChoice> chosen = new ArrayList<>();
    for (String name : metrics.stream().distinct().toList()) {
      chosen.add(
          MetricChoice.named(name)
              .orElseThrow(
                  () ->
                      unknown(
                          "--metric",
                          name,
                          Stream.of(MetricChoice.values()).map(MetricChoice::toString))));
    }
    return chosen;
  }

  private Baseline baseline() {
    return switch (baseline) {
      case "zero" -> new Baseline.Zero();
      case "mean" -> new Baseline.Mean();
      case "blur" -> new Baseline.Blur(10);
      case "noise" -> new Baseline.Noise();
      default -> throw unknown("--baseline", baseline, Stream.of("zero", "mean", "blur", "noise"));
    };
  }

  private ParameterException unknown(String option, String value, Stream<String> known) {
    return new ParameterException(
        spec.commandLine(),
        "Invalid value for option '"
            + option
            + "': expected one of "
            + known.collect(Collectors.joining(", "))
            + ", found '"
            + value
            + "'");
  }

  private int atLeast(String option, int value, int least) {
    if (value < least) {
      throw new ParameterException(
          spec.commandLine(),
          "Invalid value for option '" + option + "': at least " + least + ", found " + value);
    }
    return value;
  }
}
