package dev.percept.fact.sae;

import dev.percept.bundle.JsonFile;
import dev.percept.core.ModelInfo;
import dev.percept.core.PerceptException;
import dev.percept.core.Progress;
import dev.percept.core.Run;
import dev.percept.engine.torch.Schedule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Trains several sparse autoencoders in one pass over the same rows: each batch is read once and
 * given to all. Adam with a linear warm-up and a cosine, clipped gradients, atoms of length 1, and
 * an auxiliary loss for dead latents.
 *
 * <p>A training that is stopped or killed at any moment goes on from its last state when it is
 * started again, to the same bits; these do not depend on the number of threads either.
 */
public final class SaeTrainer {
  private static final String PLAN = "training.json";
  private static final String STATE = "state.bin";

  private final ActivationShards data;
  private final TrainingPlan plan;
  private final double stateSeconds;
  private final Path folder;
  private final Map<String, String> versions;
  private final Run run;
  private final List<Learner> learners = new ArrayList<>();
  private final Scratch scratch = new Scratch();

  /** Epoch and step in it that come next. */
  private final long[] position = new long[2];

  private SaeTrainer(
      ActivationShards data,
      TrainingPlan plan,
      double stateSeconds,
      Path folder,
      Map<String, String> versions,
      Run run) {
    this.data = data;
    this.plan = plan;
    this.stateSeconds = stateSeconds;
    this.folder = folder;
    this.versions = versions;
    this.run = run;
  }

  /**
   * An autoencoder as it was at the end of an epoch.
   *
   * @param spec what it is
   * @param epoch how many passes it had seen
   * @param folder where {@link SaeFile} finds it
   */
  public record Checkpoint(SaeSpec spec, int epoch, Path folder) {}

  /**
   * Trains, or goes on training.
   *
   * @param data rows to train on
   * @param specs the autoencoders, no two of the same name
   * @param folder where state and checkpoints lie; absent, empty, or of the same training
   * @param versions for the cards of the autoencoders
   * @return the checkpoints of each autoencoder, in the order of {@code specs} and epochs
   * @throws PerceptException if another training lies there, or the disk does not take it
   * @throws java.util.concurrent.CancellationException after {@link Run#cancel()}; the last state
   *     is kept
   */
  public static List<Checkpoint> train(
      ActivationShards data,
      List<SaeSpec> specs,
      TrainingOptions options,
      Path folder,
      Map<String, String> versions,
      Run run) {
    TrainingPlan plan = TrainingPlan.of(data.index(), specs, options, run.seed());
    SaeTrainer trainer = new SaeTrainer(data, plan, options.stateSeconds(), folder, versions, run);
    if (data.index().meanSquare() == 0) {
      throw new PerceptException(
          "every activation is 0, so there is nothing to train on; cut at another layer or check"
              + " the preprocessing");
    }
    try {
      trainer.begin();
      return trainer.checkpoints();
    } catch (IOException e) {
      throw new PerceptException(
          "cannot train in " + folder + " (" + e + "); make room on the disk and start again", e);
    }
  }

  private void begin() throws IOException {
    Files.createDirectories(folder);
    Path file = folder.resolve(PLAN);
    if (Files.exists(file)) {
      TrainingPlan found = JsonFile.read(file, TrainingPlan.class, "plan of a training");
      if (!found.withFinished(false).equals(plan)) {
        throw new PerceptException(
            folder
                + " holds a training of other autoencoders, options or activations; choose another"
                + " folder, or remove it");
      }
      if (found.finished()) {
        return;
      }
    } else {
      JsonFile.write(file, plan);
    }
    for (SaeSpec spec : plan.specs()) {
      learners.add(new Learner(spec, data.index().features(), plan.options(), run));
    }
    Path state = folder.resolve(STATE);
    if (Files.exists(state)) {
      StateFile.read(state, plan.fingerprint(), this::visit);
    }
    go();
    JsonFile.write(file, plan.withFinished(true));
    Files.deleteIfExists(state);
  }

  private void visit(State state) {
    state.longs(position);
    learners.forEach(learner -> learner.visit(state));
  }

  private int steps() {
    long rows = data.index().rows();
    return Math.toIntExact((rows - 1) / plan.options().batch() + 1);
  }

  private void go() {
    int steps = steps();
    int epochs = plan.options().epochs();
    long written = System.nanoTime();
    try (Progress.Stage stage = run.stage("training", (long) epochs * steps)) {
      stage.advance(position[0] * steps + position[1]);
      while (position[0] < epochs) {
        Permutation order =
            new Permutation(data.index().rows(), run.random("sae.order." + position[0]));
        while (position[1] < steps) {
          if (position[1] == 0) {
            learners.forEach(Learner::beginEpoch);
          }
          step(order, (int) position[0], (int) position[1], steps);
          position[1]++;
          stage.advance(1);
          if (System.nanoTime() - written >= stateSeconds * 1e9) {
            save();
            written = System.nanoTime();
          }
        }
        keep((int) position[0] + 1);
        position[0]++;
        position[1] = 0;
      }
    }
  }

  private void save() {
    StateFile.write(folder.resolve(STATE), plan.fingerprint(), this::visit);
  }

