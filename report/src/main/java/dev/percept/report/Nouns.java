package dev.percept.report;

import dev.percept.bundle.Bundle;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What the page calls its inputs and their parts.
 *
 * @param one an input
 * @param many inputs
 * @param part a part of one
 * @param parts parts
 */
record Nouns(String one, String many, String part, String parts) {
  private static final Nouns PICTURES = new Nouns("picture", "pictures", "crop", "crops");

  private static final Pattern WORD =
      Pattern.compile("(?<![\\p{L}“])(picture|pictures|crop|crops|Pictures|Crops)(?![\\p{L}”])");

  /** Those of a bundle. */
  static Nouns of(Bundle bundle) {
    return bundle.kind().equals("texts")
        ? new Nouns("text", "texts", "excerpt", "excerpts")
        : PICTURES;
  }

  /** A sentence of this page, written about pictures, about these inputs. */
  String say(String sentence) {
    return equals(PICTURES)
        ? sentence
        : WORD.matcher(sentence)
            .replaceAll(
                found ->
                    switch (found.group()) {
                      case "picture" -> one;
                      case "pictures" -> many;
                      case "crop" -> part;
                      case "crops" -> parts;
                      case "Pictures" -> capital(many);
                      default -> capital(parts);
                    })
            .replaceAll("\\b([Aa]) (?=" + part + "\\b)", part.startsWith("e") ? "$1n " : "$1 ");
  }

  /** The same for the pieces of a sentence. */
  List<Part> say(List<Part> sentence) {
    return sentence.stream()
        .map(p -> p.t() == null ? p : new Part(say(p.t()), p.c(), p.to()))
        .toList();
  }

  private static String capital(String word) {
    return Character.toUpperCase(word.charAt(0)) + word.substring(1);
  }
}
