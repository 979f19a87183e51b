package dev.percept.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.bundle.Bundle;
import dev.percept.bundle.BundleReader;
import dev.percept.bundle.ClassTexts;
import dev.percept.testkit.RealData;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A network of texts that others have trained, on sentences that people wrote. */
@Tag("realdata")
class RealTextsTest {
  /** Words that say of a film, a meal or a thing that it is bad, whatever stands around them. */
  private static final Set<String> NEGATIVE =
      Set.of(
          "annoying",
          "avoid",
          "awful",
          "bad",
          "boring",
          "cheap",
          "crap",
          "disappointed",
          "disappointing",
          "disappointment",
          "dull",
          "fails",
          "horrible",
          "lame",
          "mediocre",
          "mess",
          "pathetic",
          "poor",
          "poorly",
          "ridiculous",
          "stupid",
          "sucks",
          "terrible",
          "ugly",
          "unfortunately",
          "waste",
          "wasted",
          "weak",
          "worse",
          "worst");

  /** Of ten words, so many come from that list in some concept; of random words hardly one does. */
  private static final int FEWEST = 3;

  @TempDir Path folder;

  @Test
  void aConceptOfNegativeIsMadeOfNegativeWords() {
    Path out = folder.resolve("out");
    Path labels = TinyPictures.text(folder.resolve("labels.txt"), "negative\npositive\n");
    Percept run =
        Percept.run(
            "explain",
            "-m",
            RealData.path("models/sentiment-avgword.onnx"),
            "--texts",
            RealData.path("text/uci_sentences/imdb_labelled.txt"),
            "--tokenizer",
            RealData.path("models/tokenizers/sentiment-avgword_vocab.txt"),
            "--text-column",
            "1",
            "--label-column",
            "2",
            "--labels",
            labels,
            "-c",
            "negative",
            "-o",
            out);
    assertEquals(ExitCode.OK, run.status(), run.err());
    Bundle.ClassPart part = BundleReader.read(out).bundle().classes().get(0);
    List<String> lists = new ArrayList<>();
    int most = 0;
    for (ClassTexts.OfConcept concept : Objects.requireNonNull(part.texts()).words()) {
      for (ClassTexts.Ranked ranked : concept.by()) {
        List<String> first =
            ranked.words().stream().limit(10).map(w -> w.word().toLowerCase(Locale.ROOT)).toList();
        lists.add(concept.id() + " " + ranked.method() + " " + first);
        most = Math.max(most, (int) first.stream().filter(NEGATIVE::contains).count());
      }
    }
    assertTrue(most >= FEWEST, String.join("\n", lists));
  }
}
