package dev.percept.text;

import dev.percept.core.Examples;
import dev.percept.core.Shape;
import dev.percept.core.TextModel;
import java.nio.FloatBuffer;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Texts that are tokenized when they are read, so that tokens of many texts never lie in memory at
 * once.
 *
 * @param texts the texts as they are
 * @param names what to call each in a message
 * @param tokenizer makes their tokens
 * @param maxTokens T, to which they are padded with zeros
 */
public record LazyTexts(
    List<String> texts, IntFunction<String> names, Tokenizer tokenizer, int maxTokens)
    implements Examples {
  public LazyTexts {
    texts = List.copyOf(texts);
  }

  /** Texts that are called by their numbers, from 1. */
  public static LazyTexts of(List<String> texts, Tokenizer tokenizer, int maxTokens) {
    return new LazyTexts(texts, i -> "text " + (i + 1), tokenizer, maxTokens);
  }

  /** The number of tokens, without special ones, before anything is left off. */
  public static int tokens(String text, Tokenizer tokenizer) {
    return (int)
        tokenizer.encode(text, Integer.MAX_VALUE).spans().stream()
            .filter(span -> span.length() > 0)
            .count();
  }

  /** An order from the shortest to the longest, so that those of a batch are of like length. */
  public static List<Integer> byLength(List<String> texts, Tokenizer tokenizer) {
    int[] lengths = texts.stream().mapToInt(text -> tokens(text, tokenizer)).toArray();
    return IntStream.range(0, texts.size())
        .boxed()
        .sorted(Comparator.comparingInt(i -> lengths[i]))
        .toList();
  }

  /** The tokens of one. */
  public Encoding encoding(int index) {
    return tokenizer.encode(texts.get(index), maxTokens);
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
    return names.apply(index);
  }

  @Override
  public void read(int index, FloatBuffer target) {
    write(encoding(index), maxTokens, target);
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
