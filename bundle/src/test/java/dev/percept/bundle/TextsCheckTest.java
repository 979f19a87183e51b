package dev.percept.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.core.PerceptException;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bundles of texts whose parts do not belong together are refused, with what is wrong. */
@NullUnmarked // a null fails the test
class TextsCheckTest {
  private static final String EXCERPT = "excerpts/kite/c0-top-1.jpg";
  private static final String SHOWN = "pictures/kite/1.jpg";
  private static final ClassTexts.Method WAY = new ClassTexts.Method("direction", "Alone.", true);

  @TempDir Path folder;

  private static ClassTexts.Piece piece(int start, int end) {
    return new ClassTexts.Piece(start, end);
  }

  /** The text "crop" is one word; "picture" is taken for two, and for one sentence. */
  private static ClassTexts good() {
    return texts("sentence", 1, words(piece(0, 3), piece(4, 7)), List.of(WAY), "direction");
  }

  private static List<ClassTexts.Passage> words(ClassTexts.Piece... second) {
    return List.of(
        new ClassTexts.Passage(EXCERPT, List.of(piece(0, 4)), 4, List.of()),
        new ClassTexts.Passage(
            SHOWN, List.of(second), 7, List.of(new ClassTexts.Without(piece(0, 7), 1, .5))));
  }

  private static ClassTexts texts(
      String unit,
      int truncated,
      List<ClassTexts.Passage> passages,
      List<ClassTexts.Method> methods,
      String listed) {
    return new ClassTexts(
        unit,
        truncated,
        16,
        passages,
        methods,
        List.of(list(0, listed, .5), list(1, "contrast", 2)));
  }

  private static ClassTexts.OfConcept list(int id, String method, double value) {
    return new ClassTexts.OfConcept(
        id,
        List.of(
            new ClassTexts.Ranked(method, List.of(new ClassTexts.Word("pic", value, 1, null)))));
  }

  private static Bundle bundle(String kind, ClassTexts texts) {
    Bundle of = SampleBundle.bundle();
    Bundle.ClassPart p = of.classes().get(0);
    Bundle.ClassPart part =
        new Bundle.ClassPart(
            p.target(),
            p.key(),
            p.files(),
            p.crops(),
            p.reconstruction(),
            p.accuracy(),
            p.stability(),
            p.deletion(),
            p.insertion(),
            p.concepts(),
            p.pictures(),
            p.warnings(),
            p.rankCurve(),
            List.of(),
            p.tree(),
            p.rectification(),
            texts);
    return new Bundle(
        of.schema(),
        kind,
        of.provenance(),
        of.model(),
        of.splitCheck(),
        of.crops(),
        of.extractor(),
        of.reconstruction(),
        of.accuracy(),
        of.warnings(),
        List.of(part));
  }

  private StagedBundle stage(String kind, ClassTexts texts, byte[] shown) {
    Map<String, byte[]> files = new TreeMap<>(SampleBundle.files());
    files.put(SHOWN, shown);
    return BundleWriter.stage(
        folder.resolve("b"),
        bundle(kind, texts),
        SampleBundle.importances(),
        SampleBundle.dictionary(),
        SampleBundle.codes(),
        Map.of("class-7/direction", Tensor.zeros(Shape.of(3, 2))),
        files);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private void refused(String kind, ClassTexts texts, String... because) {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> stage(kind, texts, utf8("picture")).close(),
            because[0]);
    for (String part : because) {
      assertTrue(e.getMessage().contains(part), e.getMessage());
    }
  }

  private void refused(ClassTexts texts, String... because) {
    refused("texts", texts, because);
  }

  @Test
  void aWholeOneIsTaken() {
    try (StagedBundle staged = stage("texts", good(), utf8("picture"))) {
      staged.commit(SampleBundle.timings());
    }
    LoadedBundle loaded = BundleReader.read(folder.resolve("b"));
    assertEquals(good(), loaded.bundle().classes().get(0).texts());
    assertEquals("picture", loaded.text(SHOWN));
  }

