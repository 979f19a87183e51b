package dev.percept.benchmarks;

import dev.percept.core.RectifierRule;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import dev.percept.engine.onnx.EngineOptions;
import dev.percept.engine.onnx.OnnxEngine;
import dev.percept.engine.onnx.OnnxSplitModel;
import dev.percept.engine.torch.TorchEngine;
import dev.percept.engine.torch.TorchOptions;
import dev.percept.engine.torch.TorchSplitModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/**
 * What a pass with gradients costs, as a multiple of the same network's pass in ONNX Runtime, and
 * for a vision transformer also of the same network written by hand in libtorch's own operators.
 * One thread throughout; the minimum over the rounds. Arguments: {@code model=} (an ONNX file in
 * place of the random ResNet-50), {@code batch=}, {@code rounds=}.
 */
public final class GradientBenchmark {
  private GradientBenchmark() {}

  /** Measures and prints. */
  public static void main(String[] args) throws Exception {
    Options options = Options.of(Map.of("model", "", "batch", "4", "rounds", "7"), args);
    int batch = options.integer("batch");
    int rounds = options.integer("rounds");
    System.out.println(Machine.describe());
    Path folder = Files.createTempDirectory("percept-gradients-");
    try {
      Path network = folder.resolve("resnet50.onnx");
      if (options.text("model").isEmpty()) {
        RandomResNet50.write(network, RandomResNet50.WIDTH, 224, 1000, 1);
      } else {
        network = Path.of(options.text("model"));
      }
      compare(network, "auto", batch, rounds, null);
      Path vit = folder.resolve("vit-small.onnx");
      RandomVit weights = new RandomVit(1);
      weights.write(vit);
      try (DirectVit direct = new DirectVit(weights)) {
        compare(vit, "b11.out", batch, rounds, direct);
      }
    } finally {
      try (var files = Files.list(folder)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(folder);
    }
  }

  private static void compare(
      Path file,
      String layer,
      int batch,
      int rounds,
      @org.jspecify.annotations.Nullable DirectVit direct) {
    try (OnnxSplitModel ort = OnnxEngine.open(file, layer, EngineOptions.DEFAULT);
        TorchSplitModel torch = TorchEngine.open(file, layer, TorchOptions.DEFAULT)) {
      Shape shape = ort.inputShape().batch(batch);
      Tensor x = Tensor.wrap(shape, Probe.inputs(shape.size()));
      double[] best = new double[5];
      java.util.Arrays.fill(best, Double.POSITIVE_INFINITY);
      // Interleaved, so that whoever disturbs the machine disturbs all alike.
      for (int round = 0; round <= rounds; round++) {
        boolean warm = round > 0;
        time(best, 0, warm, () -> ort.logits(x));
        time(best, 1, warm, () -> torch.logits(x));
        time(best, 2, warm, () -> torch.pullLogits(x, v -> v, RectifierRule.EXACT));
        if (direct != null) {
          time(best, 3, warm, () -> direct.logits(x));
          time(best, 4, warm, () -> direct.pull(x));
        }
      }
      System.out.printf(
          Locale.ROOT, "%n%s, batch %d, minimum of %d%n", file.getFileName(), batch, rounds);
      print("ONNX Runtime, forward", best[0], best[0]);
      print("Percept on libtorch, forward", best[1], best[0]);
      print("Percept on libtorch, there and back", best[2], best[0]);
      if (direct != null) {
        print("by hand in libtorch, forward", best[3], best[0]);
        print("by hand in libtorch, there and back", best[4], best[0]);
        System.out.printf(
            Locale.ROOT,
            "there and back, Percept to by hand: %.3f (largest difference of a logit %.1e)%n",
            best[2] / best[4],
            dev.percept.core.SplitCheck.of(direct.logits(x), torch.logits(x)).maxAbsDiff());
      }
    }
  }

  private static void time(double[] best, int row, boolean counts, Runnable work) {
    long start = System.nanoTime();
    work.run();
    if (counts) {
      best[row] = Math.min(best[row], (System.nanoTime() - start) / 1e9);
    }
  }

  private static void print(String what, double seconds, double unit) {
    System.out.printf(Locale.ROOT, "%-38s %8.3f s %7.2f x%n", what, seconds, seconds / unit);
  }
}
