package dev.percept.zoo.reviews;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class WordPieceTrainerTest {
  @Test
  void theMostFrequentPairsAreJoined() {
    // By hand: (##o, ##w) and (l, ##o) 7 times, # comes first; then (l, ##ow), (##e, ##r).
    List<String> texts = List.of("low low low low", "Lower, LOWER lower");
    assertEquals(
        List.of(
            "[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "##e", "##o", "##r", "##w", ",", "l",
            "##ow", "low", "##er"),
        WordPieceTrainer.train(texts, 14));
  }

  @Test
  void tiesGoToTheAlphabet() {
    assertEquals("ab", WordPieceTrainer.train(List.of("cd ab"), 10).get(9));
    assertEquals(
        WordPieceTrainer.train(List.of("cd ab"), 11), WordPieceTrainer.train(List.of("ab cd"), 11));
  }

  @Test
  void itStopsWhereThereIsNothingToJoin() {
    assertEquals(8, WordPieceTrainer.train(List.of("ab"), 100).size());
    assertEquals(5, WordPieceTrainer.train(List.of(), 100).size());
  }

  @Test
  void theVocabularyOfReviewsKnowsFrequentWordsWhole() {
    List<String> vocabulary = ReviewsTrainer.vocabulary();
    assertEquals(800, vocabulary.size());
    assertTrue(vocabulary.containsAll(List.of("the", "that", "is")));
    assertEquals(vocabulary, ReviewsTrainer.vocabulary());
  }
}
