package dev.percept.text;

import dev.percept.core.Examples;
import dev.percept.core.Shape;
import dev.percept.core.Span;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Pieces of texts, such as sentences, each of which goes through the model alone: what crops are to
 * pictures. From the shortest to the longest, so that those of a batch are of like length.
 *
 * @param places where each stands
 * @param texts the pieces as the model takes them
 */
public record Excerpts(List<Place> places, LazyTexts texts) implements Examples {
  /**
   * Where a piece stands.
   *
   * @param text number of its text
   * @param span its place there
   */
  public record Place(int text, Span span) {}

  public Excerpts {
    places = List.copyOf(places);
    if (places.size() != texts.size()) {
      throw new IllegalArgumentException(
          "excerpts: " + texts.size() + " texts, but " + places.size() + " places");
    }
  }

  /** The pieces of {@code whole}; those without a token in them are left out. */
  public static Excerpts of(LazyTexts whole, Splitter splitter) {
    List<Place> all = new ArrayList<>();
    List<String> strings = new ArrayList<>();
    List<Integer> lengths = new ArrayList<>();
    for (int i = 0; i < whole.size(); i++) {
      String text = whole.texts().get(i);
      for (Span span : splitter.split(text)) {
        String piece = span.of(text);
        int length = LazyTexts.tokens(piece, whole.tokenizer());
        // A piece of which the model knows nothing would only be its special tokens.
        if (length > 0) {
          all.add(new Place(i, span));
          strings.add(piece);
          lengths.add(length);
        }
      }
    }
    List<Integer> order =
        IntStream.range(0, strings.size())
            .boxed()
            .sorted(Comparator.comparing(lengths::get))
            .toList();
    List<Place> places = order.stream().map(all::get).toList();
    return new Excerpts(
        places,
        new LazyTexts(
            order.stream().map(strings::get).toList(),
            i -> whole.name(places.get(i).text()),
            whole.tokenizer(),
            whole.maxTokens()));
  }

  /** The piece itself. */
  public String excerpt(int index) {
    return texts.texts().get(index);
  }

  @Override
  public int size() {
    return places.size();
  }

  @Override
  public Shape shape() {
    return texts.shape();
  }

  @Override
  public String name(int index) {
    return texts.name(index);
  }

  @Override
  public void read(int index, FloatBuffer target) {
    texts.read(index, target);
  }
}
