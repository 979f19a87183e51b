package dev.percept.zoo.reviews;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.core.Sha256;
import dev.percept.core.Tensor;
import dev.percept.engine.onnx.EngineOptions;
import dev.percept.engine.onnx.OnnxEngine;
import dev.percept.engine.onnx.OnnxTextModel;
import dev.percept.text.LazyTexts;
import dev.percept.text.Tokenizer;
import dev.percept.text.TokenizerFile;
import dev.percept.zoo.Split;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedReviewsTest {
  private static final ReviewsCard CARD = EmbeddedReviews.card();

  @TempDir Path folder;

  @Test
  void theCardIsAboutThisFile() {
    assertEquals(CARD.sha256(), Sha256.of(EmbeddedReviews.bytes()));
    assertTrue(EmbeddedReviews.bytes().length < 2_000_000);
    assertEquals(CARD, ReviewsCard.parse(CARD.text()));
  }

  @Test
  void theVocabularyIsThatOfTheTrainingTexts() {
    assertEquals(ReviewsTrainer.vocabulary(), EmbeddedReviews.vocabulary());
  }

  @Test
  void topicsThatShareWordsAreHarder() {
    double overlapping =
        (CARD.f1().get(Topic.PRESENTATION.index()) + CARD.f1().get(Topic.DESIGN.index())) / 2;
    double distinct =
        (CARD.f1().get(Topic.PRICE.index()) + CARD.f1().get(Topic.INGREDIENTS.index())) / 2;
    assertTrue(CARD.accuracy() > 0.75, CARD.text());
    assertTrue(overlapping < distinct - 0.2, overlapping + " and " + distinct);
  }

  @Test
  void itReachesTheAccuracyOfItsCardInAnotherEngine() {
    int count = 880;
    List<Review> reviews =
        IntStream.range(0, count).mapToObj(i -> Reviews.review(Split.TEST, i)).toList();
    Path file = EmbeddedReviews.copyTo(folder);
    int right = 0;
    try (OnnxTextModel model =
            OnnxEngine.openText(file, EmbeddedReviews.LAYER, EngineOptions.DEFAULT);
        Tokenizer tokenizer =
            TokenizerFile.open(folder.resolve(EmbeddedReviews.VOCABULARY)).tokenizer()) {
      assertEquals(EmbeddedReviews.MAX_TOKENS, model.maxTokens());
      LazyTexts texts =
          LazyTexts.of(reviews.stream().map(Review::text).toList(), tokenizer, model.maxTokens());
      assertTrue(
          IntStream.range(0, count)
              .mapToObj(texts::encoding)
              .noneMatch(e -> e.truncated() || e.ids().contains(1)));
      Tensor inputs = texts.batch(0, count);
      Tensor logits = model.logits(inputs);
      for (int i = 0; i < count; i++) {
        right += best(logits, i) == reviews.get(i).label().index() ? 1 : 0;
      }
      // What the head reads is never negative, and the cut changes nothing.
      assertTrue(model.check(inputs).passed(), "cut");
    }
    // 880 of the 4,400 texts of the card: four standard deviations of a share.
    assertEquals(CARD.accuracy(), (double) right / count, 4 * Math.sqrt(0.16 / count));
    assertEquals(
        Reviews.labels(), read(folder.resolve(EmbeddedReviews.LABELS)), "labels beside the model");
  }

  private static int best(Tensor logits, int row) {
    int best = 0;
    for (int c = 1; c < Topic.values().length; c++) {
      best = logits.get(row, c) > logits.get(row, best) ? c : best;
    }
    return best;
  }

  private static List<String> read(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
