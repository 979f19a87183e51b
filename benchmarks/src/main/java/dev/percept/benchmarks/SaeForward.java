package dev.percept.benchmarks;

import dev.percept.core.Dictionary;
import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.SplitModel;
import dev.percept.core.Tensor;
import dev.percept.engine.onnx.EngineOptions;
import dev.percept.engine.onnx.OnnxEngine;
import dev.percept.fact.sae.Gate;
import dev.percept.fact.sae.SparseAutoencoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.random.RandomGenerator;

/**
 * What an autoencoder adds to a pass: codes and reconstruction at every place of the last map of a
 * network with the shape of ResNet-50, beside the bare pass. Rounds take turns.
 */
public final class SaeForward {
  private static final int SIDE = 224;
  private static final int BATCH = 8;
  private static final int LATENTS = 4096;
  private static final int K = 32;
  private static final int ROUNDS = 7;

  private SaeForward() {}

  public static void main(String[] args) throws IOException {
    Path folder = Files.createTempDirectory("percept-sae-forward-");
    try {
      Path file = folder.resolve("resnet50.onnx");
      RandomResNet50.write(file, RandomResNet50.WIDTH, SIDE, 1000, 0);
      System.out.println(Machine.describe());
      measure(file);
    } finally {
      Folders.delete(folder);
    }
  }

  private static void measure(Path file) {
    Run run = Run.of(0);
    EngineOptions options = EngineOptions.DEFAULT.withBatch(BATCH).withThreads(run.threads());
    try (SplitModel model = OnnxEngine.open(file, "auto", options)) {
      Tensor inputs = gaussian(run, model.inputShape().batch(BATCH));
      Tensor rows = model.activations(inputs).matrix();
      Tensor atoms = gaussian(run, Shape.of(LATENTS, model.features()));
      SparseAutoencoder sae =
          SparseAutoencoder.of(new Gate.TopK(K), atoms, null, new Dictionary(atoms, null));
      Row bare = new Row("bare pass");
      Row added = new Row("autoencoder, " + LATENTS + " latents");
      for (int round = 0; round < ROUNDS; round++) {
        Watch network = new Watch();
        model.logits(inputs);
        bare.add(new Row.Measured(network.seconds(), network.cpu(), Double.NaN));
        Watch autoencoder = new Watch();
        sae.reconstruct(rows, run);
        added.add(new Row.Measured(autoencoder.seconds(), autoencoder.cpu(), Double.NaN));
      }
      System.out.printf(
          Locale.ROOT,
          "%d pictures, %d places of %d features; minimum of %d rounds in turns%n",
          BATCH,
          rows.rows(),
          model.features(),
          ROUNDS);
      Row.header("/ bare");
      bare.print(bare);
      added.print(bare);
    }
  }

  private static Tensor gaussian(Run run, Shape shape) {
    RandomGenerator random = run.random("values." + shape);
    float[] values = new float[shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return Tensor.wrap(shape, values);
  }
}
