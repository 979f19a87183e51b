package dev.percept.fact.sae;

import dev.percept.core.ModelInfo;
import dev.percept.core.PerceptException;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a trained autoencoder besides its weights: {@code sae.json}.
 *
 * @param schema {@link #SCHEMA}
 * @param kind {@code topk}, {@code batchtopk} or {@code jumprelu}
 * @param k how many latents speak (on average, where rows differ); null where it has no say
 * @param threshold least value that speaks, of {@code batchtopk}; null elsewhere
 * @param latents r
 * @param features p
 * @param model name of the model file whose activations it was trained on
 * @param modelSha256 hash of that file
 * @param layer where the model is cut
 * @param seed of its start
 * @param options of the training, by name
 * @param metrics by name, finite
 * @param versions of Percept, Java and the engines
 */
public record SaeCard(
    String schema,
    String kind,
    @Nullable Integer k,
    @Nullable Double threshold,
    int latents,
    int features,
    String model,
    String modelSha256,
    String layer,
    long seed,
    Map<String, String> options,
    Map<String, Double> metrics,
    Map<String, String> versions) {
  /** The name and version of the format. */
  public static final String SCHEMA = "percept.sae/1.0";

  public SaeCard {
    if (!schema.equals(SCHEMA)) {
      throw new IllegalArgumentException("schema: expected " + SCHEMA + ", found " + schema);
    }
    if (latents < 1 || features < 1) {
      throw new IllegalArgumentException(
          "latents, features: at least 1, found " + latents + " and " + features);
    }
    boolean top = kind.equals(Gate.TopK.KIND);
    boolean batch = kind.equals(Gate.BatchTopK.KIND);
    if (!top && !batch && !kind.equals(Gate.JumpRelu.KIND)) {
      throw new IllegalArgumentException("kind: topk, batchtopk or jumprelu, found '" + kind + "'");
    }
    if ((k == null && (top || batch)) || (k != null && k < 1)) {
      throw new IllegalArgumentException("k: at least 1 for " + kind + ", found " + k);
    }
    if ((threshold != null) != batch) {
      throw new IllegalArgumentException(
          "threshold: for batchtopk and nothing else, found " + threshold + " for " + kind);
    }
    metrics.forEach(
        (name, value) -> {
          if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("metrics: finite, found " + name + " = " + value);
          }
        });
    options = Map.copyOf(options);
    metrics = Map.copyOf(metrics);
    versions = Map.copyOf(versions);
  }

  /**
   * The card of an autoencoder.
   *
   * @param k that was asked for; stored where the gate itself does not know it
   * @param model whose activations it was trained on
   */
  public static SaeCard of(
      SparseAutoencoder sae,
      @Nullable Integer k,
      ModelInfo model,
      long seed,
      Map<String, String> options,
      Map<String, Double> metrics,
      Map<String, String> versions) {
    Gate gate = sae.gate();
    Integer own =
        gate instanceof Gate.TopK top
            ? Integer.valueOf(top.k())
            : gate instanceof Gate.BatchTopK batch ? Integer.valueOf(batch.k()) : k;
    return new SaeCard(
        SCHEMA,
        gate.kind(),
        own,
        gate instanceof Gate.BatchTopK batch ? Double.valueOf(batch.threshold()) : null,
        sae.concepts(),
        sae.features(),
        model.file(),
        model.sha256(),
        model.layer(),
        seed,
        options,
        metrics,
        versions);
  }

  /** The same with other figures. */
  public SaeCard withMetrics(Map<String, Double> others) {
    Map<String, Double> all = new TreeMap<>(metrics);
    all.putAll(others);
    return new SaeCard(
        schema,
        kind,
        k,
        threshold,
        latents,
        features,
        model,
        modelSha256,
        layer,
        seed,
        options,
        all,
        versions);
  }

  /**
   * Refuses a network that this autoencoder was not trained on: its latents would mean nothing.
   *
   * @param found the network, cut where the autoencoder is to stand
   * @param width p there
   * @throws PerceptException naming what differs
   */
  public void requireFits(ModelInfo found, int width) {
    if (!modelSha256.equals(found.sha256())) {
      throw new PerceptException(
          "the autoencoder was trained on "
              + model
              + " (sha256 "
              + shown(modelSha256)
              + "), not on "
              + found.file()
              + " ("
              + shown(found.sha256())
              + "); give that model, or train an autoencoder for this one with 'percept sae train'");
    }
    if (!layer.equals(found.layer()) || features != width) {
      throw new PerceptException(
          "the autoencoder was trained at layer '"
              + layer
              + "' ("
              + features
              + " features), not at '"
              + found.layer()
              + "' ("
              + width
              + "); cut the model there, or train an autoencoder for this layer with"
              + " 'percept sae train'");
    }
  }

  private static String shown(String sha256) {
    return sha256.length() > 12 ? sha256.substring(0, 12) + "…" : sha256;
  }
}
