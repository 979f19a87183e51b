package dev.percept.engine.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.core.Shape;
import dev.percept.core.SplitCheck;
import dev.percept.core.Tensor;
import dev.percept.core.TextModel;
import dev.percept.onnx.Pooling;
import dev.percept.testkit.RealData;
import dev.percept.testkit.text.Texts;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A published classifier of sentiment that averages embeddings of words. */
@Tag("realdata")
class RealTextModelTest {
  @Test
  void sentimentByMeanEmbeddings() {
    try (OnnxTextModel model =
        OnnxEngine.openText(
            RealData.path("models/sentiment-avgword.onnx"), "auto", EngineOptions.DEFAULT)) {
      assertEquals(256, model.maxTokens());
      assertEquals("features", model.info().layer());
      assertTrue(model.info().nonNegative());
      assertEquals(16, model.features());
      assertEquals(2, model.outputs());
      Pooling pooling = model.pooling();
      assertNotNull(pooling);
      // The file averages over all 256 places: padding takes part, as it does in its training.
      assertEquals(Pooling.Kind.MEAN, pooling.kind());
      Tensor x = Texts.batch(20, 256, 10_000);
      SplitCheck check = model.check(x);
      assertTrue(check.passed() && check.maxAbsLogit() > 0.1, check.toString());
      float[] together = model.pooled(x).toArray();
      for (int i = 0; i < 20; i++) {
        float[] alone = model.pooled(x.slice(i, i + 1)).toArray();
        float[] among = java.util.Arrays.copyOfRange(together, i * 16, i * 16 + 16);
        // The length is fixed, so only the order of sums may differ, in the last bit or two.
        assertArrayEquals(alone, among, 2e-6f);
      }
      Tensor tokens = model.tokens(x.slice(0, 2));
      assertEquals(Shape.of(2, 256, 16), tokens.shape());
      assertTrue(tokens.isFinite());
      assertEquals(TextModel.ROWS, model.inputShape().dim(0));
    }
  }

  /**
   * Reviews of phones and of restaurants: what the halves say is what the model says, and right.
   */
  @Test
  void sentencesOfReviews() throws IOException {
    Map<String, Integer> vocabulary = new HashMap<>();
    for (String line :
        Files.readAllLines(RealData.path("models/tokenizers/sentiment-avgword_vocab.txt"))) {
      String[] parts = line.split(" ", -1);
      vocabulary.put(parts[0], Integer.parseInt(parts[1]));
    }
    for (String file : List.of("amazon_cells_labelled.txt", "yelp_labelled.txt")) {
      List<String> lines =
          Files.readAllLines(RealData.path("text/uci_sentences/" + file)).stream()
              .filter(l -> l.endsWith("\t0") || l.endsWith("\t1"))
              .toList();
      float[] values = new float[lines.size() * TextModel.ROWS * 256];
      for (int i = 0; i < lines.size(); i++) {
        int start = i * TextModel.ROWS * 256;
        List<Integer> ids = new ArrayList<>(List.of(1));
        String text = lines.get(i).substring(0, lines.get(i).length() - 2);
        for (String word : text.toLowerCase(Locale.ROOT).split("[^a-z0-9']+", -1)) {
          if (!word.isEmpty() && ids.size() < 256) {
            ids.add(vocabulary.getOrDefault(word, 2));
          }
        }
        for (int t = 0; t < ids.size(); t++) {
          values[start + TextModel.IDS * 256 + t] = ids.get(t);
          values[start + TextModel.MASK * 256 + t] = 1;
        }
      }
      Tensor x = Tensor.wrap(Shape.of(lines.size(), TextModel.ROWS, 256), values);
      try (OnnxTextModel model =
          OnnxEngine.openText(
              RealData.path("models/sentiment-avgword.onnx"), "auto", EngineOptions.DEFAULT)) {
        assertTrue(model.check(x).passed());
        Tensor logits = model.logits(x);
        int right = 0;
        for (int i = 0; i < lines.size(); i++) {
          boolean positive = logits.get(i, 1) > logits.get(i, 0);
          right += positive == lines.get(i).endsWith("1") ? 1 : 0;
        }
        // Half would be chance; on the sentences of films that it was made for, 75 %.
        assertTrue(right > 0.65 * lines.size(), file + ": " + right + " of " + lines.size());
      }
    }
  }
}
