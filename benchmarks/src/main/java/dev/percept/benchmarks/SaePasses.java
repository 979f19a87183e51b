package dev.percept.benchmarks;

import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import dev.percept.fact.sae.ActivationShards;
import dev.percept.fact.sae.SaeCard;
import dev.percept.fact.sae.SaeFile;
import dev.percept.fact.sae.SaeSpec;
import dev.percept.fact.sae.SaeTrainer;
import dev.percept.fact.sae.ShardIndex;
import dev.percept.fact.sae.TrainingOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** A process of {@link SaeRun}: writes the rows, or trains one autoencoder on them. */
final class SaePasses {
  private SaePasses() {}

  /** What is trained. */
  record Sizes(int rows, int features, int latents, int k, int batch, int epochs, int threads) {
    static Sizes of(String[] args, int from) {
      int[] n = new int[7];
      for (int i = 0; i < n.length; i++) {
        n[i] = Integer.parseInt(args[from + i]);
      }
      return new Sizes(n[0], n[1], n[2], n[3], n[4], n[5], n[6]);
    }

    List<Object> arguments() {
      return List.of(rows, features, latents, k, batch, epochs, threads);
    }
  }

  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[1]);
    Sizes sizes = Sizes.of(args, 2);
    Run run = Run.of(0).withThreads(sizes.threads());
    switch (args[0]) {
      case "rows" -> write(folder, sizes, run);
      case "ours" -> ours(folder, sizes, run);
      case "plain" -> new PlainSae(ActivationShards.open(folder.resolve("rows")), sizes).train(run);
      default -> throw new IllegalArgumentException(args[0]);
    }
  }

  /** Sparse sums of twice as many directions as there are features, and noise. */
  private static void write(Path folder, Sizes sizes, Run run) {
    int p = sizes.features();
    int each = 10;
    float[] directions = new float[2 * p * p];
    RandomGenerator random = run.random("directions");
    for (int i = 0; i < directions.length; i++) {
      directions[i] = (float) (random.nextGaussian() / Math.sqrt(p));
    }
    ActivationShards.write(
        folder.resolve("rows"),
        new ActivationShards.Source() {
          @Override
          public ShardIndex.Source source() {
            return new ShardIndex.Source("planted", "0", "layer", "planted", "uniform", 0);
          }

          @Override
          public int pictures() {
            return sizes.rows() / each;
          }

          @Override
          public int positions() {
            return each;
          }

          @Override
          public int features() {
            return p;
          }

          @Override
          public int batch() {
            return 100;
          }

          @Override
          public Tensor rows(int from, int to) {
            float[] rows = new float[(to - from) * each * p];
            RandomGenerator codes = run.random("rows." + from);
            for (int i = 0; i < (to - from) * each; i++) {
              for (int a = 0; a < 20; a++) {
                int k = codes.nextInt(2 * p);
                float code = (float) (0.5 + codes.nextDouble());
                for (int j = 0; j < p; j++) {
                  rows[i * p + j] += code * directions[k * p + j];
                }
              }
              for (int j = 0; j < p; j++) {
                rows[i * p + j] += (float) (0.01 * codes.nextGaussian());
              }
            }
            return Tensor.wrap(Shape.of((to - from) * each, p), rows);
          }
        },
        run);
  }

  private static void ours(Path folder, Sizes sizes, Run run) throws IOException {
    Path training = folder.resolve("training");
    Folders.delete(training);
    ActivationShards data = ActivationShards.open(folder.resolve("rows"));
    SaeSpec spec = new SaeSpec(SaeSpec.Kind.TOPK, sizes.latents(), sizes.k(), 1e-3, 0);
    TrainingOptions options =
        TrainingOptions.DEFAULT.withEpochs(sizes.epochs(), sizes.batch(), sizes.epochs());
    Watch watch = new Watch();
    var kept = SaeTrainer.train(data, List.of(spec), options, training, Map.of(), run);
    watch.print();
    SaeCard card = SaeFile.read(kept.get(0).folder()).card();
    card.metrics().forEach((name, value) -> System.out.println(name + "=" + value));
  }
}
