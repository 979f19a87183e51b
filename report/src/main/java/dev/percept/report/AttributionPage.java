package dev.percept.report;

import dev.percept.bundle.AttributionFolder;
import dev.percept.bundle.AttributionMaps;
import dev.percept.core.PerceptException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Maps of several attribution methods side by side, as one HTML file that needs no network, drawn
 * from what 'percept attribute' has written.
 */
public final class AttributionPage {
  private AttributionPage() {}

  /** What the page's script reads. */
  record Model(
      String ask,
      String headline,
      String caution,
      List<List<String>> facts,
      List<Column> methods,
      List<Row> pictures,
      List<String> notes) {}

  /** A method: the head of a column, and its paragraph. */
  record Column(
      String name,
      String about,
      String settings,
      @Nullable String baseline,
      boolean signed,
      String passes,
      double seconds,
      double agreement) {}

  /** A picture with its maps. */
  record Row(
      String name,
      String src,
      String label,
      double score,
      @Nullable String instead,
      List<Cell> maps) {}

  /** A map, and how near it adds up where it should. */
  record Cell(Heat heat, AttributionMaps.@Nullable Gap gap) {}

  /** The page in UTF-8; the same folder gives the same bytes. */
  public static byte[] render(AttributionFolder folder) {
    Model model = model(folder);
    return Assets.page(Template.ATTRIBUTION, "Maps: " + model.headline(), PageFile.json(model))
        .getBytes(StandardCharsets.UTF_8);
  }

  private static Model model(AttributionFolder folder) {
    AttributionMaps maps = folder.maps();
    Agreement agreement = Agreement.of(folder);
    return new Model(
        "Where does " + maps.model() + " look when it answers " + classes(maps) + "?",
        headline(maps),
        caution(maps, agreement),
        facts(maps),
        IntStream.range(0, maps.methods().size())
            .mapToObj(i -> column(maps.methods().get(i), agreement.withOthers(i)))
            .toList(),
        IntStream.range(0, maps.pictures().size()).mapToObj(i -> row(folder, i)).toList(),
        maps.notes());
  }

  private static String classes(AttributionMaps maps) {
    return maps.pictures().stream()
        .map(p -> "“" + p.label() + "”")
        .distinct()
        .collect(Collectors.joining(", "));
  }

  private static String headline(AttributionMaps maps) {
    return count(maps.pictures().size(), "picture")
        + " of "
        + classes(maps)
        + " through the eyes of "
        + count(maps.methods().size(), "method");
  }

  private static String count(int n, String what) {
    return n + " " + what + (n == 1 ? "" : "s");
  }

  /** The weakest point, from the numbers. */
  private static String caution(AttributionMaps maps, Agreement agreement) {
    long wrong = maps.pictures().stream().filter(p -> p.top() != p.target()).count();
    StringBuilder text = new StringBuilder();
    if (wrong > 0) {
      text.append("In ")
          .append(wrong)
          .append(" of ")
          .append(count(maps.pictures().size(), "picture"))
          .append(" the model answers something else; there the maps show what speaks for the")
          .append(" class, not why it was chosen. ");
    }
    double mean = agreement.mean();
    if (!Double.isNaN(mean)) {
      text.append(
          String.format(
              Locale.ROOT,
              "Two of these methods agree about where the evidence is with a rank correlation of"
                  + " %.2f on average (1 is the same order of places, 0 is chance). ",
              mean));
      text.append(
          mean < 0.5
              ? "Where they differ, a map by itself proves nothing."
              : "Agreement is no proof: methods can be wrong together.");
    }
    return text.toString();
  }

  private static List<List<String>> facts(AttributionMaps maps) {
    List<List<String>> facts = new ArrayList<>();
    facts.add(List.of("Model", maps.model() + ", SHA-256 " + maps.modelSha256().substring(0, 12)));
    facts.add(List.of("Class activation at", maps.layer()));
    facts.add(List.of("Seed", Long.toString(maps.seed())));
    new TreeMap<>(maps.options()).forEach((k, v) -> facts.add(List.of("--" + k, v)));
    new TreeMap<>(maps.versions()).forEach((k, v) -> facts.add(List.of(k, v)));
    return facts;
  }

  private static Column column(AttributionMaps.Method m, double agreement) {
    String passes = m.forwards() + (m.forwards() == 1 ? " pass" : " passes");
    return new Column(
        m.name(),
        m.about(),
        m.settings(),
        m.baseline(),
        m.signed(),
        m.backwards() > 0 ? passes + ", " + m.backwards() + " back" : passes,
        m.secondsPerPicture(),
        agreement);
  }

  private static Row row(AttributionFolder folder, int i) {
    AttributionMaps.Picture p = folder.maps().pictures().get(i);
    List<Cell> cells =
        folder.maps().methods().stream()
            .map(
                m ->
                    new Cell(
                        Heat.of(m, folder.of(m), i), m.gaps() == null ? null : m.gaps().get(i)))
            .toList();
    return new Row(
        p.name(),
        "data:image/jpeg;base64," + base64(folder.pictures().get(i)),
        p.label(),
        p.score(),
        p.top() == p.target() ? null : p.topLabel(),
        cells);
  }

  private static String base64(Path file) {
    try {
      return Base64.getEncoder().encodeToString(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new PerceptException(
          "cannot read " + file + " (" + e + "); make it again with percept attribute", e);
    }
  }
}
