package dev.percept.app.evaluate;

import dev.percept.app.explain.Inputs;
import dev.percept.app.explain.Opened;
import dev.percept.app.explain.TemporaryFolder;
import dev.percept.core.Run;
import dev.percept.core.Score;
import dev.percept.core.SplitModel;
import dev.percept.core.Target;
import dev.percept.engine.onnx.OnnxEngine;
import dev.percept.engine.torch.TorchEngine;
import dev.percept.engine.torch.TorchOptions;
import dev.percept.engine.torch.TorchSplitModel;
import dev.percept.methods.score.DifferentiableLogitScore;
import dev.percept.methods.score.LogitScore;
import dev.percept.onnx.Cuts;
import dev.percept.onnx.RandomisedWeights;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.IntFunction;

/**
 * The model and its copies with random weights, in the engine that a method needs: ONNX Runtime for
 * black boxes, libtorch for gradients.
 */
final class Engines implements AutoCloseable {
  /**
   * A copy of the model.
   *
   * @param name what is random, in words
   * @param layers how many layers are
   */
  record Stage(String name, int layers) {}

  private final Opened opened;
  private final boolean gradients;
  private final Inputs inputs;
  private final Run run;
  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final List<Stage> stages = new ArrayList<>();
  private final List<IntFunction<Score>> blackBoxes = new ArrayList<>();
  private final List<IntFunction<Score>> whiteBoxes = new ArrayList<>();

  /**
   * Opens what is needed.
   *
   * @param gradients whether a method asks for them
   * @param randomised whether copies with random weights are wanted
   */
  Engines(Opened opened, Inputs inputs, boolean gradients, boolean randomised, Run run) {
    this.opened = opened;
    this.inputs = inputs;
    this.gradients = gradients;
    this.run = run;
    try {
      add(opened.model(), opened.cuts(), "");
      if (randomised) {
        randomise();
      }
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  /**
   * Adds a model in the engines that are needed.
   *
   * @param copy what tells the names of its scores from those of the model itself: a random map is
   *     another one for another name
   */
  private void add(SplitModel blackBox, Cuts cuts, String copy) {
    blackBoxes.add(k -> new LogitScore(blackBox, target(k, copy)));
    if (gradients) {
      TorchOptions options = inputs.gradients().withThreads(run.threads());
      TorchSplitModel model = TorchEngine.open(cuts, opened.model().info().layer(), options);
      open.push(model);
      whiteBoxes.add(k -> new DifferentiableLogitScore(model, target(k, copy)));
    }
  }

  private Target target(int index, String copy) {
    return new Target(index, opened.labels().target(index).label() + copy);
  }

  private void randomise() {
    TemporaryFolder folder = TemporaryFolder.create();
    open.push(folder);
    RandomisedWeights weights = RandomisedWeights.of(opened.cuts().model());
    List<String> layers = weights.layers();
    int all = layers.size();
    for (int count : List.of(1, (all + 1) / 2, all)) {
      if (!stages.isEmpty() && count <= stages.get(stages.size() - 1).layers()) {
        continue;
      }
      String name = count == all ? "all layers" : count == 1 ? "last layer" : "last half";
      stages.add(new Stage(name, count));
      Path file = folder.path().resolve("random-" + count + ".onnx");
      weights.write(layers.subList(all - count, all), run, file);
      Cuts cuts = OnnxEngine.cuts(file, inputs.engine());
      SplitModel model = OnnxEngine.open(cuts, opened.model().info().layer(), inputs.engine());
      open.push(model);
      add(model, cuts, ", random weights in the " + name);
    }
  }

  /** The copies with random weights, the last having nothing else. */
  List<Stage> stages() {
    return List.copyOf(stages);
  }

  /** The logit of a class of the model itself. */
  IntFunction<Score> logit(boolean blackBox) {
    return (blackBox ? blackBoxes : whiteBoxes).get(0);
  }

  /** The logit of a class of each copy. */
  List<IntFunction<Score>> randomised(boolean blackBox) {
    List<IntFunction<Score>> all = blackBox ? blackBoxes : whiteBoxes;
    return all.subList(1, all.size());
  }

  @Override
  public void close() {
    RuntimeException failure = null;
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (RuntimeException e) {
        failure = e;
      } catch (Exception e) {
        failure = new IllegalStateException(e);
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
