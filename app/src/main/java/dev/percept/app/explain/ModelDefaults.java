package dev.percept.app.explain;

import dev.percept.core.Labels;
import dev.percept.image.Normalization;
import dev.percept.image.ResizeMode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What a model file itself says about its classes and its inputs, in metadata that {@code percept
 * head train} writes; options of the command line come first. What cannot be understood counts as
 * not said: files of others may use the same names.
 */
public final class ModelDefaults {
  /** One name a line, in the order of the logits. */
  private static final String LABELS = "percept.labels";

  /** Their wnids in the same order, where they have some. */
  private static final String WNIDS = "percept.wnids";

  private static final String PREPROCESS = "percept.preprocess";
  private static final String RESIZE = "percept.resize";
  private static final String ANTIALIAS = "percept.antialias";

  private final Map<String, String> metadata;

  private ModelDefaults(Map<String, String> metadata) {
    this.metadata = metadata;
  }

  /** What the metadata of a model say. */
  public static ModelDefaults of(Map<String, String> metadata) {
    return new ModelDefaults(metadata);
  }

  /** Metadata that say so, to be written into a model. */
  public static Map<String, String> metadata(
      Labels labels, Normalization normalization, ResizeMode resize, boolean antialias) {
    Map<String, String> metadata = new TreeMap<>();
    metadata.put(LABELS, String.join("\n", labels.names()));
    List<String> wnids =
        IntStream.range(0, labels.size()).mapToObj(labels::wnid).flatMap(Optional::stream).toList();
    if (!wnids.isEmpty()) {
      metadata.put(WNIDS, String.join("\n", wnids));
    }
    metadata.put(
        PREPROCESS,
        String.join(
            ";",
            Boolean.toString(normalization.bgr()),
            Double.toString(normalization.scale()),
            numbers(normalization.mean()),
            numbers(normalization.std())));
    metadata.put(RESIZE, resize.toString());
    metadata.put(ANTIALIAS, Boolean.toString(antialias));
    return metadata;
  }

  private static String numbers(List<Double> values) {
    return values.stream().map(v -> Double.toString(v)).collect(Collectors.joining(","));
  }

  /** Names of the classes, if there are as many as logits. */
  public Optional<Labels> labels(int outputs) {
    String names = metadata.get(LABELS);
    if (names == null) {
      return Optional.empty();
    }
    List<String> all = names.lines().toList();
    if (all.size() != outputs || all.stream().anyMatch(String::isBlank)) {
      return Optional.empty();
    }
    List<String> wnids = metadata.getOrDefault(WNIDS, "").lines().toList();
    try {
      return Optional.of(Labels.of(all, wnids));
    } catch (IllegalArgumentException e) {
      // Too few wnids, or one twice.
      return Optional.of(Labels.of(all));
    }
  }

  /** How pixel values become inputs. */
  public Optional<Normalization> normalization() {
    String[] parts = metadata.getOrDefault(PREPROCESS, "").split(";", -1);
    if (parts.length != 4) {
      return Optional.empty();
    }
    try {
      boolean bgr = Boolean.parseBoolean(parts[0]);
      Normalization custom =
          Normalization.custom(
              bgr, Double.parseDouble(parts[1]), triple(parts[2]), triple(parts[3]));
      return Optional.of(
          Normalization.presets().stream()
              .map(preset -> preset.withBgr(bgr))
              .filter(preset -> same(preset, custom))
              .findFirst()
              .orElse(custom));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static boolean same(Normalization a, Normalization b) {
    return a.scale() == b.scale() && a.mean().equals(b.mean()) && a.std().equals(b.std());
  }

  private static List<Double> triple(String text) {
    return Arrays.stream(text.split(",", -1)).map(Double::valueOf).toList();
  }

  /** How a picture becomes one of the model's size. */
  public Optional<ResizeMode> resize() {
    try {
      return Optional.ofNullable(metadata.get(RESIZE)).map(ResizeMode::parse);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Whether resizing averages. */
  public Optional<Boolean> antialias() {
    return Optional.ofNullable(metadata.get(ANTIALIAS)).map(Boolean::valueOf);
  }
}
