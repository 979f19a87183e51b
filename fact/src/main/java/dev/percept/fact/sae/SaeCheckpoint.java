package dev.percept.fact.sae;

import dev.percept.core.Dictionary;
import dev.percept.core.PerceptException;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import dev.percept.fact.checkpoint.StateDict;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A TopK autoencoder without biases from a file of another program, such as those published with
 * FaCT: {@code encoder.weight} (r x p) and {@code decoder.weight} (p x r).
 */
public final class SaeCheckpoint {
  private static final String ENCODER = "encoder.weight";
  private static final String DECODER = "decoder.weight";
  private static final String K = "k";

  /** What is read, and what training leaves in such files besides and no code depends on. */
  private static final Set<String> KNOWN = Set.of(ENCODER, DECODER, K, "threshold");

  /** Published files have it where it is all zero. */
  private static final String BIAS = "b_dec";

  private SaeCheckpoint() {}

  /**
   * Reads a checkpoint of PyTorch or a safetensors file.
   *
   * @param k how many latents speak at a place; null to take the file's word for it
   * @throws PerceptException if the file cannot be read, holds no such autoencoder, has biases,
   *     does not say k or says another
   */
  public static SparseAutoencoder read(Path file, @Nullable Integer k) {
    Map<String, Tensor> tensors = StateDict.read(file).tensors();
    Tensor encoder = matrix(file, tensors, ENCODER);
    Tensor decoder = matrix(file, tensors, DECODER);
    int r = encoder.rows();
    int p = encoder.shape().dim(1);
    if (!decoder.shape().equals(Shape.of(p, r))) {
      throw unfit(
          file,
          DECODER + " is " + decoder.shape() + " where " + ENCODER + " is " + encoder.shape());
    }
    List<String> others = new ArrayList<>();
    tensors.forEach(
        (name, values) -> {
          if (!KNOWN.contains(name) && !(name.equals(BIAS) && isZero(values))) {
            others.add(name);
          }
        });
    if (!others.isEmpty()) {
      throw unfit(file, "it has " + others + ", which a TopK autoencoder without biases has not");
    }
    return SparseAutoencoder.of(
        new Gate.TopK(k(file, tensors.get(K), k, r)),
        encoder,
        null,
        new Dictionary(transposed(decoder), null));
  }

  private static Tensor matrix(Path file, Map<String, Tensor> tensors, String name) {
    Tensor found = tensors.get(name);
    if (found == null || found.shape().rank() != 2 || found.shape().size() == 0) {
      throw unfit(file, "it has no matrix '" + name + "', only " + tensors.keySet());
    }
    if (!found.isFinite()) {
      throw unfit(file, "'" + name + "' has values that are not finite");
    }
    return found;
  }

  private static int k(Path file, @Nullable Tensor stored, @Nullable Integer asked, int r) {
    Integer said = stored == null || stored.shape().size() != 1 ? null : (int) stored.get(0);
    if (said != null && asked != null && !said.equals(asked)) {
      throw new PerceptException(
          file + " was trained with k = " + said + ", not " + asked + "; leave --k out");
    }
    Integer k = asked == null ? said : asked;
    if (k == null) {
      throw new PerceptException(
          file + " does not say how many latents speak at a place; say it with --k");
    }
    if (k < 1 || k > r) {
      throw new PerceptException(
          "k must be from 1 to the number of latents, " + r + ", found " + k + "; check --k");
    }
    return k;
  }

  private static boolean isZero(Tensor values) {
    for (float v : values.toArray()) {
      if (v != 0) {
        return false;
      }
    }
    return true;
  }

  private static Tensor transposed(Tensor matrix) {
    int rows = matrix.rows();
    int columns = matrix.shape().dim(1);
    float[] out = new float[rows * columns];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        out[j * rows + i] = matrix.get(i, j);
      }
    }
    return Tensor.wrap(Shape.of(columns, rows), out);
  }

  private static PerceptException unfit(Path file, String why) {
    return new PerceptException(
        file
            + " holds no TopK autoencoder that can be used here: "
            + why
            + "; give a checkpoint with encoder.weight and decoder.weight");
  }
}
