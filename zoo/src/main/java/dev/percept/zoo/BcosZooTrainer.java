package dev.percept.zoo;

import dev.percept.core.Run;
import dev.percept.core.Sha256;
import dev.percept.core.Tensor;
import dev.percept.engine.torch.TorchEngine;
import dev.percept.fact.bcos.BcosFile;
import dev.percept.fact.bcos.BcosNetwork;
import dev.percept.fact.bcos.BcosSpec;
import dev.percept.fact.bcos.BcosTrainer;
import dev.percept.fact.bcos.ResNetSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Trains a B-cos network on {@link Creatures}, on the scenes and with the questions about parts
 * that {@link ZooTrainer} has for the plain one.
 */
public final class BcosZooTrainer {
  /** What it is trained with. */
  public static final ZooTrainer.Options STANDARD = new ZooTrainer.Options(3000, 16, 1200);

  /** The command that calls this, for cards and metadata. */
  public static final String COMMAND = ZooTrainer.COMMAND + " --architecture bcos";

  private static final double PEAK_RATE = 1e-2;
  private static final double SMOOTHING = 0.05;
  private static final double QUESTION_WEIGHT = 10;
  private static final double QUIET = 3;
  private static final int EVERY = 100;

  /**
   * Logits are means over 144 places, few of which show anything, so they are divided by a tenth:
   * else they need a third of the training to grow.
   */
  private static final double TEMPERATURE = 0.1;

  private BcosZooTrainer() {}

  /** The architecture: 48 x 48 x 16 twice, 24 x 24 x 32, 12 x 12 x 64. */
  static BcosSpec spec() {
    int classes = Species.values().length;
    ResNetSpec body =
        new ResNetSpec(
            16,
            3,
            2,
            false,
            ResNetSpec.Block.BASIC,
            List.of(
                new ResNetSpec.Stage(1, 16, 1),
                new ResNetSpec.Stage(1, 32, 2),
                new ResNetSpec.Stage(1, 64, 2)));
    return BcosSpec.of(body, Creatures.SIDE, Creatures.SIDE, classes)
        .withLogits(BcosSpec.logitBias(classes), TEMPERATURE);
  }

  /**
   * Trains and writes {@code creatures-bcos.safetensors}, its description, {@code labels.txt} and
   * {@code creatures-bcos.properties} (the card) into a folder.
   *
   * @param state where the training leaves its state now and then, and goes on from; null for none
   * @return the card
   * @throws dev.percept.core.EngineMissingException if libtorch cannot be loaded
   * @throws dev.percept.core.PerceptException if a folder cannot be written to, or {@code state}
   *     holds that of another training
   */
  public static ModelCard train(
      Path folder, ZooTrainer.Options options, @Nullable Path state, Run run) {
    BcosTrainer.Options how =
        new BcosTrainer.Options(
            options.steps(),
            options.batch(),
            PEAK_RATE,
            0,
            TrainingScenes.ASKED,
            QUESTION_WEIGHT,
            QUIET);
    BcosSpec spec = spec();
    Map<String, Tensor> weights =
        BcosTrainer.train(
                spec,
                how,
                new InverseScenes(options.batch(), SMOOTHING, run),
                state == null ? null : new BcosTrainer.Checkpoints(state, EVERY),
                run)
            .weights();
    String command = COMMAND + " --seed " + run.seed() + " --threads " + run.threads();
    Path model = folder.resolve(EmbeddedBcos.MODEL);
    BcosFile.write(
        model,
        spec,
        weights,
        Creatures.labels(),
        BcosFile.Input.STANDARD,
        new BcosFile.Origin(command, run.seed(), Map.of("engine", TorchEngine.version())));
    TextFiles.write(
        folder.resolve(EmbeddedModel.LABELS), String.join("\n", Creatures.labels()) + "\n");
    try (BcosNetwork network = BcosFile.read(model).network(run.threads())) {
      var last = network.cut(EmbeddedBcos.LAYER);
      ModelCard card =
          SceneScores.card(
              inputs -> last.logits(InverseScenes.withInverse(inputs)),
              options,
              command,
              Sha256.of(model),
              run);
      TextFiles.write(folder.resolve(EmbeddedBcos.CARD), card.text());
      return card;
    }
  }
}
