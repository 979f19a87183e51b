package dev.percept.app.explain;

import dev.percept.bundle.Bundle;
import dev.percept.core.Span;
import dev.percept.methods.map.CropBox;
import dev.percept.text.LazyTexts;
import dev.percept.text.Splitter;
import dev.percept.text.TextRow;
import dev.percept.text.Tokenizer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Texts of a class and the units that they were split into, from the shortest to the longest.
 *
 * @param rows the texts
 * @param places text and span of each unit
 * @param units the units as the model takes them
 */
record TextUnits(List<TextRow> rows, List<Place> places, LazyTexts units) implements ClassInputs {
  /** Where a unit stands. */
  record Place(int text, Span span) {}

  /** Splits the texts of a class. */
  static TextUnits of(OpenedTexts.OfClass one, Splitter splitter, Tokenizer tokenizer) {
    List<Place> all = new ArrayList<>();
    List<String> strings = new ArrayList<>();
    for (int i = 0; i < one.rows().size(); i++) {
      String text = one.rows().get(i).text();
      for (Span span : splitter.split(text)) {
        // A unit of which the model knows nothing would only be its special tokens.
        if (LazyTexts.tokens(span.of(text), tokenizer) > 0) {
          all.add(new Place(i, span));
          strings.add(span.of(text));
        }
      }
    }
    List<Integer> order = LazyTexts.byLength(strings, tokenizer);
    return new TextUnits(
        one.rows(),
        order.stream().map(all::get).toList(),
        new LazyTexts(
            order.stream().map(strings::get).toList(),
            u -> "unit " + u,
            tokenizer,
            one.texts().maxTokens()));
  }

  /** Where units stand, in the words of the methods: boxes one high. */
  List<CropBox> boxes() {
    return places.stream()
        .map(p -> new CropBox(p.text(), p.span().start(), 0, p.span().length(), 1))
        .toList();
  }

  @Override
  public List<String> names() {
    return rows.stream().map(row -> "row " + row.number()).toList();
  }

  @Override
  public int parts() {
    return places.size();
  }

  @Override
  public List<String> skipped() {
    return List.of();
  }

  @Override
  public String fingerprint() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (TextRow row : rows) {
        digest.update((row.number() + "\n").getBytes(StandardCharsets.UTF_8));
        // A broken surrogate has no bytes of its own in UTF-8; its place is what counts here.
        digest.update(row.text().getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  @Override
  public Bundle.Excerpt excerpt(
      int part, String group, String name, double value, Map<String, byte[]> files) {
    Place place = places.get(part);
    String file = name + ".txt";
    files.put(file, units.texts().get(part).getBytes(StandardCharsets.UTF_8));
    double length = rows.get(place.text()).text().length();
    return new Bundle.Excerpt(
        group,
        file,
        place.text(),
        place.span().start() / length,
        0,
        place.span().length() / length,
        1,
        value);
  }

  @Override
  public String whole(int index, String key, Map<String, byte[]> files) {
    String file = "texts/" + key + "/" + index + ".txt";
    files.put(file, rows.get(index).text().getBytes(StandardCharsets.UTF_8));
    return file;
  }

  /** The texts of {@code count} of the units in which a concept is strongest. */
  List<Integer> strongest(dev.percept.core.Tensor codes, int concept, int count) {
    return IntStream.range(0, parts())
        .boxed()
        .filter(i -> codes.get(i, concept) > 0)
        .sorted(java.util.Comparator.comparingDouble((Integer i) -> -codes.get(i, concept)))
        .limit(count)
        .toList();
  }
}
