package dev.percept.zoo;

import dev.percept.core.PerceptException;
import dev.percept.core.Run;
import dev.percept.core.Sha256;
import dev.percept.engine.torch.ResidualForward;
import dev.percept.engine.torch.ResidualSpec;
import dev.percept.engine.torch.ResidualTrainer;
import dev.percept.engine.torch.ResidualWeights;
import java.nio.file.Path;
import java.util.List;

/**
 * Trains the embedded model on {@link Creatures}, from nothing, in a few minutes on two cores. The
 * only class of the zoo that needs libtorch, with what it calls: the demonstration and the exam do
 * not.
 *
 * <p>Besides the species, training asks at each place of the last map which part is seen there, and
 * keeps the map quiet where there is none. So parts and places of the scene are parts and places
 * inside the network too, and marking an explanation against the scene is fair. Networks from
 * elsewhere are seldom so tidy. The questions are not part of the finished model.
 */
public final class ZooTrainer {
  /** The command that calls this, for cards and metadata. */
  public static final String COMMAND = "percept zoo train";

  private static final double PEAK_RATE = 4e-3;
  private static final double WEIGHT_DECAY = 0.02;
  private static final double SMOOTHING = 0.05;
  private static final double ATTRIBUTE_WEIGHT = 10;
  private static final double QUIET = 3;

  private ZooTrainer() {}

  /**
   * How long to train and test.
   *
   * @param steps batches
   * @param batch scenes in a batch
   * @param testScenes scenes on which accuracy is measured
   */
  public record Options(int steps, int batch, int testScenes) {
    /** What the committed model was trained with. */
    public static final Options STANDARD = new Options(1500, 32, 1200);

    public Options {
      if (testScenes < Species.values().length) {
        throw new IllegalArgumentException(
            "test scenes: at least " + Species.values().length + ", found " + testScenes);
      }
      // Steps and batch are checked by the trainer's own options.
      how(steps, batch);
    }
  }

  private static ResidualTrainer.Options how(int steps, int batch) {
    return new ResidualTrainer.Options(
        steps, batch, PEAK_RATE, WEIGHT_DECAY, SMOOTHING, ATTRIBUTE_WEIGHT, QUIET);
  }

  /** The architecture: 48 x 48 x 16, 24 x 24 x 48, 12 x 12 x 64. */
  static ResidualSpec spec() {
    return new ResidualSpec(
        3,
        16,
        2,
        List.of(
            new ResidualSpec.Stage(16, 1, 1, 3),
            new ResidualSpec.Stage(48, 1, 2, 3),
            new ResidualSpec.Stage(64, 1, 2, 1)),
        Species.values().length,
        TrainingScenes.ASKED);
  }

  /**
   * Trains and writes {@code creatures.onnx}, {@code labels.txt} and {@code creatures.properties}
   * (the card) into a folder; each is written beside its place and renamed, the card last.
   *
   * @return the card
   * @throws dev.percept.core.EngineMissingException if libtorch cannot be loaded
   * @throws PerceptException if the folder cannot be written to
   */
  public static ModelCard train(Path folder, Options options, Run run) {
    ResidualTrainer.Options how = how(options.steps(), options.batch());
    ResidualWeights weights =
        ResidualTrainer.train(
                spec(), SceneExamples.SHAPE, how, new TrainingScenes(options.batch(), run), run)
            .weights();
    String command = COMMAND + " --seed " + run.seed();
    Path model = folder.resolve(EmbeddedModel.MODEL);
    ResidualGraph.write(weights, Creatures.labels(), command, model);
    TextFiles.write(
        folder.resolve(EmbeddedModel.LABELS), String.join("\n", Creatures.labels()) + "\n");
    ModelCard card =
        SceneScores.card(
            inputs -> ResidualForward.logits(weights, inputs, run.threads()),
            options,
            command,
            Sha256.of(model),
            run);
    TextFiles.write(folder.resolve(EmbeddedModel.CARD), card.text());
    return card;
  }
}
