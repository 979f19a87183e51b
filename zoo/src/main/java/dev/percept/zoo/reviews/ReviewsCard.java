package dev.percept.zoo.reviews;

import dev.percept.zoo.CardLines;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/**
 * What is known about a model trained on {@link Reviews}; a small properties file beside it.
 *
 * @param command how to make it again
 * @param seed of the training
 * @param steps batches
 * @param batch texts in a batch
 * @param sha256 of the ONNX file
 * @param testTexts texts of {@link dev.percept.zoo.Split#TEST} that it was tested on, from number 0
 * @param accuracy share of them that get their label
 * @param accuracyOfTopic share of them that get the topic that they are mainly about, whatever
 *     their label
 * @param macroF1 mean of {@code f1}
 * @param f1 harmonic mean of precision and recall of each label, in the order of {@link Topic}
 */
public record ReviewsCard(
    String command,
    long seed,
    int steps,
    int batch,
    String sha256,
    int testTexts,
    double accuracy,
    double accuracyOfTopic,
    double macroF1,
    List<Double> f1) {
  public ReviewsCard {
    f1 = List.copyOf(f1);
    if (f1.size() != Topic.values().length) {
      throw new IllegalArgumentException(
          "f1: expected " + Topic.values().length + " values, found " + f1.size());
    }
  }

  /** As a properties file; the same card gives the same bytes. */
  public String text() {
    CardLines text = new CardLines();
    text.add("command", command);
    text.add("seed", seed);
    text.add("steps", steps);
    text.add("batch", batch);
    text.add("sha256", sha256);
    text.add("test.texts", testTexts);
    text.share("accuracy", accuracy);
    text.share("accuracy.topic", accuracyOfTopic);
    text.share("macro.f1", macroF1);
    for (Topic topic : Topic.values()) {
      text.share("f1." + topic.label(), f1.get(topic.index()));
    }
    return text.text();
  }

  /**
   * Reads a card.
   *
   * @throws IllegalArgumentException if a line is missing or no number
   */
  public static ReviewsCard parse(String text) {
    Properties lines = CardLines.read(text);
    List<Double> f1 = new ArrayList<>();
    for (Topic topic : Topic.values()) {
      f1.add(Double.parseDouble(CardLines.get(lines, "f1." + topic.label())));
    }
    return new ReviewsCard(
        CardLines.get(lines, "command"),
        Long.parseLong(CardLines.get(lines, "seed")),
        Integer.parseInt(CardLines.get(lines, "steps")),
        Integer.parseInt(CardLines.get(lines, "batch")),
        CardLines.get(lines, "sha256"),
        Integer.parseInt(CardLines.get(lines, "test.texts")),
        Double.parseDouble(CardLines.get(lines, "accuracy")),
        Double.parseDouble(CardLines.get(lines, "accuracy.topic")),
        Double.parseDouble(CardLines.get(lines, "macro.f1")),
        f1);
  }
}
