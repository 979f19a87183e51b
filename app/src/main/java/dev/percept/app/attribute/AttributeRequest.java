package dev.percept.app.attribute;

import dev.percept.app.explain.Inputs;
import dev.percept.methods.attribution.AttributionMethod;
import dev.percept.methods.attribution.AttributionSettings;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What 'percept attribute' is asked to do.
 *
 * @param inputs model, class and pictures
 * @param methods in the order of the page
 * @param settings of all methods, but for the baseline
 * @param baseline what stands for an absent part
 * @param versions for provenance
 * @param out where to write
 */
public record AttributeRequest(
    Inputs inputs,
    List<AttributionMethod<?>> methods,
    AttributionSettings settings,
    BaselineChoice baseline,
    Map<String, String> versions,
    Path out) {
  public AttributeRequest {
    methods = List.copyOf(methods);
    versions = Map.copyOf(versions);
  }

  /** Options of the command line that change the result. */
  Map<String, String> options() {
    Map<String, String> options = new LinkedHashMap<>(inputs.preprocessOptions());
    options.put("class", inputs.target());
    options.put("layer", inputs.layer());
    options.put(
        "method", methods.stream().map(AttributionMethod::name).collect(Collectors.joining(",")));
    options.put("baseline", baseline.toString());
    options.put("max-images", Integer.toString(inputs.maxImages()));
    options.put("steps", Integer.toString(settings.steps()));
    options.put("masks", Integer.toString(settings.masks()));
    options.put("designs", Integer.toString(settings.designs()));
    options.put("samples", Integer.toString(settings.samples()));
    options.put("copies", Integer.toString(settings.copies()));
    options.put("cells", Integer.toString(settings.cells()));
    return options;
  }
}
