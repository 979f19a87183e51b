package dev.percept.app.explain;

import dev.percept.engine.onnx.EngineOptions;
import dev.percept.engine.torch.TorchOptions;
import dev.percept.text.TextFile;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A model, texts of classes, and how the one is fed with the other.
 *
 * @param model an ONNX file
 * @param layer a tensor, or {@code auto}
 * @param output the logits, where the model has several outputs
 * @param maxTokens the longest text that goes in, where the model leaves that open; 0 to have it
 *     chosen
 * @param texts a file of texts
 * @param tokenizer a file, or a folder with one in it
 * @param target a class, or {@code each}
 * @param labels a label file; null to number the classes
 * @param maxTexts of a class; 0 for all
 * @param batch texts that go through the model at once
 * @param rectify whether concepts are sought in max(0, a) instead of the activations a
 */
public record TextInputs(
    Path model,
    String layer,
    @Nullable String output,
    int maxTokens,
    TextFile texts,
    Path tokenizer,
    String target,
    @Nullable Path labels,
    int maxTexts,
    int batch,
    boolean rectify) {

  /** How the model is opened. */
  public EngineOptions engine() {
    return EngineOptions.DEFAULT.withBatch(batch).withOutput(output).withInputSize(maxTokens);
  }

  /** How the same model is opened where gradients are wanted. */
  public TorchOptions gradients() {
    return TorchOptions.DEFAULT.withBatch(batch).withOutput(output).withInputSize(maxTokens);
  }
}
