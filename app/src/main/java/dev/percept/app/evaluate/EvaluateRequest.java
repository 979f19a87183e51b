package dev.percept.app.evaluate;

import dev.percept.app.explain.Inputs;
import dev.percept.methods.attribution.AttributionMethod;
import dev.percept.methods.attribution.AttributionSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is to be evaluated, and how.
 *
 * @param inputs the model and the pictures
 * @param methods that are compared
 * @param settings of the methods
 * @param metrics by which they are compared
 * @param measure what metrics are measured with
 * @param reruns how many pictures of each class metrics look at that run the method again
 * @param masks a folder of masks; null where there is none
 * @param options of the command, for provenance
 * @param versions for provenance
 * @param out the folder that is written to
 */
public record EvaluateRequest(
    Inputs inputs,
    List<AttributionMethod<?>> methods,
    AttributionSettings settings,
    List<MetricChoice> metrics,
    MetricChoice.Options measure,
    int reruns,
    @Nullable Path masks,
    Map<String, String> options,
    Map<String, String> versions,
    Path out) {
  public EvaluateRequest {
    methods = List.copyOf(methods);
    metrics = List.copyOf(metrics);
  }
}
