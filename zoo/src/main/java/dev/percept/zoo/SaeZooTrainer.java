package dev.percept.zoo;

import dev.percept.core.DynamicLinearModel;
import dev.percept.core.PerceptException;
import dev.percept.core.Run;
import dev.percept.engine.torch.TorchEngine;
import dev.percept.fact.bcos.BcosFile;
import dev.percept.fact.bcos.BcosNetwork;
import dev.percept.fact.bcos.InverseExamples;
import dev.percept.fact.sae.ActivationShards;
import dev.percept.fact.sae.PositionWeights;
import dev.percept.fact.sae.SaeCard;
import dev.percept.fact.sae.SaeFile;
import dev.percept.fact.sae.SaeSpec;
import dev.percept.fact.sae.SaeTrainer;
import dev.percept.fact.sae.SampledActivations;
import dev.percept.fact.sae.TrainingOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Trains sparse autoencoders at every depth of the zoo's B-cos network, measures what each costs,
 * and chooses one a depth.
 *
 * <p>They learn from scenes of {@link Split#TRAIN}, at places drawn by what they contribute. The
 * choice is made on {@link Split#TUNE}: of those that cost the network no more accuracy than is
 * allowed, the one of which the fewest latents speak. The table's figures are of {@link
 * Split#TEST}.
 */
public final class SaeZooTrainer {
  /** The command that calls this, for cards and metadata. */
  public static final String COMMAND = ZooTrainer.COMMAND + " --architecture bcos-sae";

  private static final double RATE = 3e-3;
  private static final int BATCH = 4096;
  private static final int PICTURES_AT_ONCE = 50;

  private SaeZooTrainer() {}

  /**
   * How much is trained and measured.
   *
   * @param scenes to learn from
   * @param positions of each that are drawn
   * @param epochs passes over them
   * @param latents of each autoencoder
   * @param ks how many of them speak at a place; one autoencoder each
   * @param tuneScenes on which one is chosen
   * @param testScenes on which all are measured
   * @param allowed loss of accuracy, as a share, with which one may be chosen
   */
  public record Options(
      int scenes,
      int positions,
      int epochs,
      int latents,
      List<Integer> ks,
      int tuneScenes,
      int testScenes,
      double allowed) {
    /** What the committed ones were trained with; the paper loses less than 3 %. */
    public static final Options STANDARD =
        new Options(4000, 16, 40, 128, List.of(4, 8, 16), 600, 1200, 0.015);

    public Options {
      ks = List.copyOf(ks);
      if (ks.isEmpty()) {
        throw new IllegalArgumentException("ks: at least one, found none");
      }
      if (scenes < 1 || tuneScenes < 1 || testScenes < 1) {
        throw new IllegalArgumentException(
            "scenes: at least 1 of each kind, found "
                + scenes
                + ", "
                + tuneScenes
                + ", "
                + testScenes);
      }
      if (!(allowed >= 0)) {
        throw new IllegalArgumentException("allowed: at least 0, found " + allowed);
      }
    }
  }

  /**
   * An autoencoder that was trained.
   *
   * @param layer where it stands
   * @param k how many latents speak at a place
   * @param folder where {@link SaeFile} finds it
   * @param tune figures on the scenes of the choice
   * @param test figures on the scenes of the test
   */
  private record Row(String layer, int k, Path folder, FactScore tune, FactScore test) {}

  /**
   * Trains and writes one autoencoder a depth, {@code creatures-bcos-LAYER-sae}, and {@code
   * creatures-bcos-sae.csv}, the figures of all, into a folder.
   *
   * @param folder where the network lies
   * @param work where activations and states lie; a training that was stopped goes on from them
   * @return the table
   * @throws PerceptException if there is no network, none at some depth costs as little as is
   *     allowed, or a folder cannot be written to
   */
  public static String train(Path folder, Options options, Path work, Run run) {
    StringBuilder table = new StringBuilder(FactScore.HEADER);
    try (BcosNetwork network =
        BcosFile.read(folder.resolve(EmbeddedBcos.MODEL)).network(run.threads())) {
      for (String layer : EmbeddedBcos.SAE_LAYERS) {
        List<Row> rows = rows(network.cut(layer), work.resolve(layer), options, run);
        Row chosen = choose(layer, rows, options);
        write(chosen, folder, options, run);
        for (Row row : rows) {
          table.append(
              String.format(
                  Locale.ROOT,
                  "%s,%d,%d,%s,%s%n",
                  layer,
                  options.latents(),
                  row.k(),
                  row.equals(chosen) ? "yes" : "no",
                  row.test().line()));
        }
      }
    }
    TextFiles.write(folder.resolve(EmbeddedBcos.SAE_TABLE), table.toString());
    return table.toString();
  }

  private static List<Row> rows(DynamicLinearModel cut, Path work, Options options, Run run) {
    SceneExamples pictures = new SceneExamples(scenes(Split.TRAIN, options.scenes()));
    ActivationShards data =
        ActivationShards.write(
            work.resolve("activations"),
            new SampledActivations(
                cut,
                new InverseExamples(pictures),
                PositionWeights.of(cut),
                options.positions(),
                PICTURES_AT_ONCE,
                "creatures, scenes 0 to " + (options.scenes() - 1) + " of training",
                run),
            run);
    List<SaeSpec> specs =
        options.ks().stream()
            .map(k -> new SaeSpec(SaeSpec.Kind.TOPK, options.latents(), k, RATE, run.seed()))
            .toList();
    // Only the last epoch is kept: with a learning rate that falls to nothing it is the best.
    List<SaeTrainer.Checkpoint> trained =
        SaeTrainer.train(
            data,
            specs,
            TrainingOptions.DEFAULT.withEpochs(options.epochs(), BATCH, options.epochs()),
            work.resolve("training"),
            Map.of("engine", TorchEngine.version()),
            run);
    List<Scene> tune = scenes(Split.TUNE, options.tuneScenes());
    List<Scene> test = scenes(Split.TEST, options.testScenes());
    List<Row> rows = new ArrayList<>();
    for (SaeTrainer.Checkpoint c : trained) {
      var bank = SaeFile.read(c.folder()).bank();
      rows.add(
          new Row(
              cut.info().layer(),
              c.spec().k(),
              c.folder(),
              FactScore.of(cut, bank, tune, run),
              FactScore.of(cut, bank, test, run)));
    }
    return rows;
  }

  private static Row choose(String layer, List<Row> rows, Options options) {
    return rows.stream()
        .filter(r -> -r.tune().difference().difference() <= options.allowed())
        .min(Comparator.comparingDouble(r -> r.tune().l0()))
        .orElseThrow(
            () ->
                new PerceptException(
                    "no autoencoder at "
                        + layer
                        + " keeps the network's accuracy to "
                        + options.allowed()
                        + "; train longer or let more latents speak"));
  }

  private static void write(Row row, Path folder, Options options, Run run) {
    SaeFile.Stored stored = SaeFile.read(row.folder());
    Map<String, Double> metrics = new TreeMap<>();
    metrics.put("test-accuracy", row.test().fact());
    metrics.put("test-accuracy-network", row.test().network());
    metrics.put("test-l0", row.test().l0());
    metrics.put("test-r2", row.test().r2());
    metrics.put("test-dead", (double) row.test().dead());
    metrics.put("test-always-on", (double) row.test().alwaysOn());
    metrics.put("test-scenes", (double) options.testScenes());
    SaeCard card = stored.card().withMetrics(metrics);
    Map<String, String> how = new TreeMap<>(card.options());
    how.put("command", COMMAND + " --seed " + run.seed());
    SaeFile.write(
        folder.resolve(EmbeddedBcos.sae(row.layer())),
        stored.bank(),
        new SaeCard(
            card.schema(),
            card.kind(),
            card.k(),
            card.threshold(),
            card.latents(),
            card.features(),
            card.model(),
            card.modelSha256(),
            card.layer(),
            card.seed(),
            how,
            card.metrics(),
            card.versions()));
  }

  private static List<Scene> scenes(Split split, int count) {
    return IntStream.range(0, count).mapToObj(i -> Creatures.scene(split, i)).toList();
  }
}
