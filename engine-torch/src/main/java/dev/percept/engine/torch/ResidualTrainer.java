package dev.percept.engine.torch;

import dev.percept.core.Progress;
import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AdamW;
import org.bytedeco.pytorch.AdamWOptions;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * Trains a residual classifier: AdamW, learning rate up a ramp and down a cosine. The same seed,
 * threads, machine and batches give the same weights.
 *
 * <p>Every class answers for itself, yes or no (binary cross-entropy, summed over classes), and so
 * does every attribute. A softmax would leave one class free to be what remains when no other class
 * finds anything: then nothing in a picture speaks for it, and there is nothing to explain.
 */
public final class ResidualTrainer {
  private ResidualTrainer() {}

  /**
   * How to train.
   *
   * @param steps number of batches
   * @param batch inputs in a batch
   * @param peakRate highest learning rate, reached after a tenth of the steps
   * @param weightDecay decoupled weight decay
   * @param smoothing share of the label that is spread over all classes, in [0, 1)
   * @param attributeWeight weight of the attributes' loss beside the classes'
   * @param quiet weight of the mean of the last map where no attribute is: keeps evidence on the
   *     things that it comes from, instead of around them
   */
  public record Options(
      int steps,
      int batch,
      double peakRate,
      double weightDecay,
      double smoothing,
      double attributeWeight,
      double quiet) {
    public Options {
      if (steps < 1) {
        throw new IllegalArgumentException("steps: at least 1, found " + steps);
      }
      if (batch < 2) {
        throw new IllegalArgumentException(
            "batch: at least 2 (batch normalisation), found " + batch);
      }
      if (!(peakRate > 0)) {
        throw new IllegalArgumentException("peak rate: above 0, found " + peakRate);
      }
      if (!(weightDecay >= 0)) {
        throw new IllegalArgumentException("weight decay: at least 0, found " + weightDecay);
      }
      if (!(attributeWeight >= 0)) {
        throw new IllegalArgumentException(
            "attribute weight: at least 0, found " + attributeWeight);
      }
      if (!(quiet >= 0)) {
        throw new IllegalArgumentException("quiet: at least 0, found " + quiet);
      }
      if (!(smoothing >= 0 && smoothing < 1)) {
        throw new IllegalArgumentException("smoothing: from 0 to below 1, found " + smoothing);
      }
    }
  }

  /** Where batches come from. */
  @FunctionalInterface
  public interface Batches {
    /**
     * Fills batch {@code step}.
     *
     * @param pixels direct; the values of all inputs of the batch, one after the other
     * @param labels one class an input
     * @param attributes n x height x width x attributes, at the locations of the last map: the
     *     share of each cell, from 0 to 1
     */
    void fill(int step, FloatBuffer pixels, long[] labels, float[] attributes);
  }

  /**
   * Weights and how the loss went.
   *
   * @param losses cross-entropy of the classes of each batch, before the step that it led to
   */
  public record Result(ResidualWeights weights, List<Float> losses) {
    public Result {
      losses = List.copyOf(losses);
    }
  }

  /**
   * Trains from a random start.
   *
   * @param input shape of one input, channels x height x width
   * @param run seed of the start, threads, progress, cancellation between batches
   * @throws dev.percept.core.EngineMissingException if libtorch cannot be loaded
   * @throws java.util.concurrent.CancellationException after {@link Run#cancel()}
   */
  @SuppressWarnings("try") // scopes are there to be closed
  public static Result train(
      ResidualSpec spec, Shape input, Options options, Batches batches, Run run) {
    TorchEngine.start(run.threads());
    FloatBuffer pixels = Tensor.allocateDirect(input.batch(options.batch()).size());
    long[] labels = new long[options.batch()];
    float[] attributes = new float[options.batch() * locations(spec, input) * spec.attributes()];
    List<Float> losses = new ArrayList<>();
    try (PointerScope outer = new PointerScope();
        Progress.Stage stage = run.stage("training", options.steps())) {
      ResidualNet net = new ResidualNet(spec, run.random("torch.init"));
      AdamWOptions settings = new AdamWOptions(options.peakRate());
      settings.weight_decay().put(options.weightDecay());
      AdamW optimizer = new AdamW(net.parameters(), settings);
      for (int step = 0; step < options.steps(); step++) {
        run.throwIfCancelled();
        batches.fill(step, pixels.clear(), labels, attributes);
        optimizer.param_groups().get(0).options().set_lr(rate(options, step));
        Batch batch = new Batch(input.batch(options.batch()), pixels, labels, attributes);
        losses.add(step(net, optimizer, batch, momentum(options, step), options));
        stage.advance(1);
      }
      return new Result(net.weights(), losses);
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // the buffers of one step, never leave this package
  record Batch(Shape shape, FloatBuffer pixels, long[] labels, float[] attributes) {}

  @SuppressWarnings("try") // scopes are there to be closed
  private static float step(
      ResidualNet net, AdamW optimizer, Batch batch, double momentum, Options options) {
    try (PointerScope scope = new PointerScope()) {
      org.bytedeco.pytorch.Tensor x = Tensors.over(batch.shape(), batch.pixels().clear());
      org.bytedeco.pytorch.Tensor features = net.features(x, momentum);
      org.bytedeco.pytorch.Tensor logits = net.classes(features);
      org.bytedeco.pytorch.Tensor loss =
          torch
              .binary_cross_entropy_with_logits(
                  logits, Tensors.of(targets(batch, (int) logits.size(1), options)))
              .mul(new Scalar((float) logits.size(1)));
      float shown = loss.item_float();
      if (batch.attributes().length > 0) {
        org.bytedeco.pytorch.Tensor asked = net.attributes(features);
        org.bytedeco.pytorch.Tensor truth =
            Tensors.of(Shape.of(batch.attributes().length), batch.attributes()).view_as(asked);
        org.bytedeco.pytorch.Tensor nothing =
            truth.sum(new long[] {3}, true, new ScalarTypeOptional()).neg().add(new Scalar(1f));
        org.bytedeco.pytorch.Tensor around = features.permute(0, 2, 3, 1).mul(nothing).mean();
        loss =
            loss.add(
                    torch.binary_cross_entropy_with_logits(asked, truth),
                    new Scalar((float) options.attributeWeight()))
                .add(around, new Scalar((float) options.quiet()));
      }
      optimizer.zero_grad();
      loss.backward();
      optimizer.step();
      return shown;
    }
  }

  /** What each class should say: n x classes. */
  static Tensor targets(Batch batch, int classes, Options options) {
    return Targets.of(batch.labels(), classes, options.smoothing());
  }

  /** The number of locations of the last map. */
  static int locations(ResidualSpec spec, Shape input) {
    int height = after(input.dim(1), spec.stemStride());
    int width = after(input.dim(2), spec.stemStride());
    for (ResidualSpec.Stage stage : spec.stages()) {
      height = after(height, stage.stride());
      width = after(width, stage.stride());
    }
    return height * width;
  }

  private static int after(int size, int stride) {
    return (size - 1) / stride + 1;
  }

  /** Up a straight ramp for a tenth of the steps, then down a cosine to nearly nothing. */
  static double rate(Options options, int step) {
    return new Schedule(options.steps(), options.peakRate()).rate(step);
  }

  /**
   * Share of a batch in the running statistics of the normalisation. Over the last tenth of the
   * steps, when weights hardly move any more, it starts afresh and takes the plain mean.
   */
  static double momentum(Options options, int step) {
    int tail = options.steps() - Math.max(1, options.steps() / 10);
    return step < tail ? 0.1 : 1.0 / (step - tail + 1);
  }
}
