package dev.percept.testkit.text;

import dev.percept.onnx.ElementType;
import java.util.List;

/**
 * What encoder to write.
 *
 * @param head what it reads and what it makes of that
 * @param mask how the mask reaches the scores of attention
 * @param opset version of the operator set, at least 13
 * @param layers how many blocks
 * @param width the length of a token's row
 * @param heads of attention
 * @param words size of the vocabulary
 * @param positions the longest text
 * @param tokens the length that the file fixes; −1 for any
 * @param type of the inputs of whole numbers
 * @param inputs their names, in this order; the mask is float32 where it is called {@code mask}
 * @param classes of the answer
 * @param batch the batch that the file fixes; −1 for any
 */
public record EncoderSpec(
    Head head,
    Mask mask,
    int opset,
    int layers,
    int width,
    int heads,
    int words,
    int positions,
    int tokens,
    ElementType type,
    List<String> inputs,
    int classes,
    int batch) {
  /** What the answer is made of. */
  public enum Head {
    /** BERT: the first token, a layer with Tanh. */
    BERT,
    /** RoBERTa: the first token, a layer with Tanh; positions are counted in the graph. */
    ROBERTA,
    /** DistilBERT: the first token, a layer with ReLU. */
    DISTILBERT,
    /** Sentence transformers: the mean of what the mask leaves, one linear layer. */
    MEAN,
    /** The same, but the mean counts padding: a slip that exports do have. */
    CARELESS_MEAN,
    /** The maximum over tokens, padding set to the lowest number. */
    MAX,
    /** The last token that is no padding. */
    LAST
  }

  /** How the mask is written. */
  public enum Mask {
    /** Unsqueeze, Cast, 1 − mask, times the lowest number, added to the scores. */
    LOWEST,
    /** The same with −10000, as older exports have it. */
    TEN_THOUSAND,
    /** As torch.export writes it: a condition, Where with minus infinity. */
    WHERE,
    /** There is none: the encoder looks at everything. */
    NONE
  }

  /** One block of width 8, any length up to 20, opset 17, all of int64. */
  public static EncoderSpec small(Head head, Mask mask) {
    List<String> inputs =
        switch (head) {
          case BERT -> List.of("input_ids", "attention_mask", "token_type_ids");
          default -> List.of("input_ids", "attention_mask");
        };
    return new EncoderSpec(head, mask, 17, 1, 8, 2, 60, 20, -1, ElementType.INT64, inputs, 4, -1);
  }

  /** With another operator set. */
  public EncoderSpec withOpset(int opset) {
    return new EncoderSpec(
        head, mask, opset, layers, width, heads, words, positions, tokens, type, inputs, classes,
        batch);
  }

  /** With another length; −1 for any. */
  public EncoderSpec withTokens(int tokens) {
    return new EncoderSpec(
        head, mask, opset, layers, width, heads, words, positions, tokens, type, inputs, classes,
        batch);
  }

  /** With inputs of other names or in another order. */
  public EncoderSpec withInputs(String... inputs) {
    return new EncoderSpec(
        head,
        mask,
        opset,
        layers,
        width,
        heads,
        words,
        positions,
        tokens,
        type,
        List.of(inputs),
        classes,
        batch);
  }

  /** With inputs of another type. */
  public EncoderSpec withType(ElementType type) {
    return new EncoderSpec(
        head, mask, opset, layers, width, heads, words, positions, tokens, type, inputs, classes,
        batch);
  }

  /** Of another size. */
  public EncoderSpec withSize(int layers, int width, int heads, int words, int positions) {
    return new EncoderSpec(
        head, mask, opset, layers, width, heads, words, positions, tokens, type, inputs, classes,
        batch);
  }

  /** With another batch; −1 for any. */
  public EncoderSpec withBatch(int batch) {
    return new EncoderSpec(
        head, mask, opset, layers, width, heads, words, positions, tokens, type, inputs, classes,
        batch);
  }
}
