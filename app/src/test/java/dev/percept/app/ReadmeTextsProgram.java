package dev.percept.app;

import dev.percept.app.explain.CropBoxes;
import dev.percept.core.Run;
import dev.percept.core.Target;
import dev.percept.core.TextModel;
import dev.percept.engine.onnx.OnnxEngine;
import dev.percept.methods.craft.Craft;
import dev.percept.methods.craft.CraftResult;
import dev.percept.text.Excerpts;
import dev.percept.text.LazyTexts;
import dev.percept.text.TokenizerFile;
import dev.percept.text.Unit;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** The Java program for texts of README.md; {@link ReadmeTest} compares the lines and runs them. */
final class ReadmeTextsProgram {
  private ReadmeTextsProgram() {}

  static void explain(Path file, Path vocabulary, List<String> reviews, Target target) {
    // README begins
    Run run = Run.of(0); // a seed, all cores
    try (TextModel model = OnnxEngine.openText(file);
        TokenizerFile tokenizer = TokenizerFile.open(vocabulary)) {
      var texts = LazyTexts.of(reviews, tokenizer.tokenizer(), model.maxTokens());
      var clauses = Excerpts.of(texts, Unit.CLAUSE.splitter(Locale.ENGLISH, texts.tokenizer()));
      CraftResult found =
          Craft.of(5).explain(model, texts, clauses, CropBoxes.of(clauses), target, run);
      for (int k = 0; k < found.crops().size(); k++) {
        int strongest = found.crops().get(k).levels().get(0).crops().get(0);
        double index = found.importance().concepts().get(k).total();
        System.out.println(index + ": " + clauses.excerpt(strongest));
      }
    }
    // README ends
  }
}
