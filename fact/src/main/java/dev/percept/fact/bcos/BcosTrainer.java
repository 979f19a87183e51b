package dev.percept.fact.bcos;

import dev.percept.core.Progress;
import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import dev.percept.engine.torch.Schedule;
import dev.percept.engine.torch.TorchEngine;
import dev.percept.engine.torch.graph.Memory;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * Trains a B-cos network: Adam, learning rate up a ramp and down a cosine, binary cross-entropy of
 * every class, as Böhle et al. do (B-cos Alignment for Inherently Interpretable CNNs and Vision
 * Transformers, TPAMI 2024, section 4). The same seed, threads, machine and batches give the same
 * bits, also when the training is stopped at any moment, however rudely, and started again.
 */
public final class BcosTrainer {
  /** State that is not the network's. */
  private static final String QUESTIONS = "questions.";

  private static final String LOSSES = "losses";

  /** Share of a batch in the running statistics. */
  private static final double MOMENTUM = 0.1;

  private BcosTrainer() {}

  /**
   * How to train.
   *
   * @param steps number of batches
   * @param batch inputs in a batch
   * @param peakRate highest learning rate, reached after a tenth of the steps
   * @param weightDecay decoupled weight decay; 0 for plain Adam. Filters are used at unit length,
   *     so it changes how fast they turn, not what they compute
   * @param questions how many questions training asks besides the class at every place of the last
   *     map, "how much of this cell is ...?"; they are no part of the finished network. 0 for none
   * @param questionWeight weight of their loss beside the classes'
   * @param quiet weight of the mean absolute value of the last map where the answers sum up to
   *     nothing: keeps evidence on the things that it comes from, instead of around them
   */
  public record Options(
      int steps,
      int batch,
      double peakRate,
      double weightDecay,
      int questions,
      double questionWeight,
      double quiet) {
    public Options {
      if (steps < 1) {
        throw new IllegalArgumentException("steps: at least 1, found " + steps);
      }
      if (batch < 2) {
        throw new IllegalArgumentException(
            "batch: at least 2 (batch normalisation), found " + batch);
      }
      if (!(peakRate > 0 && peakRate < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException("peak rate: above 0, found " + peakRate);
      }
      atLeastZero("weight decay", weightDecay);
      atLeastZero("questions", questions);
      atLeastZero("question weight", questionWeight);
      atLeastZero("quiet", quiet);
    }

    /** Without questions. */
    public Options(int steps, int batch, double peakRate, double weightDecay) {
      this(steps, batch, peakRate, weightDecay, 0, 0, 0);
    }

    private static void atLeastZero(String name, double value) {
      if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(name + ": at least 0, found " + value);
      }
    }
  }

  /** Where batches come from, augmented as they should be. */
  public interface Batches {
    /**
     * What they are, in words that change when the batches do: a training is only resumed on the
     * same.
     */
    String description();

    /**
     * Fills batch {@code step}; the same step gives the same batch.
     *
     * @param inputs direct; the values of all inputs, one after the other, each 6 x height x width
     * @param targets n x classes, from 0 to 1: what each class should say
     * @param answers n x rows x columns x questions, at the places of the last map, from 0 to 1
     */
    void fill(int step, FloatBuffer inputs, float[] targets, float[] answers);
  }

  /**
   * Where a training leaves its state now and then, and goes on from.
   *
   * @param folder holds nothing else
   * @param every so many steps
   */
  public record Checkpoints(Path folder, int every) {
    public Checkpoints {
      if (every < 1) {
        throw new IllegalArgumentException("every: at least 1 step, found " + every);
      }
    }
  }

  /**
   * Weights and how the loss went.
   *
   * @param weights by name, running statistics among them
   * @param losses cross-entropy of each batch, summed over classes, before the step that it led to
   */
  public record Result(Map<String, Tensor> weights, List<Float> losses) {
    public Result {
      losses = List.copyOf(losses);
    }
  }

