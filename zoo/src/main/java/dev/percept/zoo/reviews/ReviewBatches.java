package dev.percept.zoo.reviews;

import dev.percept.core.Run;
import dev.percept.engine.torch.TransformerTrainer;
import dev.percept.text.Tokenizer;
import dev.percept.zoo.Split;

/**
 * What the text model is trained on: every text is new, with the label that it has.
 *
 * @param tokenizer makes its tokens
 * @param run threads
 */
record ReviewBatches(Tokenizer tokenizer, Run run) implements TransformerTrainer.Texts {
  @Override
  public void fill(int step, int[][] tokens, long[] labels) {
    run.parallel(
        tokens.length,
        i -> {
          int index = Math.addExact(Math.multiplyExact(step, tokens.length), i);
          Review review = Reviews.review(Split.TRAIN, index);
          tokens[i] = tokens(tokenizer, review.text());
          labels[i] = review.label().index();
        });
  }

  static int[] tokens(Tokenizer tokenizer, String text) {
    return tokenizer.encode(text, EmbeddedReviews.MAX_TOKENS).ids().stream()
        .mapToInt(Integer::intValue)
        .toArray();
  }
}