  private void step(Permutation order, int epoch, int step, int steps) {
    Map<SaeSpec.Part, Batch> batches = batches(order, step);
    int all = Math.multiplyExact(plan.options().epochs(), steps);
    for (Learner learner : learners) {
      SaeSpec spec = learner.spec();
      Batch batch = batches.get(spec.part());
      if (batch != null && batch.rows() > 0) {
        double rate = new Schedule(all, spec.rate()).rate(epoch * steps + step);
        long rows = data.index().rows() / (spec.part() == SaeSpec.Part.ALL ? 1 : 2);
        learner.step(batch, rate, rows, scratch, run);
      }
    }
  }

  /** The rows of a step, read once; for halves of the pictures those of them that are theirs. */
  private Map<SaeSpec.Part, Batch> batches(Permutation order, int step) {
    int p = data.index().features();
    long first = (long) step * plan.options().batch();
    int n = (int) Math.min(plan.options().batch(), data.index().rows() - first);
    float[] values = new float[n * p];
    long[] rows = new long[n];
    float scale = (float) scale();
    SparseSums.eachBlock(
        n,
        8L * p,
        run,
        i -> {
          rows[i] = order.at(first + i);
          data.read(rows[i], values, i * p);
          for (int j = i * p; j < (i + 1) * p; j++) {
            values[j] *= scale;
          }
        });
    Map<SaeSpec.Part, Batch> batches = new EnumMap<>(SaeSpec.Part.class);
    for (Learner learner : learners) {
      batches.computeIfAbsent(learner.spec().part(), part -> part(part, values, rows, p));
    }
    return batches;
  }

  private Batch part(SaeSpec.Part part, float[] values, long[] rows, int p) {
    if (part == SaeSpec.Part.ALL) {
      return new Batch(values, rows.length, p);
    }
    float[] some = new float[values.length];
    int count = 0;
    for (int i = 0; i < rows.length; i++) {
      if (part.holds(rows[i] / data.index().positions())) {
        System.arraycopy(values, i * p, some, count++ * p, p);
      }
    }
    return new Batch(some, count, p);
  }

  private double scale() {
    return 1 / Math.sqrt(data.index().meanSquare());
  }

  private boolean isKept(int epoch) {
    return epoch == plan.options().epochs() || epoch % plan.options().keepEvery() == 0;
  }

  private Path folder(SaeSpec spec, int epoch) {
    return folder.resolve(spec.name()).resolve("epoch-" + epoch);
  }

  private void keep(int epoch) {
    if (!isKept(epoch)) {
      return;
    }
    ShardIndex.Source of = data.index().source();
    ModelInfo model = new ModelInfo(of.model(), of.modelSha256(), of.layer(), "", false, "");
    for (Learner learner : learners) {
      SaeSpec spec = learner.spec();
      SparseAutoencoder bank = learner.bank(scale());
      SaeFile.write(
          folder(spec, epoch),
          bank,
          SaeCard.of(
              bank,
              spec.k(),
              model,
              spec.seed(),
              options(spec, epoch),
              metrics(learner),
              versions));
    }
  }

  private Map<String, String> options(SaeSpec spec, int epoch) {
    TrainingOptions o = plan.options();
    Map<String, String> options = new TreeMap<>();
    options.put("rate", Double.toString(spec.rate()));
    options.put("part", spec.part().toString());
    options.put("epochs", Integer.toString(o.epochs()));
    options.put("epoch", Integer.toString(epoch));
    options.put("batch", Integer.toString(o.batch()));
    options.put("clip", Double.toString(o.clip()));
    options.put("auxiliary", Integer.toString(o.auxiliary()));
    options.put("auxiliary-weight", Double.toString(o.auxiliaryWeight()));
    options.put("dead-after", Double.toString(o.deadAfter()));
    if (spec.kind() == SaeSpec.Kind.JUMPRELU) {
      options.put("bandwidth", Double.toString(o.bandwidth()));
      options.put("sparsity-weight", Double.toString(o.sparsityWeight()));
    }
    options.put("rows", Long.toString(data.index().rows()));
    options.put("pictures", Integer.toString(data.index().pictures()));
    options.put("positions", Integer.toString(data.index().positions()));
    options.put("weighting", data.index().source().weighting());
    options.put("fingerprint", data.index().source().fingerprint());
    return options;
  }

  private Map<String, Double> metrics(Learner learner) {
    Map<String, Double> metrics = new TreeMap<>();
    double spread = data.index().variance() / data.index().meanSquare();
    metrics.put("train-error", learner.error());
    metrics.put("train-r2", spread > 0 ? 1 - learner.error() / spread : 0);
    metrics.put("train-l0", learner.speaking());
    metrics.put("train-silent", (double) learner.silent());
    return metrics;
  }

  private List<Checkpoint> checkpoints() {
    List<Checkpoint> kept = new ArrayList<>();
    for (SaeSpec spec : plan.specs()) {
      for (int epoch = 1; epoch <= plan.options().epochs(); epoch++) {
        if (isKept(epoch)) {
          kept.add(new Checkpoint(spec, epoch, folder(spec, epoch)));
        }
      }
    }
    return kept;
  }
}
