package dev.percept.fact.sae;

import dev.percept.core.CodePullback;
import dev.percept.core.Dictionary;
import dev.percept.core.DifferentiableConceptBank;
import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import java.nio.FloatBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A trained sparse autoencoder as a concept bank: {@code z = gate(W_e a + b_e)}, {@code â = z W_d +
 * b_d}. Without biases (FaCT's kind) scaling an activation scales its codes, and a network that
 * multiplies its input by a matrix still does so with the autoencoder inside.
 *
 * <p>Products run in OpenBLAS, so no libtorch is needed. The code of a row has the same bits alone,
 * in any batch and on any number of threads. Codes of 0 are many: {@link #sparseCodes} and {@link
 * #reconstruct} do not form them.
 *
 * <p>Parchami-Araghi et al., FaCT, NeurIPS 2025; Gao et al., Scaling and evaluating sparse
 * autoencoders, 2024.
 */
public final class SparseAutoencoder implements DifferentiableConceptBank {
  private final Gate gate;
  private final Tensor encoder;
  private final @Nullable Tensor bias;
  private final Dictionary dictionary;
  private final EncoderProducts products;
  private final float[] biases;
  private final float[] thresholds;

  private SparseAutoencoder(
      Gate gate, Tensor encoder, @Nullable Tensor bias, Dictionary dictionary) {
    this.gate = gate;
    this.encoder = encoder;
    this.bias = bias;
    this.dictionary = dictionary;
    this.products = EncoderProducts.of(encoder);
    this.biases = bias == null ? new float[encoder.rows()] : bias.toArray();
    this.thresholds =
        gate instanceof Gate.JumpRelu jump ? jump.thresholds().toArray() : new float[0];
  }

  /**
   * An autoencoder with given weights.
   *
   * @param gate which latents speak
   * @param encoder W_e, r x p, a row a latent
   * @param bias b_e, r values; null where there is none
   * @param dictionary W_d, r x p, a row a latent, and b_d where there is one
   * @throws IllegalArgumentException if shapes do not belong together, a value is not finite, or
   *     more than r latents are to speak
   */
  public static SparseAutoencoder of(
      Gate gate, Tensor encoder, @Nullable Tensor bias, Dictionary dictionary) {
    Shape shape = dictionary.atoms().shape();
    if (!encoder.shape().equals(shape)) {
      throw new IllegalArgumentException(
          "encoder: expected " + shape + ", as the dictionary, found " + encoder.shape());
    }
    int r = shape.dim(0);
    if (bias != null && !bias.shape().equals(Shape.of(r))) {
      throw new IllegalArgumentException(
          "encoder bias: expected " + r + " values, found " + bias.shape());
    }
    if (gate instanceof Gate.JumpRelu jump && jump.thresholds().rows() != r) {
      throw new IllegalArgumentException(
          "thresholds: expected " + r + ", found " + jump.thresholds().rows());
    }
    int most =
        gate instanceof Gate.TopK top ? top.k() : gate instanceof Gate.BatchTopK b ? b.k() : 0;
    if (most > r) {
      throw new IllegalArgumentException(
          "k: at most the number of latents, " + r + ", found " + most);
    }
    Tensor offset = dictionary.offset();
    if (!encoder.isFinite()
        || !dictionary.atoms().isFinite()
        || (bias != null && !bias.isFinite())
        || (offset != null && !offset.isFinite())) {
      throw new IllegalArgumentException("autoencoder: every weight must be finite");
    }
    return new SparseAutoencoder(gate, encoder, bias, dictionary);
  }

  /** Which latents speak. */
  public Gate gate() {
    return gate;
  }

  /** W_e, r x p. */
  public Tensor encoder() {
    return encoder;
  }

  /** b_e, r values; null where there is none. */
  public @Nullable Tensor bias() {
    return bias;
  }

  @Override
  public Dictionary dictionary() {
    return dictionary;
  }

  /** {@inheritDoc} Activations may have any sign. Not negative, and mostly 0. */
  @Override
  public Tensor encode(Tensor activations, Run run) {
    return sparseCodes(activations, run).dense();
  }

  /**
   * The codes that are not 0.
   *
   * @param activations n x p, any sign
   * @throws IllegalArgumentException as {@link #encode}
   */
  public SparseCodes sparseCodes(Tensor activations, Run run) {
    Shape shape = activations.shape();
    int p = features();
    if (shape.rank() != 2 || shape.dim(1) != p) {
      throw new IllegalArgumentException("activations: expected n x " + p + ", found " + shape);
    }
    int n = activations.rows();
    SparseCodes.Builder[] parts = new SparseCodes.Builder[EncoderProducts.tasks(n, run)];
    for (int task = 0; task < parts.length; task++) {
      parts[task] = new SparseCodes.Builder();
    }
    FloatBuffer values = activations.buffer();
    products.each(n, (row, target) -> read(values, row, target), run, task -> sink(parts[task]));
    return SparseCodes.Builder.join(concepts(), parts);
  }

  /** {@code â} of every row, n x p. Throws as {@link #encode}. */
  public Tensor reconstruct(Tensor activations, Run run) {
    return decode(sparseCodes(activations, run), run);
  }

  /** What codes become: {@code z W_d + b_d}, n x p. */
  public Tensor decode(SparseCodes codes, Run run) {
    if (codes.latents() != concepts()) {
      throw new IllegalArgumentException(
          "codes: expected " + concepts() + " latents, found " + codes.latents());
    }
    int p = features();
    float[] atoms = dictionary.atoms().toArray();
    Tensor b = dictionary.offset();
    float[] offset = b == null ? new float[p] : b.toArray();
    float[] all = new float[Math.multiplyExact(codes.rows(), p)];
    SparseSums.eachBlock(
        codes.rows(),
        work(codes),
        run,
        row -> {
          System.arraycopy(offset, 0, all, row * p, p);
          for (int e = codes.from(row); e < codes.from(row + 1); e++) {
            SparseSums.add(all, row * p, codes.value(e), atoms, codes.latent(e) * p, p);
          }
        });
    return Tensor.wrap(Shape.of(codes.rows(), p), all);
  }

  /**
   * {@inheritDoc}
   *
   * <p>Which latents speak is held constant, so the derivative of a code is its encoder row where
   * it speaks and 0 elsewhere; never approximate.
   */
  @Override
  public CodePullback pull(Tensor activations, Tensor cotangents, Run run) {
    SparseCodes codes = sparseCodes(activations, run);
    int r = concepts();
    int p = features();
    if (!cotangents.shape().equals(Shape.of(codes.rows(), r))) {
      throw new IllegalArgumentException(
          "cotangents: expected " + codes.rows() + " x " + r + ", found " + cotangents.shape());
    }
    float[] rows = encoder.toArray();
    float[] gradients = new float[Math.multiplyExact(codes.rows(), p)];
    SparseSums.eachBlock(
        codes.rows(),
        work(codes),
        run,
        row -> {
          for (int e = codes.from(row); e < codes.from(row + 1); e++) {
            float v = cotangents.get(row, codes.latent(e));
            SparseSums.add(gradients, row * p, v, rows, codes.latent(e) * p, p);
          }
        });
    return new CodePullback(codes.dense(), Tensor.wrap(Shape.of(codes.rows(), p), gradients), 0);
  }

  /** Multiplications of a row. */
  private long work(SparseCodes codes) {
    return (1 + (long) codes.from(codes.rows()) / Math.max(1, codes.rows())) * features();
  }

  private void read(FloatBuffer values, int row, FloatBuffer target) {
    int p = features();
    int at = target.position();
    target.put(values.duplicate().position(row * p).limit((row + 1) * p));
    for (int j = 0; j < p; j++) {
      if (!Float.isFinite(target.get(at + j))) {
        throw new IllegalArgumentException(
            "activations: every value must be finite, found "
                + target.get(at + j)
                + " at row "
                + row
                + ", feature "
                + j
                + "; check the model and the preprocessing");
      }
    }
  }

  private EncoderProducts.Sink sink(SparseCodes.Builder out) {
    int r = concepts();
    if (gate instanceof Gate.TopK top) {
      TopSelection selection = new TopSelection(top.k());
      return (row, products, at) -> {
        SparseSums.add(products, at, 1, biases, 0, r);
        selection.select(products, at, r);
        for (int i = 0; i < selection.size(); i++) {
          out.add(selection.index(i), selection.value(i));
        }
        out.endRow();
      };
    }
    float shared = gate instanceof Gate.BatchTopK batch ? batch.threshold() : 0;
    boolean own = thresholds.length > 0;
    return (row, products, at) -> {
      for (int k = 0; k < r; k++) {
        float v = products[at + k] + biases[k];
        if (own ? v > thresholds[k] : v >= shared) {
          out.add(k, v);
        }
      }
      out.endRow();
    };
  }
}
