package dev.percept.report;

import dev.percept.bundle.Bundle;
import dev.percept.bundle.BundleWriter;
import dev.percept.bundle.ClassTexts;
import dev.percept.bundle.Importances;
import dev.percept.bundle.Names;
import dev.percept.bundle.StagedBundle;
import dev.percept.bundle.Timings;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToDoubleBiFunction;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A whole bundle of texts, with numbers of a {@link SyntheticClass} of which each picture is a text
 * now. By leaving out, word w says concept w mod r; alone, it says the concept before that one and
 * speaks against the one behind it.
 */
final class SyntheticTexts {
  private static final List<String> TEXTS =
      List.of(
          "Never again, the food was cold. The waiter was rude, and we left hungry.",
          "</script><img src=x onerror=alert(1)> said the menu. Nothing else was served.",
          "המנה הייתה קרה. And the bill was wrong, too.",
          "One sentence only, about a very slow dessert");
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+");
  private static final Pattern SENTENCE = Pattern.compile("[^.]+\\.?");

  private SyntheticTexts() {}

  /** Writes the bundle to {@code dir}, with its page. */
  static void write(Path dir, String... labels) {
    SyntheticBundle.Spec spec =
        SyntheticBundle.Spec.plain().labels(labels).concepts(5).pictures(12, 6).map(16, 1);
    Map<String, Tensor> dictionary = new TreeMap<>();
    Map<String, Tensor> codes = new TreeMap<>();
    Map<String, Tensor> maps = new TreeMap<>();
    Map<String, byte[]> files = new TreeMap<>();
    List<Bundle.ClassPart> parts = new ArrayList<>();
    List<Importances.OfClass> importances = new ArrayList<>();
    for (int i = 0; i < labels.length; i++) {
      SyntheticClass made = new SyntheticClass(spec, i);
      parts.add(ofTexts(made.part(), files, maps));
      importances.add(made.importance());
      dictionary.putAll(made.dictionary());
      codes.putAll(made.codes());
    }
    Bundle bundle =
        new Bundle(
            Bundle.SCHEMA,
            "texts",
            new Bundle.Provenance(
                new TreeMap<>(Map.of("class", "each", "texts", "menus.csv")),
                7,
                "9c1f4e0a",
                "51ab03c9",
                12 * labels.length,
                List.of(),
                new TreeMap<>(Map.of("percept", "0.1.0"))),
            new Bundle.Model(
                "encoder.onnx",
                "pooled",
                "Tanh",
                false,
                1,
                1,
                0,
                0,
                SyntheticClass.FEATURES,
                1000,
                List.of(3, 128),
                "words vocab.txt"),
            new Bundle.Split(1e-6, 12, 12, true),
            new Bundle.Crops(0, "sentence", 16),
            "semi-nmf",
            parts.size() == 1 ? parts.get(0).reconstruction() : null,
            parts.size() == 1 ? parts.get(0).accuracy() : null,
            List.of(),
            parts);
    try (StagedBundle staged =
        BundleWriter.stage(
            dir, bundle, new Importances(importances), dictionary, codes, maps, files)) {
      ReportPage.write(staged.load(), Names.NONE, staged.folder().resolve("report.html"));
      staged.commit(new Timings(List.of(new Timings.Stage("g", 40)), 41, 700_000_000));
    }
  }

