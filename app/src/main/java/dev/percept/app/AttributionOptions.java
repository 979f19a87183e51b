package dev.percept.app;

import dev.percept.app.attribute.BaselineChoice;
import dev.percept.methods.attribution.AttributionMethod;
import dev.percept.methods.attribution.AttributionMethods;
import dev.percept.methods.attribution.AttributionSettings;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/** Options that name attribution methods and say how they are run. */
final class AttributionOptions {
  @Option(
      names = "--method",
      paramLabel = "A,B,C",
      split = ",",
      converter = MethodConverter.class,
      completionCandidates = MethodCandidates.class,
      description =
          "Of ${COMPLETION-CANDIDATES}. Default: occlusion,integrated-gradients,smoothgrad,grad-cam.")
  @Nullable List<AttributionMethod<?>> methods;

  @Option(
      names = "--baseline",
      paramLabel = "B",
      converter = BaselineConverter.class,
      description =
          "What stands for an absent part: zero (after preprocessing), mean (the picture's mean"
              + " colour), blur or noise. Default: zero.")
  BaselineChoice baseline = BaselineChoice.ZERO;

  @Option(
      names = "--steps",
      paramLabel = "N",
      description = "Steps of integrated-gradients. Default: 50.")
  @Nullable Integer steps;

  @Option(names = "--masks", paramLabel = "N", description = "Masks of rise. Default: 4000.")
  @Nullable Integer masks;

  @Option(names = "--designs", paramLabel = "N", description = "Designs of sobol. Default: 32.")
  @Nullable Integer designs;

  @Option(
      names = "--samples",
      paramLabel = "N",
      description = "Samples of lime, kernel-shap and hsic. Default: 2000.")
  @Nullable Integer samples;

  @Option(
      names = "--copies",
      paramLabel = "N",
      description = "Noisy copies of smoothgrad and its kin. Default: 50.")
  @Nullable Integer copies;

  @Option(
      names = "--cells",
      paramLabel = "N",
      description =
          "Cells in a row, of methods that see no finer than a grid: sobol, hsic, lime,"
              + " kernel-shap. Default: 8.")
  @Nullable Integer cells;

  /** The methods, each once. */
  List<AttributionMethod<?>> methods(CommandSpec spec) {
    if (methods == null) {
      return List.of(
          named("occlusion"),
          named("integrated-gradients"),
          named("smoothgrad"),
          named("grad-cam"));
    }
    for (AttributionMethod<?> method : methods) {
      if (methods.indexOf(method) != methods.lastIndexOf(method)) {
        throw new ParameterException(
            spec.commandLine(),
            "Invalid value for option '--method': '" + method.name() + "' stands twice");
      }
    }
    return List.copyOf(methods);
  }

  /** What the options say, checked, but for the baseline: a blur depends on the input's size. */
  AttributionSettings settings(CommandSpec spec, int batch) {
    AttributionSettings or = AttributionSettings.defaults();
    return new AttributionSettings(
        or.baseline(),
        batch,
        atLeast(spec, "--steps", steps, 1, or.steps()),
        atLeast(spec, "--masks", masks, 2, or.masks()),
        atLeast(spec, "--designs", designs, 2, or.designs()),
        atLeast(spec, "--samples", samples, 4, or.samples()),
        atLeast(spec, "--copies", copies, 1, or.copies()),
        atLeast(spec, "--cells", cells, 2, or.cells()));
  }

  private static int atLeast(
      CommandSpec spec, String option, @Nullable Integer value, int least, int otherwise) {
    if (value != null && value < least) {
      throw new ParameterException(
          spec.commandLine(),
          "Invalid value for option '" + option + "': at least " + least + ", found " + value);
    }
    return value == null ? otherwise : value;
  }

  private static AttributionMethod<?> named(String name) {
    return AttributionMethods.named(name)
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "there is no method '"
                        + name
                        + "'; there are "
                        + AttributionMethods.all().stream()
                            .map(AttributionMethod::name)
                            .collect(Collectors.joining(", "))));
  }

  static final class BaselineConverter implements ITypeConverter<BaselineChoice> {
    @Override
    public BaselineChoice convert(String value) {
      return Choice.of(BaselineChoice.values(), value);
    }
  }

  static final class MethodConverter implements ITypeConverter<AttributionMethod<?>> {
    @Override
    public AttributionMethod<?> convert(String value) {
      return named(value.strip());
    }
  }

  static final class MethodCandidates implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return AttributionMethods.all().stream().map(AttributionMethod::name).iterator();
    }
  }
}
