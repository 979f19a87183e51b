package dev.percept.text;

import dev.percept.core.PerceptException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * WordPiece as BERT has it: text is cleaned, split at white space and punctuation, and each word
 * into the longest pieces of the vocabulary from left to right; {@code [CLS]} stands before and
 * {@code [SEP]} behind.
 *
 * <p>Devlin et al., BERT: Pre-training of Deep Bidirectional Transformers, NAACL 2019.
 */
public final class WordPiece {
  static final String UNKNOWN = "[UNK]";
  static final String BEGIN = "[CLS]";
  static final String END = "[SEP]";
  private static final List<String> SPECIAL = List.of("[PAD]", UNKNOWN, BEGIN, END, "[MASK]");

  /** Longer words are unknown, as BERT has it. */
  private static final int LONGEST_WORD = 100;

  private WordPiece() {}

  /**
   * A tokenizer.
   *
   * @param vocabulary the pieces in the order of their identities; those that continue a word begin
   *     with {@code ##}
   * @param lowerCase whether text is put in lower case, and accents taken off
   * @throws PerceptException if {@code [UNK]}, {@code [CLS]} or {@code [SEP]} is missing, or a
   *     piece stands twice
   */
  public static Tokenizer of(List<String> vocabulary, boolean lowerCase) {
    return FastTokenizer.of(json(vocabulary, lowerCase, "vocabulary"), "vocabulary");
  }

  /** The same as a {@code tokenizer.json}. */
  static String json(List<String> vocabulary, boolean lowerCase, String name) {
    Map<String, Integer> ids = new LinkedHashMap<>();
    for (String piece : vocabulary) {
      Integer before = ids.putIfAbsent(piece, ids.size());
      if (before != null) {
        throw new PerceptException(
            "'"
                + name
                + "': the piece '"
                + piece
                + "' stands twice, on lines "
                + (before + 1)
                + " and "
                + (ids.size() + 1)
                + "; take the vocab.txt that was saved with the model");
      }
    }
    for (String needed : List.of(UNKNOWN, BEGIN, END)) {
      if (!ids.containsKey(needed)) {
        throw new PerceptException(
            "'"
                + name
                + "' has no "
                + needed
                + ", which a WordPiece vocabulary needs; take the vocab.txt that was saved with the"
                + " model");
      }
    }
    return new JsonMapper().writeValueAsString(file(ids, lowerCase));
  }

  private static Map<String, Object> file(Map<String, Integer> ids, boolean lowerCase) {
    Map<String, Object> file = new LinkedHashMap<>();
    file.put("version", "1.0");
    file.put(
        "added_tokens", SPECIAL.stream().filter(ids::containsKey).map(s -> added(s, ids)).toList());
    file.put(
        "normalizer",
        Map.of(
            "type",
            "BertNormalizer",
            "clean_text",
            true,
            "handle_chinese_chars",
            true,
            "strip_accents",
            lowerCase,
            "lowercase",
            lowerCase));
    file.put("pre_tokenizer", Map.of("type", "BertPreTokenizer"));
    file.put(
        "post_processor",
        Map.of(
            "type", "BertProcessing",
            "sep", List.of(END, id(ids, END)),
            "cls", List.of(BEGIN, id(ids, BEGIN))));
    file.put(
        "model",
        Map.of(
            "type", "WordPiece",
            "unk_token", UNKNOWN,
            "continuing_subword_prefix", "##",
            "max_input_chars_per_word", LONGEST_WORD,
            "vocab", ids));
    return file;
  }

  private static Map<String, Object> added(String special, Map<String, Integer> ids) {
    return Map.of(
        "id", id(ids, special),
        "content", special,
        "single_word", false,
        "lstrip", false,
        "rstrip", false,
        "normalized", false,
        "special", true);
  }

  private static int id(Map<String, Integer> ids, String piece) {
    Integer id = ids.get(piece);
    if (id == null) {
      throw new IllegalStateException(piece + " was looked for before");
    }
    return id;
  }
}
