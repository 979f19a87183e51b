package dev.percept.bundle;

import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Whether a class's texts belong to it. */
record TextsCheck(Bundle.ClassPart part, ClassTexts texts) {
  private static final Set<String> UNITS = Set.of("token", "word", "clause", "sentence", "text");
  private static final Set<String> METHODS =
      Set.of("direction", "occlusion", "clauses", "gradient");
  private static final String CONTRAST = "contrast";

  void check(Map<String, Tensor> tensors, Collection<String> files) {
    String name = part.key() + ".texts";
    BundleCheck.require(
        UNITS.contains(texts.unit()),
        name + ".unit: expected one of the units, found '" + BundlePaths.shown(texts.unit()) + "'");
    BundleCheck.require(
        texts.truncated() >= 0 && texts.truncated() <= part.files().size(),
        name + ".truncated: expected at most all texts, found " + texts.truncated());
    Set<String> shown =
        part.pictures().stream().map(Bundle.PicturePart::file).collect(Collectors.toSet());
    part.concepts().forEach(c -> c.excerpts().forEach(e -> shown.add(e.file())));
    Set<String> own = new HashSet<>();
    int words = 0;
    for (ClassTexts.Passage passage : texts.passages()) {
      String at = name + ".passages[" + BundlePaths.shown(passage.file()) + "]";
      BundleCheck.require(
          own.add(passage.file()) && files.contains(passage.file()),
          at + ".file: expected a file of the bundle, each once");
      pieces(at + ".words", passage.words());
      pieces(
          at + ".sentences", passage.sentences().stream().map(ClassTexts.Without::piece).toList());
      BundleCheck.require(
          passage.read() >= 0, at + ".read: expected at least 0, found " + passage.read());
      words += passage.words().size();
    }
    BundleCheck.require(
        own.equals(shown), name + ".passages: expected the files of excerpts and shown texts");
    Set<String> methods = new HashSet<>();
    for (ClassTexts.Method method : texts.methods()) {
      BundleCheck.require(
          METHODS.contains(method.name()) && methods.add(method.name()),
          name + ".methods: expected known names, each once");
      BundleCheck.tensor(
          tensors, part.key() + "/" + method.name(), Shape.of(words, part.concepts().size()));
    }
    lists(name + ".words", methods);
  }

  private void lists(String name, Set<String> methods) {
    BundleCheck.require(
        texts.words().size() == part.concepts().size(),
        name + ": expected one entry a concept, found " + texts.words().size());
    for (int k = 0; k < texts.words().size(); k++) {
      ClassTexts.OfConcept of = texts.words().get(k);
      BundleCheck.require(of.id() == k, name + ".id: expected " + k + ", found " + of.id());
      for (ClassTexts.Ranked ranked : of.by()) {
        BundleCheck.require(
            ranked.method().equals(CONTRAST) || methods.contains(ranked.method()),
            name + ".by.method: expected contrast or one of the methods");
        for (ClassTexts.Word word : ranked.words()) {
          BundleCheck.require(
              Double.isFinite(word.value()) && word.count() >= 0,
              name + ".by.words: expected finite values, found " + word.value());
        }
      }
    }
  }

  /** Whether every file is text, and every piece lies in it. */
  static void files(LoadedBundle loaded) {
    for (Bundle.ClassPart part : loaded.bundle().classes()) {
      ClassTexts texts = part.texts();
      if (texts == null) {
        continue;
      }
      for (ClassTexts.Passage passage : texts.passages()) {
        int length = loaded.text(passage.file()).length();
        int last = passage.read();
        for (ClassTexts.Piece piece : passage.words()) {
          last = Math.max(last, piece.end());
        }
        for (ClassTexts.Without without : passage.sentences()) {
          last = Math.max(last, without.piece().end());
        }
        BundleCheck.require(
            last <= length,
            BundlePaths.shown(passage.file())
                + ": expected pieces within its "
                + length
                + " characters, found one to "
                + last);
      }
    }
  }

  /** From left to right; whether they lie in the file is asked where it is read. */
  private static void pieces(String name, List<ClassTexts.Piece> pieces) {
    int last = 0;
    for (ClassTexts.Piece piece : pieces) {
      BundleCheck.require(
          piece.start() >= last && piece.end() > piece.start(),
          name + ": expected pieces from left to right, found " + piece);
      last = piece.end();
    }
  }
}
