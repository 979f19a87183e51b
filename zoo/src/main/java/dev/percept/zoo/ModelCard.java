package dev.percept.zoo;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;

/**
 * What is known about a trained model of {@link Creatures}; a small properties file beside it.
 *
 * @param command how to make it again
 * @param seed of the training
 * @param steps batches
 * @param batch scenes in a batch
 * @param sha256 of the ONNX file
 * @param testScenes scenes of {@link Split#TEST} that accuracy was measured on, from number 0
 * @param accuracy share of them that it names rightly
 * @param accuracies the same for each species, in the order of {@link Species}
 * @param accuracyWithoutSticker the same for {@link Creatures#STICKER_SPECIES} when the sticker is
 *     taken out of every picture
 */
public record ModelCard(
    String command,
    long seed,
    int steps,
    int batch,
    String sha256,
    int testScenes,
    double accuracy,
    List<Double> accuracies,
    double accuracyWithoutSticker) {
  public ModelCard {
    accuracies = List.copyOf(accuracies);
    if (accuracies.size() != Species.values().length) {
      throw new IllegalArgumentException(
          "accuracies: expected " + Species.values().length + ", found " + accuracies.size());
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
    line(text, "test.scenes", Integer.toString(testScenes));
    line(text, "accuracy", share(accuracy));
    for (Species species : Species.values()) {
      line(text, "accuracy." + species.label(), share(accuracies.get(species.index())));
    }
    line(text, "accuracy.withoutSticker", share(accuracyWithoutSticker));
    return text.toString();
  }

  /**
   * Reads a card.
   *
   * @throws IllegalArgumentException if a line is missing or no number
   */
  public static ModelCard parse(String text) {
    Properties lines = new Properties();
    try (Reader reader = new StringReader(text)) {
      lines.load(reader);
    } catch (IOException e) {
      throw new IllegalStateException("a string cannot fail to be read", e);
    }
    List<Double> accuracies = new ArrayList<>();
    for (Species species : Species.values()) {
      accuracies.add(Double.parseDouble(get(lines, "accuracy." + species.label())));
    }
    return new ModelCard(
        get(lines, "command"),
        Long.parseLong(get(lines, "seed")),
        Integer.parseInt(get(lines, "steps")),
        Integer.parseInt(get(lines, "batch")),
        get(lines, "sha256"),
        Integer.parseInt(get(lines, "test.scenes")),
        Double.parseDouble(get(lines, "accuracy")),
        accuracies,
        Double.parseDouble(get(lines, "accuracy.withoutSticker")));
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
