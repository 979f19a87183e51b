package dev.percept.text;

import dev.percept.core.Examples;
import dev.percept.core.Shape;
import dev.percept.core.TextModel;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * Texts, tokenized and padded, as a {@link TextModel} takes them.
 *
 * @param texts the texts as they were given
 * @param encodings their tokens
 * @param names what to call each in a message
 * @param maxTokens T, to which they are padded with zeros
 */
public record TokenizedTexts(
    List<String> texts, List<Encoding> encodings, List<String> names, int maxTokens)
    implements Examples {
  public TokenizedTexts {
    texts = List.copyOf(texts);
    encodings = List.copyOf(encodings);
    names = List.copyOf(names);
    if (encodings.size() != texts.size() || names.size() != texts.size()) {
      throw new IllegalArgumentException(
          texts.size()
              + " texts, but "
              + encodings.size()
              + " encodings and "
              + names.size()
              + " names");
    }
    for (Encoding one : encodings) {
      if (one.size() > maxTokens) {
        throw new IllegalArgumentException(
            "a text has " + one.size() + " tokens, at most " + maxTokens + " fit");
      }
    }
  }

  /** Tokenizes {@code texts}. */
  public static TokenizedTexts of(
      List<String> texts, List<String> names, Tokenizer tokenizer, int maxTokens) {
    return new TokenizedTexts(
        texts, texts.stream().map(t -> tokenizer.encode(t, maxTokens)).toList(), names, maxTokens);
  }

  @Override
  public int size() {
    return texts.size();
  }

  @Override
  public Shape shape() {
    return Shape.of(TextModel.ROWS, maxTokens);
  }

  @Override
  public String name(int index) {
    return names.get(index);
  }

  @Override
  public void read(int index, FloatBuffer target) {
    write(encodings.get(index), maxTokens, target);
  }

  /** Identities, mask and types of one text, each padded with zeros. */
  static void write(Encoding one, int maxTokens, FloatBuffer target) {
    for (int row = 0; row < TextModel.ROWS; row++) {
      for (int t = 0; t < maxTokens; t++) {
        float value = 0;
        if (t < one.size()) {
          value =
              switch (row) {
                case TextModel.IDS -> one.ids().get(t);
                case TextModel.MASK -> 1;
                default -> one.types().get(t);
              };
        }
        target.put(value);
      }
    }
  }
}
