package dev.percept.zoo.reviews;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.percept.core.Run;
import dev.percept.core.Sha256;
import dev.percept.engine.torch.TransformerForward;
import dev.percept.engine.torch.TransformerTrainer;
import dev.percept.engine.torch.TransformerWeights;
import dev.percept.text.Tokenizer;
import dev.percept.text.WordPiece;
import dev.percept.zoo.EncoderGraph;
import dev.percept.zoo.Split;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A few steps only: that it runs, that it is the same twice, that its files are right. */
class ReviewsTrainerTest {
  private static final ReviewsTrainer.Options FEW = new ReviewsTrainer.Options(2, 4, 22);

  @TempDir Path folder;

  @Test
  void theSameSeedWritesTheSameFiles() throws IOException {
    ReviewsCard a = ReviewsTrainer.train(folder.resolve("a"), FEW, Run.of(5).withThreads(1));
    ReviewsCard b = ReviewsTrainer.train(folder.resolve("b"), FEW, Run.of(5).withThreads(1));
    assertEquals(a, b);
    for (String name : List.of("reviews.onnx", "vocab.txt", "reviews.properties")) {
      assertArrayEquals(
          Files.readAllBytes(folder.resolve("a").resolve(name)),
          Files.readAllBytes(folder.resolve("b").resolve(name)),
          name);
    }
    assertEquals(Sha256.of(folder.resolve("a/reviews.onnx")), a.sha256());
    String card = Files.readString(folder.resolve("a/reviews.properties"));
    assertEquals(a.text(), card);
    assertEquals(card, ReviewsCard.parse(card).text());
  }

  @Test
  void onnxRuntimeComputesWhatWasTrainedPaddingOrNot() throws OrtException {
    Run run = Run.of(1).withThreads(1);
    List<String> vocabulary = ReviewsTrainer.vocabulary();
    try (Tokenizer tokenizer = WordPiece.of(vocabulary, true)) {
      TransformerWeights weights =
          EncoderGraph.rounded(
              TransformerTrainer.texts(
                      ReviewsTrainer.spec(vocabulary.size()),
                      new TransformerTrainer.Options(2, 4, 1e-3, 0, 0, 0, 1),
                      new ReviewBatches(tokenizer, run),
                      run)
                  .weights());
      Path file = folder.resolve("m.onnx");
      TextGraph.write(weights, Reviews.labels(), "test", file);
      int[][] tokens = new int[3][];
      for (int i = 0; i < tokens.length; i++) {
        tokens[i] = ReviewBatches.tokens(tokenizer, Reviews.review(Split.TUNE, i).text());
      }
      float[] torch = TransformerForward.texts(weights, tokens, 1).toArray();
      for (int room : new int[] {0, 7}) {
        // Two engines, float32, four blocks: relative 1e-5 of logits near 1.
        assertArrayEquals(torch, runtime(file, tokens, room), 1e-4f, room + " more");
      }
    }
  }

  /** Logits by ONNX Runtime itself, with {@code more} columns of padding behind the longest. */
  private static float[] runtime(Path file, int[][] tokens, int more) throws OrtException {
    int longest = more;
    for (int[] one : tokens) {
      longest = Math.max(longest, one.length + more);
    }
    long[][] ids = new long[tokens.length][longest];
    long[][] mask = new long[tokens.length][longest];
    for (int i = 0; i < tokens.length; i++) {
      for (int t = 0; t < tokens[i].length; t++) {
        ids[i][t] = tokens[i][t];
        mask[i][t] = 1;
      }
    }
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession session = environment.createSession(file.toString());
        OnnxTensor a = OnnxTensor.createTensor(environment, ids);
        OnnxTensor b = OnnxTensor.createTensor(environment, mask);
        OnnxTensor c = OnnxTensor.createTensor(environment, new long[tokens.length][longest]);
        OrtSession.Result result =
            session.run(Map.of("input_ids", a, "attention_mask", b, "token_type_ids", c))) {
      float[][] logits = (float[][]) result.get(0).getValue();
      float[] flat = new float[logits.length * logits[0].length];
      for (int i = 0; i < flat.length; i++) {
        flat[i] = logits[i / logits[0].length][i % logits[0].length];
      }
      return flat;
    }
  }

  @Test
  void scoresAreCounted() {
    List<Review> texts = List.of(of(0, 0), of(0, 1), of(1, 1), of(2, 2));
    ReviewScores scores = ReviewScores.of(texts, new int[] {0, 0, 1, 1});
    assertEquals(0.5, scores.accuracy());
    assertEquals(0.75, scores.accuracyOfTopic());
    // Label 0: said twice, is once, hit once. Label 1: said twice, is twice, hit once.
    assertEquals(2.0 / 3, scores.f1().get(0), 1e-12);
    assertEquals(0.5, scores.f1().get(1), 1e-12);
    assertEquals(0, scores.f1().get(2));
    assertEquals((2.0 / 3 + 0.5) / 22, scores.macroF1(), 1e-12);
  }

  private static Review of(int topic, int label) {
    Topic[] all = Topic.values();
    return new Review(Split.TUNE, 0, "", all[topic], all[label], List.of());
  }

  @Test
  void unfitOptionsAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> new ReviewsTrainer.Options(0, 8, 60));
    assertThrows(IllegalArgumentException.class, () -> new ReviewsTrainer.Options(1, 0, 60));
    assertThrows(IllegalArgumentException.class, () -> new ReviewsTrainer.Options(1, 8, 5));
    assertThrows(IllegalArgumentException.class, () -> ReviewsCard.parse("seed=1\n"));
  }
}
