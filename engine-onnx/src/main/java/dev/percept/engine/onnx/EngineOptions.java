package dev.percept.engine.onnx;

import dev.percept.onnx.CutOptions;
import org.jspecify.annotations.Nullable;

/**
 * How a model is run.
 *
 * @param threads threads inside one call. One is best where several Java threads call the model at
 *     once, as Percept does
 * @param batch how many inputs go through g and f at once; bounds the memory. Of texts, how many of
 *     32 tokens: more short ones go at once, and fewer long ones
 * @param headBatch how many activations or codes go through h at once; fewer where the activations
 *     of one are large
 * @param cut what the model file leaves open
 */
public record EngineOptions(int threads, int batch, int headBatch, CutOptions cut) {
  /**
   * One thread a call, 8 inputs at once, 32 activations at once, everything else as in the file.
   */
  public static final EngineOptions DEFAULT = new EngineOptions(1, 8, 32, CutOptions.DEFAULT);

  public EngineOptions {
    atLeastOne("threads", threads);
    atLeastOne("batch", batch);
    atLeastOne("headBatch", headBatch);
  }

  private static void atLeastOne(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + ": at least 1, found " + value);
    }
  }

  /** With another number of threads a call. */
  public EngineOptions withThreads(int threads) {
    return new EngineOptions(threads, batch, headBatch, cut);
  }

  /** With another batch. */
  public EngineOptions withBatch(int batch) {
    return new EngineOptions(threads, batch, headBatch, cut);
  }

  /** With another batch for h. */
  public EngineOptions withHeadBatch(int headBatch) {
    return new EngineOptions(threads, batch, headBatch, cut);
  }

  /** Explains the output of this name; null to find it. */
  public EngineOptions withOutput(@Nullable String output) {
    return new EngineOptions(
        threads, batch, headBatch, new CutOptions(output, cut.inputSize(), cut.maxTokens()));
  }

  /** Height and width of the pictures, for a model that takes any; 0 for the model's own. */
  public EngineOptions withInputSize(int inputSize) {
    return new EngineOptions(
        threads, batch, headBatch, new CutOptions(cut.output(), inputSize, cut.maxTokens()));
  }

  /**
   * The longest text, for a model that takes any length; 0 for as long as the model has positions.
   */
  public EngineOptions withMaxTokens(int maxTokens) {
    return new EngineOptions(
        threads, batch, headBatch, new CutOptions(cut.output(), cut.inputSize(), maxTokens));
  }
}
