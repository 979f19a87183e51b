package dev.percept.text;

import dev.percept.core.Span;
import java.util.List;

/**
 * A text as its model takes it, without padding.
 *
 * @param ids identities of the tokens, special ones included
 * @param types token types, one a token
 * @param spans where each token stands in the text as it was given; empty ({@code start = end}) for
 *     special tokens and white space
 * @param truncated whether the text was longer than the model takes
 */
public record Encoding(
    List<Integer> ids, List<Integer> types, List<Span> spans, boolean truncated) {
  public Encoding {
    ids = List.copyOf(ids);
    types = List.copyOf(types);
    spans = List.copyOf(spans);
    if (types.size() != ids.size() || spans.size() != ids.size()) {
      throw new IllegalArgumentException(
          "encoding: "
              + ids.size()
              + " tokens, but "
              + types.size()
              + " types and "
              + spans.size()
              + " spans");
    }
  }

  /** The number of tokens. */
  public int size() {
    return ids.size();
  }
}