  @Test
  void textsBelongToBundlesOfTexts() {
    refused("pictures", good(), "class-7.texts", "kind");
    refused("texts", null, "class-7.texts", "kind");
    refused("songs", good(), "bundle.kind", "'songs'");
  }

  @Test
  void unitsAndCountsAreChecked() {
    List<ClassTexts.Passage> words = words(piece(0, 3), piece(4, 7));
    refused(texts("verse", 1, words, List.of(WAY), "direction"), ".unit", "'verse'");
    refused(texts("word", 4, words, List.of(WAY), "direction"), ".truncated", "found 4");
    refused(texts("word", -1, words, List.of(WAY), "direction"), ".truncated", "found -1");
  }

  @Test
  void piecesGoFromLeftToRight() {
    for (List<ClassTexts.Passage> words :
        List.of(
            words(piece(0, 3), piece(2, 7)),
            words(piece(4, 7), piece(0, 3)),
            words(piece(0, 3), piece(4, 4)),
            words(piece(-1, 3), piece(4, 7)))) {
      refused(
          texts("word", 0, words, List.of(WAY), "direction"), "passages[" + SHOWN, "left to right");
    }
  }

  @Test
  void everyTextStandsThereOnce() {
    List<ClassTexts.Passage> words = words(piece(0, 3), piece(4, 7));
    refused(
        texts("word", 0, words.subList(0, 1), List.of(WAY), "direction"),
        ".passages",
        "the files of excerpts and shown texts");
    refused(
        texts("word", 0, List.of(words.get(1), words.get(1)), List.of(WAY), "direction"),
        "each once");
    refused(
        texts(
            "word",
            0,
            List.of(words.get(1), new ClassTexts.Passage("none.txt", List.of(), 0, List.of())),
            List.of(WAY),
            "direction"),
        "none.txt",
        "a file of the bundle");
  }

  @Test
  void waysAndTheirValuesAreChecked() {
    List<ClassTexts.Passage> words = words(piece(0, 3), piece(4, 7));
    refused(texts("word", 0, words, List.of(WAY, WAY), "direction"), ".methods", "each once");
    refused(
        texts("word", 0, words, List.of(new ClassTexts.Method("magic", "", true)), "contrast"),
        ".methods",
        "known names");
    // A word more than the tensor has rows.
    refused(
        texts("word", 0, words(piece(0, 3), piece(4, 5), piece(5, 7)), List.of(WAY), "direction"),
        "class-7/direction");
    refused(texts("word", 0, words, List.of(WAY), "gradient"), ".by.method", "one of the methods");
  }

  @Test
  void eachConceptHasItsWordsInOrder() {
    List<ClassTexts.Passage> words = words(piece(0, 3), piece(4, 7));
    ClassTexts.OfConcept zero = list(0, "direction", 1);
    for (List<ClassTexts.OfConcept> lists :
        List.of(
            List.of(zero),
            List.of(list(1, "direction", 1), zero),
            List.of(zero, list(1, "direction", Double.NaN)))) {
      refused(new ClassTexts("word", 0, 16, words, List.of(WAY), lists), "class-7.texts.words");
    }
  }

  @Test
  void piecesLieInTheirTexts() {
    // The file is shorter than what is said of it, or no text at all.
    for (byte[] content : List.of(utf8("pic"), new byte[] {(byte) 0xc3, '(', 0, 0, 0, 0, 0})) {
      PerceptException e =
          assertThrows(
              PerceptException.class,
              () -> {
                try (StagedBundle staged = stage("texts", good(), content)) {
                  staged.commit(SampleBundle.timings());
                }
                BundleReader.read(folder.resolve("b"));
              });
      assertTrue(e.getMessage().contains(SHOWN), e.getMessage());
    }
  }
}
