package dev.percept.onnx;

import org.jspecify.annotations.Nullable;

/**
 * What a model file may leave open.
 *
 * @param output the output to explain; null to find it: one called {@code logits}, else the only
 *     one of n x classes
 * @param inputSize height and width of the pictures, for a model that takes any; 0 to use the
 *     model's own
 * @param maxTokens the longest text, for a model that takes any length; 0 for as long as the model
 *     has positions
 */
public record CutOptions(@Nullable String output, int inputSize, int maxTokens) {
  /** Everything as the model says. */
  public static final CutOptions DEFAULT = new CutOptions(null, 0);

  public CutOptions {
    if (inputSize < 0) {
      throw new IllegalArgumentException("inputSize: at least 0, found " + inputSize);
    }
    if (maxTokens < 0) {
      throw new IllegalArgumentException("maxTokens: at least 0, found " + maxTokens);
    }
  }

  /** With texts as long as the model takes. */
  public CutOptions(@Nullable String output, int inputSize) {
    this(output, inputSize, 0);
  }
}
