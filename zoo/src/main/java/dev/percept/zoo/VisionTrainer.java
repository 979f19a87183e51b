package dev.percept.zoo;

import dev.percept.core.Run;
import dev.percept.core.Sha256;
import dev.percept.engine.torch.EncoderSpec;
import dev.percept.engine.torch.TransformerForward;
import dev.percept.engine.torch.TransformerSpec;
import dev.percept.engine.torch.TransformerTrainer;
import dev.percept.engine.torch.TransformerWeights;
import java.nio.file.Path;

/**
 * Trains a vision transformer on {@link Creatures}, on the scenes and with the questions about
 * parts that {@link ZooTrainer} has for the residual network. Nothing keeps its tokens quiet where
 * no part is: behind a layer normalisation a token is never nothing.
 */
public final class VisionTrainer {
  /** What it is trained with. */
  public static final ZooTrainer.Options STANDARD = new ZooTrainer.Options(4500, 16, 1200);

  /** The command that calls this, for cards and metadata. */
  public static final String COMMAND = ZooTrainer.COMMAND + " --architecture vit";

  /** What the committed model reads. */
  static final TransformerSpec.Reading READING = TransformerSpec.Reading.MEAN;

  private static final int PATCH = 8;
  private static final double PEAK_RATE = 2e-3;
  private static final double WEIGHT_DECAY = 0.02;
  private static final double SMOOTHING = 0.05;
  private static final double ATTRIBUTE_WEIGHT = 10;
  private static final double CLIP = 1;

  private VisionTrainer() {}

  /** The architecture: 144 patches of 8 x 8 pixels. */
  static TransformerSpec spec(TransformerSpec.Reading reading) {
    return new TransformerSpec(
        new TransformerSpec.Patches(3, Creatures.SIDE, PATCH),
        new EncoderSpec(64, 4, 2, 128, EncoderSpec.Norm.BEFORE),
        reading,
        Species.values().length,
        TrainingScenes.ASKED);
  }

  /** Trains as the committed model was: see the other method. */
  public static ModelCard train(Path folder, ZooTrainer.Options options, Run run) {
    return train(folder, READING, options, run);
  }

  /**
   * Trains and writes {@code creatures-vit.onnx}, {@code labels.txt} and {@code
   * creatures-vit.properties} (the card) into a folder.
   *
   * @param reading whether a class token or the mean of the patches is read
   * @return the card
   * @throws dev.percept.core.EngineMissingException if libtorch cannot be loaded
   * @throws dev.percept.core.PerceptException if the folder cannot be written to
   */
  static ModelCard train(
      Path folder, TransformerSpec.Reading reading, ZooTrainer.Options options, Run run) {
    TransformerTrainer.Options how =
        new TransformerTrainer.Options(
            options.steps(),
            options.batch(),
            PEAK_RATE,
            WEIGHT_DECAY,
            SMOOTHING,
            ATTRIBUTE_WEIGHT,
            CLIP);
    TransformerWeights weights =
        EncoderGraph.rounded(
            TransformerTrainer.pictures(
                    spec(reading), how, new TrainingScenes(options.batch(), run)::fill, run)
                .weights());
    String command = COMMAND + " --seed " + run.seed() + " --threads " + run.threads();
    Path model = folder.resolve(EmbeddedVit.MODEL);
    VisionGraph.write(weights, Creatures.labels(), command, model);
    TextFiles.write(
        folder.resolve(EmbeddedModel.LABELS), String.join("\n", Creatures.labels()) + "\n");
    ModelCard card =
        SceneScores.card(
            inputs -> TransformerForward.pictures(weights, inputs, run.threads()),
            options,
            command,
            Sha256.of(model),
            run);
    TextFiles.write(folder.resolve(EmbeddedVit.CARD), card.text());
    return card;
  }
}
