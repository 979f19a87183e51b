package dev.percept.text;

import dev.percept.core.Span;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sentences: Unicode's boundaries, less those behind an abbreviation, behind an initial and before
 * a word in lower case, and one more at each blank line.
 */
record Sentences(Locale language) implements Splitter {
  private static final Set<String> TITLES =
      Set.of(
          "dr", "mr", "mrs", "ms", "prof", "st", "sr", "jr", "gen", "col", "capt", "lt", "sgt",
          "rev", "hon", "gov", "sen", "rep", "mt", "no", "nos", "fig", "figs", "eq", "vol", "vs",
          "pp", "cf", "e.g", "i.e", "viz", "approx", "dept", "est", "jan", "feb", "mar", "apr",
          "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec");

  private static final Pattern LAST_WORD = Pattern.compile("(\\S+?)\\.[\"'”’)\\]]*\\s*$");
  private static final Pattern BLANK_LINE = Pattern.compile("\\R[ \\t]*\\R\\s*");

  @Override
  public List<Span> split(String text) {
    List<Span> sentences = new ArrayList<>();
    int from = 0;
    Matcher blank = BLANK_LINE.matcher(text);
    while (blank.find()) {
      paragraph(text, from, blank.start(), sentences);
      from = blank.end();
    }
    paragraph(text, from, text.length(), sentences);
    return sentences;
  }

  private void paragraph(String text, int start, int end, List<Span> sentences) {
    String part = text.substring(start, end);
    List<Integer> boundaries =
        Pieces.boundaries(BreakIterator.getSentenceInstance(language), part).stream()
            .filter(at -> at == 0 || at == part.length() || ends(part, at))
            .toList();
    for (Span piece : Pieces.between(boundaries, part)) {
      sentences.add(new Span(start + piece.start(), start + piece.end()));
    }
  }

  private boolean ends(String text, int at) {
    int next = at;
    while (next < text.length() && !Character.isLetterOrDigit(text.codePointAt(next))) {
      next += Character.charCount(text.codePointAt(next));
    }
    if (next < text.length() && Character.isLowerCase(text.codePointAt(next))) {
      return false;
    }
    if (!language.getLanguage().equals(Locale.ENGLISH.getLanguage())) {
      return true;
    }
    // Only the last word is looked at, however long the text before it is.
    Matcher word = LAST_WORD.matcher(text.substring(Math.max(0, at - 40), at));
    if (!word.find()) {
      return true;
    }
    String last = word.group(1).replaceFirst("^[\"'“‘(\\[]+", "");
    boolean initial = last.length() == 1 && Character.isUpperCase(last.charAt(0));
    boolean pronoun = last.equals("I");
    // "No. It is bad" ends; "No. 5" does not.
    boolean number =
        !last.toLowerCase(Locale.ROOT).matches("nos?|figs?|eq|vol|pp")
            || (next < text.length() && Character.isDigit(text.codePointAt(next)));
    return !((initial && !pronoun)
        || (TITLES.contains(last.toLowerCase(Locale.ROOT))
            && number
            // A month or title stands with a capital; "he sat." is a sentence.
            && (Character.isUpperCase(last.charAt(0))
                || last.matches("e\\.g|i\\.e|vs|cf|viz|approx|pp"))));
  }
}
