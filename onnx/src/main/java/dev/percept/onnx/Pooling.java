package dev.percept.onnx;

/**
 * Where a model of texts stops looking at single tokens.
 *
 * @param kind how one row is made of the rows of all tokens
 * @param before the tensor of tokens that goes in
 * @param after the tensor without an axis of tokens that comes out
 */
public record Pooling(Kind kind, String before, String after) {
  /** How one row is made of many. */
  public enum Kind {
    /** The first token's row. */
    FIRST("the first token of"),
    /** The last row, or that of a token that the graph looks for, such as the last one. */
    PICKED("one token, picked by its place, of"),
    /** The mean over tokens, padding left out. */
    MASKED_MEAN("the mean over the tokens (without padding) of"),
    /** The mean over everything there is, padding included. */
    MEAN("the mean over all places (padding, too) of"),
    /** The sum over tokens. */
    SUM("the sum over the tokens of"),
    /** The largest value of each feature. */
    MAX("the maximum over the tokens of"),
    /** A mean with weights that depend on the text. */
    WEIGHTED("a weighted mean, with weights that depend on the text, of"),
    /** Every place by weights of its own. */
    FLATTENED("every place, by weights of its own, of"),
    /** Several of these. */
    SEVERAL("several summaries of"),
    /** Something else. */
    OTHER("a summary of");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    /** Whether each token could stand in the place of what is read. */
    public boolean isOfSingleTokens() {
      return switch (this) {
        case FIRST, PICKED, MASKED_MEAN, MEAN, MAX, WEIGHTED, SUM -> true;
        case FLATTENED, SEVERAL, OTHER -> false;
      };
    }
  }

  /** What the head reads, in words: {@code the first token of 'x' (in 'y')}. */
  public String words() {
    return kind.words + " '" + before + "'" + (before.equals(after) ? "" : " (in '" + after + "')");
  }
}
