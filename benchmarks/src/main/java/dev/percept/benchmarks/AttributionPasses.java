package dev.percept.benchmarks;

import dev.percept.core.Attribution;
import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Target;
import dev.percept.core.Tensor;
import dev.percept.engine.onnx.EngineOptions;
import dev.percept.engine.onnx.OnnxEngine;
import dev.percept.engine.onnx.OnnxSplitModel;
import dev.percept.engine.torch.TorchEngine;
import dev.percept.engine.torch.TorchOptions;
import dev.percept.engine.torch.TorchSplitModel;
import dev.percept.methods.attribution.Baseline;
import dev.percept.methods.attribution.IntegratedGradients;
import dev.percept.methods.attribution.Quadrature;
import dev.percept.methods.attribution.Rise;
import dev.percept.methods.score.DifferentiableLogitScore;
import dev.percept.methods.score.LogitScore;
import java.nio.file.Path;

/**
 * One measurement of attribution, in a process of its own. Arguments: what, model, passes, batch.
 * Prints {@code seconds=} and {@code cpu=}, without loading and warming up.
 */
final class AttributionPasses {
  private static final Target CLASS = new Target(0, "class 0");

  private AttributionPasses() {}

  public static void main(String[] args) {
    Path model = Path.of(args[1]);
    int passes = Integer.parseInt(args[2]);
    int batch = Integer.parseInt(args[3]);
    switch (args[0]) {
      case "rise" -> rise(model, passes, batch);
      case "gradients" -> gradients(model, passes, batch);
      case "integrated" -> integrated(model, passes, batch);
      default -> throw new IllegalArgumentException("what: found " + args[0]);
    }
  }

  private static Tensor inputs(Shape each, int n) {
    return Tensor.wrap(each.batch(n), Probe.inputs(each.size() * n));
  }

  private static void rise(Path path, int masks, int batch) {
    EngineOptions options = EngineOptions.DEFAULT.withBatch(batch);
    try (OnnxSplitModel model = OnnxEngine.open(path, "auto", options)) {
      LogitScore score = new LogitScore(model, CLASS);
      Tensor picture = inputs(model.inputShape(), 1);
      rise(score, picture, 4 * batch, batch);
      Watch watch = new Watch();
      Attribution found = rise(score, picture, masks, batch);
      watch.print();
      System.out.println("forwards=" + found.forwards());
    }
  }

  private static Attribution rise(LogitScore score, Tensor picture, int masks, int batch) {
    return new Rise(masks, 7, 0.5, new Baseline.Zero(), batch).attribute(score, picture, Run.of(0));
  }

  private static TorchSplitModel open(Path path, int batch) {
    int threads = Runtime.getRuntime().availableProcessors();
    return TorchEngine.open(
        path, "auto", TorchOptions.DEFAULT.withThreads(threads).withBatch(batch));
  }

  private static void gradients(Path path, int passes, int batch) {
    try (TorchSplitModel model = open(path, batch)) {
      DifferentiableLogitScore score = new DifferentiableLogitScore(model, CLASS);
      Tensor one = inputs(model.inputShape(), batch);
      score.gradient(one);
      Watch watch = new Watch();
      for (int done = 0; done < passes; done += batch) {
        score.gradient(one.slice(0, Math.min(batch, passes - done)));
      }
      watch.print();
    }
  }

  private static void integrated(Path path, int steps, int batch) {
    try (TorchSplitModel model = open(path, batch)) {
      DifferentiableLogitScore score = new DifferentiableLogitScore(model, CLASS);
      Tensor picture = inputs(model.inputShape(), 1);
      score.gradient(inputs(model.inputShape(), batch));
      Watch watch = new Watch();
      new IntegratedGradients(steps, Quadrature.GAUSS_LEGENDRE, new Baseline.Zero(), batch)
          .attribute(score, picture, Run.of(0));
      watch.print();
    }
  }
}
