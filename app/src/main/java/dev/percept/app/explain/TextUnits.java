package dev.percept.app.explain;

import dev.percept.bundle.Bundle;
import dev.percept.text.Excerpts;
import dev.percept.text.Splitter;
import dev.percept.text.TextRow;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Texts of a class and the units that they were split into, from the shortest to the longest.
 *
 * @param rows the texts
 * @param units the units
 */
record TextUnits(List<TextRow> rows, Excerpts units) implements ClassInputs {
  /** Splits the texts of a class. */
  static TextUnits of(OpenedTexts.OfClass one, Splitter splitter) {
    return new TextUnits(one.rows(), Excerpts.of(one.texts(), splitter));
  }

  @Override
  public List<String> names() {
    return rows.stream().map(row -> "row " + row.number()).toList();
  }

  @Override
  public int parts() {
    return units.size();
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
    Excerpts.Place place = units.places().get(part);
    String file = name + ".txt";
    files.put(file, units.excerpt(part).getBytes(StandardCharsets.UTF_8));
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
