package dev.percept.zoo.reviews;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
    StringBuilder text = new StringBuilder();
    line(text, "command", command);
    line(text, "seed", Long.toString(seed));
    line(text, "steps", Integer.toString(steps));
    line(text, "batch", Integer.toString(batch));
    line(text, "sha256", sha256);
    line(text, "test.texts", Integer.toString(testTexts));
    line(text, "accuracy", share(accuracy));
    line(text, "accuracy.topic", share(accuracyOfTopic));
    line(text, "macro.f1", share(macroF1));
    for (Topic topic : Topic.values()) {
      line(text, "f1." + topic.label(), share(f1.get(topic.index())));
    }
    return text.toString();
  }

  /**
   * Reads a card.
   *
   * @throws IllegalArgumentException if a line is missing or no number
   */
  public static ReviewsCard parse(String text) {
    Properties lines = new Properties();
    try (Reader reader = new StringReader(text)) {
      lines.load(reader);
    } catch (IOException e) {
      throw new IllegalStateException("a string cannot fail to be read", e);
    }
    List<Double> f1 = new ArrayList<>();
    for (Topic topic : Topic.values()) {
      f1.add(Double.parseDouble(get(lines, "f1." + topic.label())));
    }
    return new ReviewsCard(
        get(lines, "command"),
        Long.parseLong(get(lines, "seed")),
        Integer.parseInt(get(lines, "steps")),
        Integer.parseInt(get(lines, "batch")),
        get(lines, "sha256"),
        Integer.parseInt(get(lines, "test.texts")),
        Double.parseDouble(get(lines, "accuracy")),
        Double.parseDouble(get(lines, "accuracy.topic")),
        Double.parseDouble(get(lines, "macro.f1")),
        f1);
  }

  private static String get(Properties lines, String key) {
    String value = lines.getProperty(key);
    if (value == null) {
      throw new IllegalArgumentException("model card: no line '" + key + "'");
    }
    return value;
  }

  private static void line(StringBuilder text, String key, String value) {
    text.append(key).append('=').append(value).append('\n');
  }

  private static String share(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }
}
