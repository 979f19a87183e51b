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
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * Trains transformers from a random start: AdamW, learning rate up a ramp and down a cosine,
 * gradients clipped. The same seed, threads, machine and batches give the same weights.
 *
 * <p>Source: Loshchilov and Hutter, Decoupled Weight Decay Regularization, ICLR 2019.
 */
public final class TransformerTrainer {
  private TransformerTrainer() {}

  /**
   * How to train.
   *
   * @param steps number of batches
   * @param batch inputs in a batch
   * @param peakRate highest learning rate, reached after a tenth of the steps
   * @param weightDecay decoupled weight decay
   * @param smoothing share of the label that is spread over all classes, in [0, 1)
   * @param attributeWeight weight of the attributes' loss beside the classes'
   * @param clip largest norm of the gradient of all weights together
   */
  public record Options(
      int steps,
      int batch,
      double peakRate,
      double weightDecay,
      double smoothing,
      double attributeWeight,
      double clip) {
    public Options {
      EncoderSpec.atLeastOne("steps", steps);
      EncoderSpec.atLeastOne("batch", batch);
      if (!(peakRate > 0)) {
        throw new IllegalArgumentException("peak rate: above 0, found " + peakRate);
      }
      if (!(weightDecay >= 0)) {
        throw new IllegalArgumentException("weight decay: at least 0, found " + weightDecay);
      }
      if (!(smoothing >= 0 && smoothing < 1)) {
        throw new IllegalArgumentException("smoothing: from 0 to below 1, found " + smoothing);
      }
      if (!(attributeWeight >= 0)) {
        throw new IllegalArgumentException(
            "attribute weight: at least 0, found " + attributeWeight);
      }
      if (!(clip > 0)) {
        throw new IllegalArgumentException("clip: above 0, found " + clip);
      }
    }
  }

  /** Where batches of pictures come from. */
  @FunctionalInterface
  public interface Pictures {
    /**
     * Fills batch {@code step}.
     *
     * @param pixels direct; the values of all pictures, one after the other
     * @param labels one class a picture
     * @param attributes n x patches x attributes: the share of each patch, from 0 to 1
     */
    void fill(int step, FloatBuffer pixels, long[] labels, float[] attributes);
  }

  /** Where batches of texts come from. */
  @FunctionalInterface
  public interface Texts {
    /**
     * Fills batch {@code step}.
     *
     * @param tokens one array of identities a text, special tokens included, without padding
     * @param labels one class a text
     */
    void fill(int step, int[][] tokens, long[] labels);
  }

  /**
   * Weights and how the loss went.
   *
   * @param losses cross-entropy of the classes of each batch, before the step that it led to
   */
  public record Result(TransformerWeights weights, List<Float> losses) {
    public Result {
      losses = List.copyOf(losses);
    }
  }

  /**
   * Trains a classifier of pictures. As in {@link ResidualTrainer}, every class answers for itself
   * (binary cross-entropy, summed over classes), and so does every attribute.
   *
   * @throws IllegalArgumentException if {@code spec} is not one of pictures
   * @throws dev.percept.core.EngineMissingException if libtorch cannot be loaded
   * @throws java.util.concurrent.CancellationException after {@link Run#cancel()}
   */
  public static Result pictures(TransformerSpec spec, Options options, Pictures batches, Run run) {
    if (!(spec.source() instanceof TransformerSpec.Patches patches)) {
      throw new IllegalArgumentException("source: patches, found " + spec.source());
    }
    Shape shape = Shape.of(options.batch(), patches.channels(), patches.side(), patches.side());
    FloatBuffer pixels = Tensor.allocateDirect(shape.size());
    long[] labels = new long[options.batch()];
    float[] attributes = new float[options.batch() * patches.count() * spec.attributes()];
    return fit(
        spec,
        options,
        (net, step) -> {
          batches.fill(step, pixels.clear(), labels, attributes);
          TransformerNet.Answer answer = net.ofPictures(Tensors.over(shape, pixels.clear()));
          org.bytedeco.pytorch.Tensor classes =
              torch
                  .binary_cross_entropy_with_logits(
                      answer.logits(),
                      Tensors.of(Targets.of(labels, spec.classes(), options.smoothing())))
                  .mul(new Scalar((float) spec.classes()));
          org.bytedeco.pytorch.Tensor asked = answer.asked();
          org.bytedeco.pytorch.Tensor whole =
              asked == null
                  ? classes
                  : classes.add(
                      torch.binary_cross_entropy_with_logits(
                          asked,
                          Tensors.of(Shape.of(attributes.length), attributes).view_as(asked)),
                      new Scalar((float) options.attributeWeight()));
          return new Losses(classes, whole);
        },
        run);
  }

  /**
   * Trains a classifier of texts, by the cross-entropy of a softmax.
   *
   * @throws IllegalArgumentException if {@code spec} is not one of texts
   * @throws dev.percept.core.EngineMissingException if libtorch cannot be loaded
   * @throws java.util.concurrent.CancellationException after {@link Run#cancel()}
   */
  public static Result texts(TransformerSpec spec, Options options, Texts batches, Run run) {
    if (!(spec.source() instanceof TransformerSpec.Words)) {
      throw new IllegalArgumentException("source: words, found " + spec.source());
    }
    int[][] tokens = new int[options.batch()][];
    long[] labels = new long[options.batch()];
    return fit(
        spec,
        options,
        (net, step) -> {
          batches.fill(step, tokens, labels);
          PaddedTokens padded = PaddedTokens.of(tokens);
          org.bytedeco.pytorch.Tensor logits =
              net.ofTokens(padded.ids(), padded.types(), padded.mask()).logits();
          org.bytedeco.pytorch.Tensor loss =
              torch
                  .log_softmax(logits, 1)
                  .mul(Tensors.of(Targets.of(labels, spec.classes(), options.smoothing())))
                  .sum()
                  .mul(new Scalar(-1f / labels.length));
          return new Losses(loss, loss);
        },
        run);
  }

  /** The loss that is shown, and the one whose gradient is followed. */
  private record Losses(org.bytedeco.pytorch.Tensor classes, org.bytedeco.pytorch.Tensor whole) {}

  private interface Loss {
    Losses of(TransformerNet net, int step);
  }

  @SuppressWarnings("try") // scopes are there to be closed
  private static Result fit(TransformerSpec spec, Options options, Loss loss, Run run) {
    TorchEngine.startForSmallProducts(run.threads());
    Schedule schedule = new Schedule(options.steps(), options.peakRate());
    List<Float> losses = new ArrayList<>();
    try (PointerScope outer = new PointerScope();
        Progress.Stage stage = run.stage("training", options.steps())) {
      TransformerNet net =
          new TransformerNet(TransformerStart.of(spec, run.random("torch.init")), true);
      AdamWOptions settings = new AdamWOptions(options.peakRate());
      settings.weight_decay().put(options.weightDecay());
      TensorVector parameters = net.parameters();
      AdamW optimizer = new AdamW(parameters, settings);
      for (int step = 0; step < options.steps(); step++) {
        run.throwIfCancelled();
        optimizer.param_groups().get(0).options().set_lr(schedule.rate(step));
        try (PointerScope scope = new PointerScope()) {
          Losses now = loss.of(net, step);
          losses.add(now.classes().item_float());
          optimizer.zero_grad();
          now.whole().backward();
          torch.clip_grad_norm_(parameters, options.clip());
          optimizer.step();
        }
        stage.advance(1);
      }
      return new Result(net.weights(), losses);
    }
  }
}
