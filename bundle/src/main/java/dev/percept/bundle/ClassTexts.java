package dev.percept.bundle;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a class of texts has beside what a class of pictures has: the pieces of each text that is
 * shown, and the words that carry each concept. The texts themselves lie in files, UTF-8, exactly
 * as they were given.
 *
 * @param unit what the texts were split into, for example {@code sentence}
 * @param truncated how many texts were longer than the model takes
 * @param maxTokens the longest text that goes in
 * @param passages one entry a file of the class: excerpts and shown texts
 * @param methods ways to find the words that carry a concept; for each the tensor {@code
 *     <key>/<method>} of {@code maps.safetensors}, W x r, W the number of words of all passages, in
 *     their order; 1 is the code of the concept's strongest excerpt
 * @param words of each concept, by id, one list a way that lists words
 */
public record ClassTexts(
    String unit,
    int truncated,
    int maxTokens,
    List<Passage> passages,
    List<Method> methods,
    List<OfConcept> words) {

  /**
   * A file's text.
   *
   * @param file in the bundle, for example {@code texts/class-1/7.txt}
   * @param words where its words stand in it
   * @param read how many of its code units the model reads; what stands behind was left off
   * @param sentences with what the model says without each; empty for excerpts
   */
  public record Passage(String file, List<Piece> words, int read, List<Without> sentences) {}

  /** From {@code start} to before {@code end}, in UTF-16 code units. */
  public record Piece(int start, int end) {}

  /** What the model says of a text without a piece of it. */
  public record Without(Piece piece, double logit, double probability) {}

  /**
   * A way to find words.
   *
   * @param name of its tensor: {@code direction}, {@code occlusion}, {@code clauses} or {@code
   *     gradient}
   * @param about what it says and what it does not
   * @param signed whether values below 0 say that a word lowers the code
   */
  public record Method(String name, String about, boolean signed) {}

  /** Words of a concept, from its strongest down, by each way that lists them. */
  public record OfConcept(int id, List<Ranked> by) {}

  /**
   * Words by one way.
   *
   * @param method a name of the class's list, or contrast: log-odds against all other texts
   * @param words strongest first
   */
  public record Ranked(String method, List<Word> words) {}

  /**
   * A word.
   *
   * @param value for {@code contrast} a z-score, else the mean over its places, those of a word
   *     that is rare drawn to 0
   * @param count in how many places it was looked at; for {@code contrast} how often it stands in
   *     the concept's excerpts
   * @param others for {@code contrast} how often it stands elsewhere; null for the other ways
   */
  public record Word(String word, double value, int count, @Nullable Integer others) {}
}
