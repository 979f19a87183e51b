package dev.percept.zoo;

import dev.percept.core.DynamicLinearModel;
import dev.percept.core.Run;
import dev.percept.core.Sha256;
import dev.percept.core.Tensor;
import dev.percept.engine.torch.TorchEngine;
import dev.percept.fact.bcos.BcosFile;
import dev.percept.fact.bcos.BcosNetwork;
import dev.percept.fact.bcos.BcosSpec;
import dev.percept.fact.bcos.BcosTrainer;
import dev.percept.fact.bcos.ResNetSpec;
import dev.percept.fact.bcos.VitSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Trains B-cos networks on {@link Creatures}, on the scenes and with the questions about parts that
 * {@link ZooTrainer} has for the plain one.
 */
public final class BcosZooTrainer {
  private static final double SMOOTHING = 0.05;
  private static final double QUESTION_WEIGHT = 10;
  private static final int EVERY = 100;

  private BcosZooTrainer() {}

  /** The networks. */
  public enum Network {
    /** Residual: 48 x 48 x 16 twice, 24 x 24 x 32, 12 x 12 x 64. */
    CNN(EmbeddedBcos.NAME, " --architecture bcos", 3000, 0.1, 1e-2, 3),
    /**
     * A transformer of 12 x 12 tokens behind three convolutions. Nothing keeps its tokens quiet:
     * behind a normalisation a token is never nothing.
     */
    VIT(EmbeddedBcosVit.NAME, " --architecture bcos-vit", 4000, 0.3, 6e-3, 0);

    private final String file;
    private final String command;
    private final int steps;
    private final double temperature;
    private final double peakRate;
    private final double quiet;

    Network(
        String file, String option, int steps, double temperature, double peakRate, double quiet) {
      this.file = file;
      this.command = ZooTrainer.COMMAND + option;
      this.steps = steps;
      this.temperature = temperature;
      this.peakRate = peakRate;
      this.quiet = quiet;
    }

    /** What the committed one was trained with. */
    public ZooTrainer.Options standard() {
      return new ZooTrainer.Options(steps, 16, 1200);
    }

    /** The file of weights. */
    public String model() {
      return file + BcosFile.WEIGHTS;
    }

    String card() {
      return file + ".properties";
    }

    /**
     * The architecture. Logits are means over 144 places, few of which show anything, so they are
     * divided by a temperature below 1: else they need a third of the training to grow.
     */
    BcosSpec spec() {
      int side = Creatures.SIDE;
      int classes = Species.values().length;
      BcosSpec spec =
          this == CNN
              ? BcosSpec.of(residual(), side, side, classes)
              : BcosSpec.of(
                  new VitSpec(1, List.of(16, 32, 64), 64, 3, 4, 128), side, side, classes);
      return spec.withLogits(BcosSpec.logitBias(classes), temperature);
    }

    private static ResNetSpec residual() {
      return new ResNetSpec(
          16,
          3,
          2,
          false,
          ResNetSpec.Block.BASIC,
          List.of(
              new ResNetSpec.Stage(1, 16, 1),
              new ResNetSpec.Stage(1, 32, 2),
              new ResNetSpec.Stage(1, 64, 2)));
    }
  }

  /**
   * Trains and writes weights, their description, {@code labels.txt} and the card into a folder.
   *
   * @param state where the training leaves its state now and then, and goes on from; null for none
   * @return the card
   * @throws dev.percept.core.EngineMissingException if libtorch cannot be loaded
   * @throws dev.percept.core.PerceptException if a folder cannot be written to, or {@code state}
   *     holds that of another training
   */
  public static ModelCard train(
      Network which, Path folder, ZooTrainer.Options options, @Nullable Path state, Run run) {
    BcosTrainer.Options how =
        new BcosTrainer.Options(
            options.steps(),
            options.batch(),
            which.peakRate,
            0,
            TrainingScenes.ASKED,
            QUESTION_WEIGHT,
            which.quiet);
    BcosSpec spec = which.spec();
    Map<String, Tensor> weights =
        BcosTrainer.train(
                spec,
                how,
                new InverseScenes(options.batch(), SMOOTHING, run),
                state == null ? null : new BcosTrainer.Checkpoints(state, EVERY),
                run)
            .weights();
    String command = which.command + " --seed " + run.seed() + " --threads " + run.threads();
    Path model = folder.resolve(which.model());
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
      List<String> layers = network.layers();
      DynamicLinearModel last = network.cut(layers.get(layers.size() - 1));
      ModelCard card =
          SceneScores.card(
              inputs -> last.logits(InverseScenes.withInverse(inputs)),
              options,
              command,
              Sha256.of(model),
              run);
      TextFiles.write(folder.resolve(which.card()), card.text());
      return card;
    }
  }
}