  /**
   * Trains from a random start, or from where an earlier call with the same arguments was stopped.
   *
   * @param checkpoints null for none
   * @param run seed of the start, threads, progress, cancellation between batches
   * @throws dev.percept.core.PerceptException if the folder holds the state of another training, is
   *     damaged or cannot be written to
   * @throws dev.percept.core.EngineMissingException if libtorch cannot be loaded
   * @throws java.util.concurrent.CancellationException after {@link Run#cancel()}
   */
  @SuppressWarnings("try") // scopes are there to be closed
  public static Result train(
      BcosSpec spec, Options options, Batches batches, @Nullable Checkpoints checkpoints, Run run) {
    TorchEngine.startForSmallProducts(run.threads());
    TrainingFolder.Identity identity =
        new TrainingFolder.Identity(
            spec.toString(),
            options.toString(),
            batches.description(),
            run.seed(),
            run.threads(),
            TorchEngine.version());
    TrainingFolder folder = checkpoints == null ? null : new TrainingFolder(checkpoints.folder());
    Optional<TrainingFolder.State> found =
        folder == null ? Optional.empty() : folder.read(identity);
    try (PointerScope outer = new PointerScope();
        Progress.Stage stage = run.stage("training", options.steps());
        Training training = new Training(spec, options, found, run)) {
      stage.advance(training.step());
      for (int step = training.step(); step < options.steps(); step++) {
        run.throwIfCancelled();
        training.step(batches);
        stage.advance(1);
        boolean due =
            checkpoints != null
                && ((step + 1) % checkpoints.every() == 0 || step + 1 == options.steps());
        if (folder != null && due) {
          folder.write(identity, training.state());
        }
      }
      return training.result();
    }
  }

  /** A training under way. */
  private static final class Training implements AutoCloseable {
    private final Options options;
    private final Schedule schedule;
    private final BcosNet net;
    private final @Nullable Questions questions;
    private final Adam adam;
    private final List<Float> losses = new ArrayList<>();
    private final Shape shape;
    private final FloatBuffer inputs;
    private final float[] targets;
    private final float[] answers;
    private int step;

    Training(BcosSpec spec, Options options, Optional<TrainingFolder.State> found, Run run) {
      this.options = options;
      this.schedule = new Schedule(options.steps(), options.peakRate());
      Map<String, Tensor> start =
          found.map(TrainingFolder.State::tensors).orElseGet(() -> BcosStart.of(spec, run));
      Map<String, Tensor> weights = new LinkedHashMap<>();
      spec.weights().keySet().stream()
          .filter(start::containsKey)
          .forEach(name -> weights.put(name, start.get(name)));
      this.net = new BcosNet(spec, weights);
      this.shape = spec.inputShape().batch(options.batch());
      this.inputs = Tensor.allocateDirect(shape.size());
      this.targets = new float[options.batch() * spec.classes()];
      this.questions = options.questions() == 0 ? null : Questions.of(spec, options, start);
      Map<String, org.bytedeco.pytorch.Tensor> learnt = new LinkedHashMap<>(net.learnt());
      if (questions != null) {
        learnt.putAll(questions.learnt());
      }
      this.answers = new float[questions == null ? 0 : questions.answers()];
      this.adam = new Adam(learnt, options.weightDecay());
      found.ifPresent(
          state -> {
            step = state.step();
            adam.resume(step, state.tensors());
            for (float loss : BcosWeights.get(state.tensors(), LOSSES).toArray()) {
              losses.add(loss);
            }
          });
    }

    int step() {
      return step;
    }

    @SuppressWarnings("try") // scopes are there to be closed
    void step(Batches batches) {
      batches.fill(step, inputs.clear(), targets, answers);
      try (PointerScope scope = new PointerScope()) {
        Forward how = Forward.training(momentum(options, step));
        org.bytedeco.pytorch.Tensor x = Memory.load(Tensor.wrap(shape, inputs.clear()));
        org.bytedeco.pytorch.Tensor features = net.features(x, how);
        int classes = targets.length / options.batch();
        // A transformer keeps an axis of one token.
        org.bytedeco.pytorch.Tensor logits =
            net.classify(features, how).reshape(options.batch(), classes);
        org.bytedeco.pytorch.Tensor loss =
            torch
                .binary_cross_entropy_with_logits(
                    logits, Memory.load(Tensor.wrap(Shape.of(options.batch(), classes), targets)))
                .mul(new Scalar((float) classes));
        losses.add(loss.item_float());
        org.bytedeco.pytorch.Tensor whole =
            questions == null ? loss : loss.add(questions.loss(features, answers, options));
        adam.step(torch.grad(new TensorVector(whole), adam.parameters()), schedule.rate(step));
      }
      step++;
    }

