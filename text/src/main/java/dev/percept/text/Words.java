package dev.percept.text;

import dev.percept.core.Span;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Words: runs that have a letter, a digit or a pictograph. Apostrophes, hyphens and the points of
 * numbers within belong to them; punctuation is no word.
 */
record Words(Locale language) implements Splitter {
  private static final int JOINER = 0x200D;
  private static final int EMOJI_STYLE = 0xFE0F;
  private static final int CURLY_APOSTROPHE = 0x2019;

  @Override
  public List<Span> split(String text) {
    List<Integer> boundaries =
        Pieces.boundaries(BreakIterator.getWordInstance(language), text).stream()
            .filter(at -> !isWithin(text, at))
            .toList();
    List<Span> words = new ArrayList<>();
    for (Span piece : Pieces.between(boundaries, text)) {
      if (piece.of(text).codePoints().anyMatch(Words::counts)) {
        words.add(piece);
      }
    }
    return words;
  }

  private static boolean counts(int point) {
    return Character.isLetterOrDigit(point) || Character.getType(point) == Character.OTHER_SYMBOL;
  }

  /** Whether Java sees a boundary where there is none: it knows no joined pictographs. */
  private static boolean isWithin(String text, int at) {
    if (at == 0 || at == text.length()) {
      return false;
    }
    int before = text.codePointBefore(at);
    int behind = text.codePointAt(at);
    if (before == JOINER || behind == JOINER || behind == EMOJI_STYLE || isSkin(behind)) {
      return true;
    }
    if (isFlagLetter(before) && isFlagLetter(behind)) {
      return flagLettersBefore(text, at) % 2 == 1;
    }
    // A curly apostrophe between letters is as good as a straight one.
    return (behind == CURLY_APOSTROPHE && hasLetterAt(text, at + 1) && Character.isLetter(before))
        || (before == CURLY_APOSTROPHE
            && Character.isLetter(behind)
            && at > 1
            && Character.isLetter(text.codePointBefore(at - 1)));
  }

  private static boolean hasLetterAt(String text, int at) {
    return at < text.length() && Character.isLetter(text.codePointAt(at));
  }

  private static boolean isSkin(int point) {
    return point >= 0x1F3FB && point <= 0x1F3FF;
  }

  private static boolean isFlagLetter(int point) {
    return point >= 0x1F1E6 && point <= 0x1F1FF;
  }

  private static int flagLettersBefore(String text, int at) {
    int count = 0;
    for (int i = at; i > 0 && isFlagLetter(text.codePointBefore(i)); i -= 2) {
      count++;
    }
    return count;
  }
}
