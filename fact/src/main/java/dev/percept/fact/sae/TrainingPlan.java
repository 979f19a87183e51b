package dev.percept.fact.sae;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/**
 * What a training is, so that one that goes on is known to be the same: {@code training.json}.
 *
 * @param schema {@link #SCHEMA}
 * @param data what it is trained on
 * @param specs the autoencoders
 * @param options but for how often the state is written, which changes nothing
 * @param seed of the order of rows
 * @param finished whether all of it is done
 */
public record TrainingPlan(
    String schema,
    ShardIndex data,
    List<SaeSpec> specs,
    TrainingOptions options,
    long seed,
    boolean finished) {
  /** The name and version of the format. */
  public static final String SCHEMA = "percept.sae-training/1.0";

  public TrainingPlan {
    if (!schema.equals(SCHEMA)) {
      throw new IllegalArgumentException("schema: expected " + SCHEMA + ", found " + schema);
    }
    specs = List.copyOf(specs);
    if (specs.isEmpty()) {
      throw new IllegalArgumentException("autoencoders: at least 1, found none");
    }
    if (specs.stream().map(SaeSpec::name).distinct().count() < specs.size()) {
      throw new IllegalArgumentException("autoencoders: each once, found " + specs);
    }
  }

  static TrainingPlan of(ShardIndex data, List<SaeSpec> specs, TrainingOptions options, long seed) {
    return new TrainingPlan(SCHEMA, data, specs, options.withStateSeconds(0), seed, false);
  }

  TrainingPlan withFinished(boolean done) {
    return new TrainingPlan(schema, data, specs, options, seed, done);
  }

  /** A number that says which training this is. */
  long fingerprint() {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(withFinished(false).toString().getBytes(StandardCharsets.UTF_8));
      return ByteBuffer.wrap(hash).getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
