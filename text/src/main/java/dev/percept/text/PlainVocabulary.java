package dev.percept.text;

import dev.percept.core.PerceptException;
import dev.percept.core.Span;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whole words, each with a number. Words are runs of letters, digits and marks; apostrophes within
 * belong to them where the vocabulary has such words. Punctuation is left out unless the vocabulary
 * has it. Text is put in lower case where the vocabulary has no capital.
 */
final class PlainVocabulary implements Tokenizer {
  private static final List<String> UNKNOWN =
      List.of("<unknown>", "<unk>", "[unk]", "<oov>", "[oov]", "unk", "<UNK>");
  private static final List<String> START =
      List.of("<start>", "<s>", "<bos>", "[cls]", "<cls>", "[start]");
  private static final List<String> END = List.of("</s>", "<eos>", "<end>", "[sep]", "[end]");

  private final Map<String, Integer> ids;
  private final int unknown;
  private final @Nullable Integer start;
  private final @Nullable Integer end;
  private final boolean lowerCase;
  private final boolean apostrophes;

  /**
   * Makes one.
   *
   * @param ids of words
   * @param name what to call it in a message
   * @throws PerceptException if it has no word for those that it does not know
   */
  PlainVocabulary(Map<String, Integer> ids, String name) {
    this.ids = Map.copyOf(ids);
    Integer found = special(UNKNOWN);
    if (found == null) {
      throw new PerceptException(
          "'"
              + name
              + "' has no entry for unknown words, such as <UNKNOWN> or [UNK]; add the one that the"
              + " model was trained with, in its place");
    }
    this.unknown = found;
    this.start = special(START);
    this.end = special(END);
    this.lowerCase = ids.keySet().stream().filter(w -> !isSpecial(w)).noneMatch(this::hasCapital);
    this.apostrophes = ids.keySet().stream().anyMatch(w -> w.indexOf('\'') > 0);
  }

  private @Nullable Integer special(List<String> names) {
    for (String name : names) {
      for (Map.Entry<String, Integer> entry : ids.entrySet()) {
        if (entry.getKey().equalsIgnoreCase(name)) {
          return entry.getValue();
        }
      }
    }
    return null;
  }

  private static boolean isSpecial(String word) {
    return word.length() > 2
        && ((word.startsWith("<") && word.endsWith(">"))
            || (word.startsWith("[") && word.endsWith("]")));
  }

  private boolean hasCapital(String word) {
    return word.codePoints().anyMatch(Character::isUpperCase);
  }

  @Override
  public Encoding encode(String text, int maxTokens) {
    int special = (start == null ? 0 : 1) + (end == null ? 0 : 1);
    if (maxTokens < special) {
      throw new IllegalArgumentException(
          "maxTokens: room for " + special + " special tokens, found " + maxTokens);
    }
    List<Integer> found = new ArrayList<>();
    List<Span> spans = new ArrayList<>();
    if (start != null) {
      found.add(start);
      spans.add(new Span(0, 0));
    }
    boolean truncated = false;
    for (Span word : words(text)) {
      if (found.size() + (end == null ? 0 : 1) == maxTokens) {
        truncated = true;
        break;
      }
      found.add(ids.getOrDefault(key(word.of(text)), unknown));
      spans.add(word);
    }
    if (end != null) {
      found.add(end);
      spans.add(new Span(0, 0));
    }
    return new Encoding(found, found.stream().map(id -> 0).toList(), spans, truncated);
  }

  private List<Span> words(String text) {
    List<Span> words = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      int point = text.codePointAt(at);
      int next = at + Character.charCount(point);
      if (isPart(point)) {
        int end = next;
        while (end < text.length() && continues(text, end)) {
          end += Character.charCount(text.codePointAt(end));
        }
        words.add(new Span(at, end));
        at = end;
      } else {
        // Punctuation that the model was trained with is a word of its own.
        if (!Character.isWhitespace(point) && ids.containsKey(text.substring(at, next))) {
          words.add(new Span(at, next));
        }
        at = next;
      }
    }
    return words;
  }

  private boolean continues(String text, int at) {
    int point = text.codePointAt(at);
    if (isPart(point)) {
      return true;
    }
    return apostrophes
        && (point == '\'' || point == '\u2019')
        && at + 1 < text.length()
        && isPart(text.codePointAt(at + 1));
  }

  private static boolean isPart(int point) {
    int type = Character.getType(point);
    return Character.isLetterOrDigit(point)
        || point == '_'
        || type == Character.NON_SPACING_MARK
        || type == Character.COMBINING_SPACING_MARK
        || type == Character.ENCLOSING_MARK;
  }

  /** The form in which the vocabulary has a word. */
  private String key(String word) {
    String straight = Normalizer.normalize(word.replace('\u2019', '\''), Normalizer.Form.NFC);
    return lowerCase ? straight.toLowerCase(Locale.ROOT) : straight;
  }

  @Override
  public void close() {
    // Plain Java: nothing to give back.
  }
}
