package dev.percept.zoo;

import java.util.ArrayList;
import java.util.List;
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
    CardLines text = new CardLines();
    text.add("command", command);
    text.add("seed", seed);
    text.add("steps", steps);
    text.add("batch", batch);
    text.add("sha256", sha256);
    text.add("test.scenes", testScenes);
    text.share("accuracy", accuracy);
    for (Species species : Species.values()) {
      text.share("accuracy." + species.label(), accuracies.get(species.index()));
    }
    text.share("accuracy.withoutSticker", accuracyWithoutSticker);
    return text.text();
  }

  /**
   * Reads a card.
   *
   * @throws IllegalArgumentException if a line is missing or no number
   */
  public static ModelCard parse(String text) {
    Properties lines = CardLines.read(text);
    List<Double> accuracies = new ArrayList<>();
    for (Species species : Species.values()) {
      accuracies.add(Double.parseDouble(CardLines.get(lines, "accuracy." + species.label())));
    }
    return new ModelCard(
        CardLines.get(lines, "command"),
        Long.parseLong(CardLines.get(lines, "seed")),
        Integer.parseInt(CardLines.get(lines, "steps")),
        Integer.parseInt(CardLines.get(lines, "batch")),
        CardLines.get(lines, "sha256"),
        Integer.parseInt(CardLines.get(lines, "test.scenes")),
        Double.parseDouble(CardLines.get(lines, "accuracy")),
        accuracies,
        Double.parseDouble(CardLines.get(lines, "accuracy.withoutSticker")));
  }
}