    TrainingFolder.State state() {
      Map<String, Tensor> all = new LinkedHashMap<>(net.weights());
      all.putAll(adam.moments());
      if (questions != null) {
        all.putAll(questions.read());
      }
      float[] values = new float[losses.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = losses.get(i);
      }
      all.put(LOSSES, Tensor.wrap(Shape.of(values.length), values));
      return new TrainingFolder.State(step, all);
    }

    Result result() {
      return new Result(net.weights(), losses);
    }

    @Override
    public void close() {
      net.close();
    }
  }

  /** The questions that are asked at every place of the last map. */
  private record Questions(
      org.bytedeco.pytorch.Tensor weight,
      org.bytedeco.pytorch.Tensor bias,
      Shape shape,
      boolean ofTokens) {
    static Questions of(BcosSpec spec, Options options, Map<String, Tensor> start) {
      List<String> layers = spec.layers();
      Plan plan = spec.plan();
      Plan.Place last = plan.place(plan.find(layers.get(layers.size() - 1)));
      if (last.grid().specials() > 0) {
        throw new IllegalArgumentException(
            "questions: for networks whose last map has places only, found " + last.grid());
      }
      Tensor none = Tensor.zeros(Shape.of(options.questions(), last.features()));
      Tensor weight = start.getOrDefault(QUESTIONS + "weight", none);
      Tensor bias = start.getOrDefault(QUESTIONS + "bias", Tensor.zeros(Shape.of(none.rows())));
      return new Questions(
          Memory.load(weight).set_requires_grad(true),
          Memory.load(bias).set_requires_grad(true),
          Shape.of(options.batch(), last.grid().rows(), last.grid().columns(), none.rows()),
          last.tokens());
    }

    int answers() {
      return shape.size();
    }

    Map<String, org.bytedeco.pytorch.Tensor> learnt() {
      Map<String, org.bytedeco.pytorch.Tensor> all = new LinkedHashMap<>();
      all.put(QUESTIONS + "weight", weight);
      all.put(QUESTIONS + "bias", bias);
      return all;
    }

    Map<String, Tensor> read() {
      Map<String, Tensor> all = new LinkedHashMap<>();
      int count = (int) weight.size(0);
      all.put(QUESTIONS + "weight", Memory.read(weight, Shape.of(count, (int) weight.size(1))));
      all.put(QUESTIONS + "bias", Memory.read(bias, Shape.of(count)));
      return all;
    }

    org.bytedeco.pytorch.Tensor loss(
        org.bytedeco.pytorch.Tensor features, float[] answers, Options options) {
      org.bytedeco.pytorch.Tensor map =
          ofTokens
              ? features.unflatten(1, shape.dim(1), shape.dim(2))
              : features.permute(0, 2, 3, 1);
      org.bytedeco.pytorch.Tensor truth = Memory.load(Tensor.wrap(shape, answers));
      org.bytedeco.pytorch.Tensor asked = torch.linear(map, weight, new TensorOptional(bias));
      org.bytedeco.pytorch.Tensor nothing =
          truth.sum(new long[] {3}, true, new ScalarTypeOptional()).neg().add(new Scalar(1f));
      return torch
          .binary_cross_entropy_with_logits(asked, truth)
          .mul(new Scalar((float) options.questionWeight()))
          .add(map.abs().mul(nothing).mean(), new Scalar((float) options.quiet()));
    }
  }

  /**
   * Share of a batch in the running statistics of the normalisation. Over the last tenth of the
   * steps, when weights hardly move any more, it starts afresh and takes the plain mean.
   */
  static double momentum(Options options, int step) {
    int tail = options.steps() - Math.max(1, options.steps() / 10);
    return step < tail ? MOMENTUM : 1.0 / (step - tail + 1);
  }
}
