package dev.percept.fact.sae;

import dev.percept.core.Dictionary;
import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * One autoencoder in training. Gradients are written by hand: few latents speak, so all but the
 * product with the encoder touches k of r latents a row.
 *
 * <p>It sees rows of mean squared length 1; {@link #bank} takes the scale back.
 */
final class Learner {
  private static final double THRESHOLD_MEMORY = 0.99;

  private final SaeSpec spec;
  private final TrainingOptions options;
  private final int r;
  private final int p;
  private final Parameter atoms;
  private final Parameter encoder;
  private final Parameter biases;
  private final Parameter thresholds;
  private final FloatBuffer direct;
  private final EncoderProducts products;
  private final long[] lastFired;
  private final long[] fired;

  /** Rows seen, steps made, rows of this epoch, codes of this epoch. */
  private final long[] counts = new long[4];

  /** Threshold of batches (sum, weight), width of the kernel, squared error of this epoch. */
  private final double[] figures = new double[4];

  /** Weights as others see them; not to be modified. */
  record Weights(Parameter atomsOf, Parameter encoderOf, Parameter biasesOf) {
    float[] atoms() {
      return atomsOf.values();
    }

    float[] encoder() {
      return encoderOf.values();
    }

    /** Empty where there are none. */
    float[] biases() {
      return biasesOf.values();
    }
  }

  Learner(SaeSpec spec, int features, TrainingOptions options, Run run) {
    this.spec = spec;
    this.options = options;
    this.r = spec.latents();
    this.p = features;
    boolean jump = spec.kind() == SaeSpec.Kind.JUMPRELU;
    float[] start = start(run.withSeed(spec.seed()).random("sae.start"));
    this.atoms = new Parameter(start);
    this.encoder = new Parameter(start.clone());
    this.biases = new Parameter(new float[jump ? r : 0]);
    this.thresholds = new Parameter(new float[jump ? r : 0]);
    this.direct = Tensor.allocateDirect(r * p);
    this.products = new EncoderProducts(direct, r, p);
    this.lastFired = new long[r];
    this.fired = new long[r];
    share();
  }

  /** Directions drawn at random; the encoder starts as the dictionary. */
  private float[] start(RandomGenerator random) {
    float[] rows = new float[Math.multiplyExact(r, p)];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = (float) random.nextGaussian();
    }
    for (int k = 0; k < r; k++) {
      toUnit(rows, k * p, p);
    }
    return rows;
  }

  private static void toUnit(float[] rows, int at, int p) {
    double squares = 0;
    for (int j = at; j < at + p; j++) {
      squares += (double) rows[j] * rows[j];
    }
    float factor = squares > 0 ? (float) (1 / Math.sqrt(squares)) : 0;
    for (int j = at; j < at + p; j++) {
      rows[j] *= factor;
    }
  }

  SaeSpec spec() {
    return spec;
  }

  /** Everything that later steps depend on. */
  void visit(State state) {
    atoms.visit(state);
    encoder.visit(state);
    biases.visit(state);
    thresholds.visit(state);
    state.longs(lastFired);
    state.longs(fired);
    state.longs(counts);
    state.doubles(figures);
    share();
  }

  /** Shows the encoder to the products. */
  private void share() {
    direct.put(0, encoder.values());
  }

  /** Forgets the figures of the epoch before. */
  void beginEpoch() {
    Arrays.fill(fired, 0);
    counts[2] = 0;
    counts[3] = 0;
    figures[3] = 0;
  }

  /**
   * One step of Adam.
   *
   * @param epochRows rows of an epoch, by which silence is measured
   */
  void step(Batch batch, double rate, long epochRows, Scratch scratch, Run run) {
    move(gradients(batch, epochRows, scratch, run), rate, run);
  }

  /** The gradients of the loss on {@code batch}, of which figures are kept. */
  Gradients gradients(Batch batch, long epochRows, Scratch scratch, Run run) {
    int n = batch.rows();
    Spoken spoken = codes(batch, scratch, run);
    SparseCodes codes = spoken.codes();
    float[] errors = scratch.errors(n * p);
    figures[3] += errors(batch, codes, errors, run);
    float[] codeGradients = codeGradients(codes, errors, n, run);
    Gradients gradients = new Gradients(r, p, scratch);
    gradients.ofReconstruction(batch, errors, codes, codeGradients, run);
    if (spec.kind() == SaeSpec.Kind.JUMPRELU) {
      ofThresholds(spoken.near(), codes.from(n), errors, gradients, run);
    }
    count(codes);
    int[] dead = dead(epochRows);
    if (dead.length > 0 && options.auxiliaryWeight() > 0) {
      AuxiliaryLoss.add(
          batch,
          errors,
          new Weights(atoms, encoder, biases),
          dead,
          options.auxiliary(),
          options.auxiliaryWeight(),
          gradients,
          run);
    }
    return gradients;
  }

  /**
   * What a batch says.
   *
   * @param near what lies within the kernel of its threshold, on either side, of JumpReLU
   */
  private record Spoken(SparseCodes codes, SparseCodes near) {
    static Spoken of(SparseCodes codes) {
      return new Spoken(codes, codes);
    }
  }

  private Spoken codes(Batch batch, Scratch scratch, Run run) {
    int n = batch.rows();
    boolean first = spec.kind() == SaeSpec.Kind.JUMPRELU && counts[1] == 0;
    if (first) {
      // Twice as many speak at first as in the end, wherever the data lie.
      float[] all = products(batch, scratch, run);
      int keep = (int) Math.min(2L * n * spec.k(), Integer.MAX_VALUE);
      float threshold = BatchSelection.of(all, n * r, keep, run).threshold();
      Arrays.fill(thresholds.values(), threshold);
      figures[2] = options.bandwidth() * threshold;
    }
    return switch (spec.kind()) {
      case TOPK -> Spoken.of(topCodes(batch, run));
      case BATCHTOPK -> {
        float[] all = products(batch, scratch, run);
        BatchSelection kept =
            BatchSelection.of(
                all, n * r, (int) Math.min((long) n * spec.k(), Integer.MAX_VALUE), run);
        figures[0] = THRESHOLD_MEMORY * figures[0] + (1 - THRESHOLD_MEMORY) * kept.threshold();
        figures[1] = THRESHOLD_MEMORY * figures[1] + (1 - THRESHOLD_MEMORY);
        yield Spoken.of(kept.codes(all, n, r));
      }
      case JUMPRELU -> jumpCodes(batch, run);
    };
  }

  private float[] products(Batch batch, Scratch scratch, Run run) {
    float[] all = scratch.products(Math.multiplyExact(batch.rows(), r));
    products.each(
        batch.rows(),
        batch::read,
        run,
        task -> (row, said, at) -> System.arraycopy(said, at, all, row * r, r));
    return all;
  }

  private SparseCodes topCodes(Batch batch, Run run) {
    SparseCodes.Builder[] parts = builders(batch.rows(), run);
    products.each(
        batch.rows(),
        batch::read,
        run,
        task -> {
          TopSelection selection = new TopSelection(spec.k());
          return (row, said, at) -> {
            selection.select(said, at, r);
            for (int i = 0; i < selection.size(); i++) {
              parts[task].add(selection.index(i), selection.value(i));
            }
            parts[task].endRow();
          };
        });
    return SparseCodes.Builder.join(r, parts);
  }

  private Spoken jumpCodes(Batch batch, Run run) {
    SparseCodes.Builder[] parts = builders(batch.rows(), run);
    SparseCodes.Builder[] nearby = builders(batch.rows(), run);
    float[] theta = thresholds.values();
    float[] b = biases.values();
    float half = (float) (figures[2] / 2);
    products.each(
        batch.rows(),
        batch::read,
        run,
        task ->
            (row, said, at) -> {
              for (int k = 0; k < r; k++) {
                float over = said[at + k] + b[k] - theta[k];
                if (over > -half) {
                  if (over > 0) {
                    parts[task].add(k, said[at + k] + b[k]);
                  }
                  if (over < half) {
                    nearby[task].add(k, over);
                  }
                }
              }
              parts[task].endRow();
              nearby[task].endRow();
            });
    return new Spoken(SparseCodes.Builder.join(r, parts), SparseCodes.Builder.join(r, nearby));
  }

  private static SparseCodes.Builder[] builders(int rows, Run run) {
    SparseCodes.Builder[] parts = new SparseCodes.Builder[EncoderProducts.tasks(rows, run)];
    Arrays.setAll(parts, i -> new SparseCodes.Builder());
    return parts;
  }

  /** Sets e = x − â and returns {@code Σ ‖e‖²}. */
  private double errors(Batch batch, SparseCodes codes, float[] errors, Run run) {
    double[] squares = new double[batch.rows()];
    SparseSums.eachBlock(
        batch.rows(),
        work(codes),
        run,
        i -> {
          System.arraycopy(batch.values(), i * p, errors, i * p, p);
          for (int e = codes.from(i); e < codes.from(i + 1); e++) {
            SparseSums.add(errors, i * p, -codes.value(e), atoms.values(), codes.latent(e) * p, p);
          }
          squares[i] = SparseSums.dot(errors, i * p, errors, i * p, p, SparseSums.lanes());
        });
    double sum = 0;
    for (double s : squares) {
      sum += s;
    }
    return sum;
  }

  /** Multiplications of a row. */
  private long work(SparseCodes codes) {
    return (2 + (long) codes.from(codes.rows()) / codes.rows()) * p;
  }

  /** {@code −2/n e·D_k} of every entry. */
  private float[] codeGradients(SparseCodes codes, float[] errors, int n, Run run) {
    float[] gradients = new float[codes.from(n)];
    float outer = -2f / n;
    SparseSums.eachBlock(
        n,
        work(codes),
        run,
        i -> {
          float[] lanes = SparseSums.lanes();
          for (int e = codes.from(i); e < codes.from(i + 1); e++) {
            int at = codes.latent(e) * p;
            gradients[e] = outer * SparseSums.dot(errors, i * p, atoms.values(), at, p, lanes);
          }
        });
    return gradients;
  }

  /**
   * Of the thresholds of JumpReLU, which only move what lies near them: {@code ∂z/∂θ = −θ/ε K((π −
   * θ)/ε)} and {@code ∂L0/∂θ = −1/ε K((π − θ)/ε)}, K being 1 within half a width (Rajamanoharan et
   * al., 2024, equations 10 and 11). Values below their threshold count as those above do; π is
   * what the encoder says, not what is left of it behind a rectifier or the gate; and θ itself is
   * the weight, not its logarithm, so no factor is missing.
   */
  private void ofThresholds(
      SparseCodes near, int speaking, float[] errors, Gradients gradients, Run run) {
    int n = near.rows();
    float[] g = codeGradients(near, errors, n, run);
    double width = figures[2];
    double target = spec.k();
    double pull = options.sparsityWeight() * 2 * ((double) speaking / n / target - 1) / target;
    Gradients.ByLatent order = new Gradients.ByLatent(near);
    for (int k = 0; k < r; k++) {
      double sum = 0;
      for (int at = order.from(k); at < order.from(k + 1); at++) {
        sum -= (thresholds.values()[k] * (double) g[order.entry(at)] + pull / n) / width;
      }
      gradients.thresholds()[k] = (float) sum;
    }
  }

  private void count(SparseCodes codes) {
    int n = codes.rows();
    counts[0] += n;
    counts[2] += n;
    counts[3] += codes.from(n);
    for (int e = 0; e < codes.from(n); e++) {
      lastFired[codes.latent(e)] = counts[0];
      fired[codes.latent(e)]++;
    }
  }

  private int[] dead(long epochRows) {
    double longest = options.deadAfter() * epochRows;
    return IntStream.range(0, r).filter(k -> counts[0] - lastFired[k] > longest).toArray();
  }

  private void move(Gradients gradients, double rate, Run run) {
    boolean jump = spec.kind() == SaeSpec.Kind.JUMPRELU;
    gradients.dropParallel(atoms.values(), run);
    double length = gradients.length(jump, jump, run);
    float factor = (float) Math.min(1, options.clip() / (length + 1e-6));
    counts[1]++;
    Parameter.Rate step = Parameter.Rate.of(rate, counts[1]);
    SparseSums.eachBlock(
        r,
        16L * p,
        run,
        k -> {
          atoms.step(gradients.atoms(), k * p, (k + 1) * p, factor, step);
          toUnit(atoms.values(), k * p, p);
          encoder.step(gradients.encoder(), k * p, (k + 1) * p, factor, step);
        });
    if (jump) {
      biases.step(gradients.biases(), 0, r, factor, step);
      thresholds.step(gradients.thresholds(), 0, r, factor, step);
      for (int k = 0; k < r; k++) {
        thresholds.values()[k] = Math.max(0, thresholds.values()[k]);
      }
    }
    share();
  }

  /** Mean number of latents that spoke in a row of this epoch. */
  double speaking() {
    return (double) counts[3] / Math.max(1, counts[2]);
  }

  /** Mean squared error of this epoch's rows, of mean squared length 1, before each step. */
  double error() {
    return figures[3] / Math.max(1, counts[2]);
  }

  /** Latents that never spoke in this epoch. */
  int silent() {
    return (int) Arrays.stream(fired).filter(f -> f == 0).count();
  }

  /**
   * The autoencoder as it is now, for rows as the network has them.
   *
   * @param scale what rows were multiplied with
   */
  SparseAutoencoder bank(double scale) {
    Shape shape = Shape.of(r, p);
    Dictionary dictionary = new Dictionary(Tensor.of(shape, atoms.values()), null);
    Tensor rows = Tensor.of(shape, encoder.values());
    return switch (spec.kind()) {
      case TOPK -> SparseAutoencoder.of(new Gate.TopK(spec.k()), rows, null, dictionary);
      case BATCHTOPK -> {
        float threshold = (float) (figures[0] / figures[1] / scale);
        yield SparseAutoencoder.of(
            new Gate.BatchTopK(spec.k(), Math.max(Float.MIN_VALUE, threshold)),
            rows,
            null,
            dictionary);
      }
      case JUMPRELU ->
          SparseAutoencoder.of(
              new Gate.JumpRelu(scaled(thresholds.values(), scale)),
              rows,
              scaled(biases.values(), scale),
              dictionary);
    };
  }

  private static Tensor scaled(float[] values, double scale) {
    float[] out = new float[values.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = (float) (values[i] / scale);
    }
    return Tensor.wrap(Shape.of(out.length), out);
  }
}
