package dev.percept.engine.torch;

import dev.percept.engine.torch.graph.Precision;
import dev.percept.onnx.CutOptions;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;

/**
 * How a model is executed with gradients.
 *
 * @param device {@code cpu}, {@code cuda}, {@code cuda:1} ...
 * @param threads threads inside one operation. libtorch has one such number a process: the model
 *     that is opened last sets it. One is best where several Java threads call the model at once
 * @param batch how many inputs go through g and f at once; bounds the memory, and with gradients
 *     that is the memory of all layers. Of texts, how many of 32 tokens
 * @param headBatch how many activations or codes go through h at once
 * @param cut what the model file leaves open
 */
public record TorchOptions(String device, int threads, int batch, int headBatch, CutOptions cut) {
  /** The processor, one thread a call, 8 inputs at once, 32 activations at once. */
  public static final TorchOptions DEFAULT = new TorchOptions("cpu", 1, 8, 32, CutOptions.DEFAULT);

  public TorchOptions {
    if (!device.matches("cpu|cuda(:\\d{1,2})?")) {
      throw new IllegalArgumentException("device: cpu, cuda or cuda:NUMBER, found " + device);
    }
    atLeastOne("threads", threads);
    atLeastOne("batch", batch);
    atLeastOne("headBatch", headBatch);
  }

  private static void atLeastOne(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + ": at least 1, found " + value);
    }
  }

  /** On another device. */
  public TorchOptions withDevice(String device) {
    return new TorchOptions(device, threads, batch, headBatch, cut);
  }

  /** With another number of threads inside an operation. */
  public TorchOptions withThreads(int threads) {
    return new TorchOptions(device, threads, batch, headBatch, cut);
  }

  /** With another batch. */
  public TorchOptions withBatch(int batch) {
    return new TorchOptions(device, threads, batch, headBatch, cut);
  }

  /** With another batch for h. */
  public TorchOptions withHeadBatch(int headBatch) {
    return new TorchOptions(device, threads, batch, headBatch, cut);
  }

  /** Explains the output of this name; null to find it. */
  public TorchOptions withOutput(@Nullable String output) {
    return new TorchOptions(
        device,
        threads,
        batch,
        headBatch,
        new CutOptions(output, cut.inputSize(), cut.maxTokens()));
  }

  /** Height and width of the pictures, for a model that takes any; 0 for the model's own. */
  public TorchOptions withInputSize(int inputSize) {
    return new TorchOptions(
        device,
        threads,
        batch,
        headBatch,
        new CutOptions(cut.output(), inputSize, cut.maxTokens()));
  }

  /** The longest text, for a model that takes any length; 0 for as long as it has positions. */
  public TorchOptions withMaxTokens(int maxTokens) {
    return new TorchOptions(
        device,
        threads,
        batch,
        headBatch,
        new CutOptions(cut.output(), cut.inputSize(), maxTokens));
  }

  Precision precision() {
    return new Precision(ScalarType.Float, device);
  }
}