  private static Bundle.ClassPart ofTexts(
      Bundle.ClassPart of, Map<String, byte[]> files, Map<String, Tensor> maps) {
    Set<String> names = new LinkedHashSet<>();
    List<ClassTexts.Passage> passages = new ArrayList<>();
    List<Bundle.ConceptPart> concepts = new ArrayList<>();
    for (Bundle.ConceptPart concept : of.concepts()) {
      List<Bundle.Excerpt> excerpts = new ArrayList<>();
      for (Bundle.Excerpt e : concept.excerpts()) {
        String file = e.file().replace(".jpg", ".txt");
        if (names.add(file)) {
          passages.add(passage(file, text(e.picture()), List.of()));
          files.put(file, text(e.picture()).getBytes(StandardCharsets.UTF_8));
        }
        excerpts.add(new Bundle.Excerpt(e.group(), file, e.picture(), 0, 0, 1, 1, e.value()));
      }
      concepts.add(new Bundle.ConceptPart(concept.id(), excerpts));
    }
    List<Bundle.PicturePart> shown = new ArrayList<>();
    for (Bundle.PicturePart p : of.pictures()) {
      String file = "texts/" + of.key() + "/" + p.row() + ".txt";
      files.put(file, text(p.row()).getBytes(StandardCharsets.UTF_8));
      passages.add(passage(file, text(p.row()), without(text(p.row()), p)));
      shown.add(
          new Bundle.PicturePart(
              p.row(),
              "row " + (p.row() + 2),
              file,
              p.predicted(),
              p.predictedProbability(),
              p.logit(),
              p.probability(),
              p.without(),
              p.scores(),
              p.restLogSumExp()));
    }
    int r = concepts.size();
    int words = passages.stream().mapToInt(p -> p.words().size()).sum();
    maps.put(of.key() + "/occlusion", values(words, r, (w, k) -> w % r == k ? .9 : 0));
    maps.put(
        of.key() + "/direction",
        values(words, r, (w, k) -> (w + 1) % r == k ? .6 : (w + r - 1) % r == k ? -.4 : 0));
    List<ClassTexts.OfConcept> lists = new ArrayList<>();
    for (int k = 0; k < r; k++) {
      lists.add(
          new ClassTexts.OfConcept(
              k,
              List.of(
                  new ClassTexts.Ranked(
                      "occlusion",
                      List.of(
                          new ClassTexts.Word("rude", .8, 4, null),
                          new ClassTexts.Word("</script><b>cold", .3, 2, null))),
                  new ClassTexts.Ranked("direction", List.of()),
                  new ClassTexts.Ranked(
                      "contrast", List.of(new ClassTexts.Word("waiter", 2.5, 6, 1))))));
    }
    return new Bundle.ClassPart(
        of.target(),
        of.key(),
        of.files(),
        of.crops(),
        of.reconstruction(),
        of.accuracy(),
        of.stability(),
        of.deletion(),
        of.insertion(),
        concepts,
        shown,
        of.warnings(),
        null,
        List.of(),
        null,
        null,
        new ClassTexts(
            "sentence",
            1,
            128,
            passages,
            List.of(
                new ClassTexts.Method("occlusion", "What is lost without the word.", true),
                new ClassTexts.Method("direction", "What the word says alone.", true)),
            lists));
  }

  private static String text(int row) {
    return TEXTS.get(row % TEXTS.size());
  }

  private static ClassTexts.Passage passage(
      String file, String text, List<ClassTexts.Without> without) {
    return new ClassTexts.Passage(file, pieces(WORD, text), text.length(), without);
  }

  private static List<ClassTexts.Without> without(String text, Bundle.PicturePart p) {
    List<ClassTexts.Piece> sentences = pieces(SENTENCE, text);
    return sentences.size() < 2
        ? List.of()
        : sentences.stream()
            .map(s -> new ClassTexts.Without(s, p.logit() - .5, p.probability() / 2))
            .toList();
  }

  private static List<ClassTexts.Piece> pieces(Pattern pattern, String text) {
    List<ClassTexts.Piece> pieces = new ArrayList<>();
    for (MatchResult m : pattern.matcher(text).results().toList()) {
      pieces.add(new ClassTexts.Piece(m.start(), m.end()));
    }
    return pieces;
  }

  private static Tensor values(int words, int r, ToDoubleBiFunction<Integer, Integer> of) {
    float[] values = new float[words * r];
    for (int w = 0; w < words; w++) {
      for (int k = 0; k < r; k++) {
        values[w * r + k] = (float) of.applyAsDouble(w, k);
      }
    }
    return Tensor.of(Shape.of(words, r), values);
  }
}
