package dev.percept.zoo.reviews;

import dev.percept.core.Run;
import dev.percept.core.Sha256;
import dev.percept.core.Tensor;
import dev.percept.engine.torch.EncoderSpec;
import dev.percept.engine.torch.TransformerForward;
import dev.percept.engine.torch.TransformerSpec;
import dev.percept.engine.torch.TransformerTrainer;
import dev.percept.engine.torch.TransformerWeights;
import dev.percept.text.Tokenizer;
import dev.percept.text.WordPiece;
import dev.percept.zoo.EncoderGraph;
import dev.percept.zoo.Split;
import dev.percept.zoo.TextFiles;
import dev.percept.zoo.ZooTrainer;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Trains the text model on {@link Reviews}: first a vocabulary, then an encoder as BERT's, from
 * nothing.
 *
 * <p>The head reads the first token through a dense layer and a ReLU, as that of DistilBERT does
 * (BERT itself and RoBERTa have a tanh there). So what is explained is never negative, which
 * non-negative factorisation needs, and what follows it is affine, so that importance is exact.
 */
public final class ReviewsTrainer {
  /** The command that calls this, for cards and metadata. */
  public static final String COMMAND = ZooTrainer.COMMAND + " --data reviews";

  private static final int VOCABULARY = 800;
  private static final int TEXTS_FOR_VOCABULARY = 10_000;
  private static final double PEAK_RATE = 1e-3;
  private static final double WEIGHT_DECAY = 0.01;
  private static final double CLIP = 1;
  private static final int AT_ONCE = 64;

  private ReviewsTrainer() {}

  /**
   * How long to train and test.
   *
   * @param steps batches
   * @param batch texts in a batch
   * @param testTexts texts that it is tested on
   */
  public record Options(int steps, int batch, int testTexts) {
    /** What the committed model was trained with. */
    public static final Options STANDARD = new Options(3000, 32, 4400);

    public Options {
      if (testTexts < Topic.values().length) {
        throw new IllegalArgumentException(
            "test texts: at least " + Topic.values().length + ", found " + testTexts);
      }
      // Steps and batch are checked by the trainer's own options.
      how(steps, batch);
    }
  }

  private static TransformerTrainer.Options how(int steps, int batch) {
    return new TransformerTrainer.Options(steps, batch, PEAK_RATE, WEIGHT_DECAY, 0, 0, CLIP);
  }

  static TransformerSpec spec(int vocabulary) {
    return new TransformerSpec(
        new TransformerSpec.Words(vocabulary, EmbeddedReviews.MAX_TOKENS, 2),
        new EncoderSpec(128, 4, 4, 256, EncoderSpec.Norm.AFTER),
        TransformerSpec.Reading.FIRST_RECTIFIED,
        Topic.values().length,
        0);
  }

  /** The vocabulary of the training texts. */
  static List<String> vocabulary() {
    return WordPieceTrainer.train(
        IntStream.range(0, TEXTS_FOR_VOCABULARY)
            .mapToObj(i -> Reviews.review(Split.TRAIN, i).text())
            .toList(),
        VOCABULARY);
  }

  /**
   * Trains and writes {@code reviews.onnx}, {@code vocab.txt}, {@code reviews-labels.txt} and
   * {@code reviews.properties} (the card) into a folder.
   *
   * @return the card
   * @throws dev.percept.core.EngineMissingException if libtorch or the tokenizer library cannot be
   *     loaded
   * @throws dev.percept.core.PerceptException if the folder cannot be written to
   */
  public static ReviewsCard train(Path folder, Options options, Run run) {
    List<String> vocabulary = vocabulary();
    try (Tokenizer tokenizer = WordPiece.of(vocabulary, true)) {
      TransformerWeights weights =
          EncoderGraph.rounded(
              TransformerTrainer.texts(
                      spec(vocabulary.size()),
                      how(options.steps(), options.batch()),
                      new ReviewBatches(tokenizer, run),
                      run)
                  .weights());
      String command = COMMAND + " --seed " + run.seed() + " --threads " + run.threads();
      Path model = folder.resolve(EmbeddedReviews.MODEL);
      TextGraph.write(weights, Reviews.labels(), command, model);
      TextFiles.write(
          folder.resolve(EmbeddedReviews.VOCABULARY), String.join("\n", vocabulary) + "\n");
      TextFiles.write(
          folder.resolve(EmbeddedReviews.LABELS), String.join("\n", Reviews.labels()) + "\n");
      ReviewScores scores = scores(weights, tokenizer, options.testTexts(), run);
      ReviewsCard card =
          new ReviewsCard(
              command,
              run.seed(),
              options.steps(),
              options.batch(),
              Sha256.of(model),
              options.testTexts(),
              scores.accuracy(),
              scores.accuracyOfTopic(),
              scores.macroF1(),
              scores.f1());
      TextFiles.write(folder.resolve(EmbeddedReviews.CARD), card.text());
      return card;
    }
  }

  private static ReviewScores scores(
      TransformerWeights weights, Tokenizer tokenizer, int count, Run run) {
    List<Review> texts =
        IntStream.range(0, count).mapToObj(i -> Reviews.review(Split.TEST, i)).toList();
    int[] predicted = new int[count];
    for (int from = 0; from < count; from += AT_ONCE) {
      run.throwIfCancelled();
      List<Review> some = texts.subList(from, Math.min(count, from + AT_ONCE));
      int[][] tokens = new int[some.size()][];
      for (int i = 0; i < tokens.length; i++) {
        tokens[i] = ReviewBatches.tokens(tokenizer, some.get(i).text());
      }
      Tensor logits = TransformerForward.texts(weights, tokens, run.threads());
      for (int i = 0; i < tokens.length; i++) {
        int best = 0;
        for (int c = 1; c < Topic.values().length; c++) {
          best = logits.get(i, c) > logits.get(i, best) ? c : best;
        }
        predicted[from + i] = best;
      }
    }
    return ReviewScores.of(texts, predicted);
  }
}
