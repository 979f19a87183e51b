package dev.percept.fact.sae;

import dev.percept.core.Activations;
import dev.percept.core.Examples;
import dev.percept.core.Progress;
import dev.percept.core.Run;
import dev.percept.core.SplitModel;
import dev.percept.core.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What becomes of a network when an autoencoder stands in it: its layer's output is replaced by
 * what the autoencoder makes of it, at every location, and the rest of the network runs on that.
 */
public final class SaeEvaluation {
  /** Share of the pictures above which a latent is always on. */
  public static final double ALWAYS_ON = 0.6;

  private SaeEvaluation() {}

  /**
   * Of one autoencoder.
   *
   * @param l0 latents that speak at a location, on average
   * @param l0Picture latents that speak anywhere in a picture, on average
   * @param r2 share of the variance that is kept, about the mean of each feature
   * @param accuracy share of pictures whose class is found; NaN where no classes are known
   * @param kept share of pictures whose answer stays
   * @param dead latents that speak in no picture
   * @param alwaysOn latents that speak in more than {@value SaeEvaluation#ALWAYS_ON} of them
   * @param prevalence of each latent, share of the pictures in which it speaks
   */
  public record Quality(
      double l0,
      double l0Picture,
      double r2,
      double accuracy,
      double kept,
      int dead,
      int alwaysOn,
      List<Double> prevalence) {
    public Quality {
      prevalence = List.copyOf(prevalence);
    }
  }

  /**
   * Of several, on the same pictures.
   *
   * @param pictures how many
   * @param accuracy of the network alone; NaN where no classes are known
   * @param each one entry an autoencoder
   */
  public record Result(int pictures, double accuracy, List<Quality> each) {
    public Result {
      each = List.copyOf(each);
    }
  }

  /**
   * Measures.
   *
   * @param model cut where the autoencoders were trained
   * @param pictures that none of them has seen
   * @param truth the class of each picture; −1 where it is not known: accuracy is over the others
   * @param banks the autoencoders
   * @param batch pictures at once
   */
  public static Result measure(
      SplitModel model,
      Examples pictures,
      List<Integer> truth,
      List<SparseAutoencoder> banks,
      int batch,
      Run run) {
    if (truth.size() != pictures.size() || pictures.size() == 0 || batch < 1) {
      throw new IllegalArgumentException(
          "pictures: at least 1 and a class each, found "
              + pictures.size()
              + " and "
              + truth.size());
    }
    Tally[] tallies = new Tally[banks.size()];
    Arrays.setAll(tallies, i -> new Tally(banks.get(i).concepts(), banks.get(i).features()));
    Moments moments = new Moments(model.features());
    int right = 0;
    try (Progress.Stage stage = run.stage("held-out pictures", pictures.size())) {
      for (int from = 0; from < pictures.size(); from += batch) {
        run.throwIfCancelled();
        int to = Math.min(pictures.size(), from + batch);
        Activations a = model.activations(pictures.batch(from, to));
        int[] plain = largest(model.head(a.values()));
        moments.add(a.matrix());
        for (int i = from; i < to; i++) {
          right += plain[i - from] == truth.get(i) ? 1 : 0;
        }
        for (int b = 0; b < tallies.length; b++) {
          SparseCodes codes = banks.get(b).sparseCodes(a.matrix(), run);
          Tensor rebuilt = banks.get(b).decode(codes, run);
          int[] answers =
              largest(model.head(rebuilt.reshape(a.size(), a.grid().size(), a.features())));
          tallies[b].add(a, codes, rebuilt);
          for (int i = from; i < to; i++) {
            tallies[b].right += answers[i - from] == truth.get(i) ? 1 : 0;
            tallies[b].kept += answers[i - from] == plain[i - from] ? 1 : 0;
          }
        }
        stage.advance(to - from);
      }
    }
    int known = (int) truth.stream().filter(t -> t >= 0).count();
    List<Quality> each = new ArrayList<>();
    for (Tally tally : tallies) {
      each.add(tally.quality(pictures.size(), known, moments.spread()));
    }
    return new Result(pictures.size(), share(right, known), each);
  }

  private static double share(int count, int of) {
    return of == 0 ? Double.NaN : (double) count / of;
  }

  private static int[] largest(Tensor logits) {
    int outputs = logits.shape().dim(1);
    int[] best = new int[logits.rows()];
    for (int i = 0; i < best.length; i++) {
      for (int c = 1; c < outputs; c++) {
        best[i] = logits.get(i, c) > logits.get(i, best[i]) ? c : best[i];
      }
    }
    return best;
  }

  /** Sums of the features over all rows. */
  private static final class Moments {
    private final double[] sum;
    private final double[] squares;
    private long rows;

    Moments(int p) {
      sum = new double[p];
      squares = new double[p];
    }

    void add(Tensor matrix) {
      float[] row = new float[sum.length];
      for (int i = 0; i < matrix.rows(); i++) {
        matrix.copyTo(i * row.length, row, 0, row.length);
        for (int j = 0; j < row.length; j++) {
          sum[j] += row[j];
          squares[j] += (double) row[j] * row[j];
        }
      }
      rows += matrix.rows();
    }

    /** {@code Σ (a − mean a)²} over rows and features. */
    double spread() {
      double total = 0;
      for (int j = 0; j < sum.length; j++) {
        total += Math.max(0, squares[j] - sum[j] * sum[j] / rows);
      }
      return total;
    }
  }

  private static final class Tally {
    private final int p;
    private final int[] pictures;
    private double error;
    private long entries;
    private long rows;
    private long inPictures;
    int right;
    int kept;

    Tally(int latents, int features) {
      this.p = features;
      this.pictures = new int[latents];
    }

    void add(Activations a, SparseCodes codes, Tensor rebuilt) {
      Tensor matrix = a.matrix();
      float[] actual = new float[p];
      float[] made = new float[p];
      int locations = a.grid().size();
      boolean[] speaks = new boolean[pictures.length];
      for (int i = 0; i < codes.rows(); i++) {
        matrix.copyTo(i * p, actual, 0, p);
        rebuilt.copyTo(i * p, made, 0, p);
        for (int j = 0; j < p; j++) {
          double d = (double) actual[j] - made[j];
          error += d * d;
        }
        if (i % locations == 0) {
          Arrays.fill(speaks, false);
        }
        for (int e = codes.from(i); e < codes.from(i + 1); e++) {
          int k = codes.latent(e);
          if (!speaks[k]) {
            speaks[k] = true;
            pictures[k]++;
            inPictures++;
          }
        }
      }
      entries += codes.from(codes.rows());
      rows += codes.rows();
    }

    Quality quality(int count, int known, double spread) {
      List<Double> prevalence = new ArrayList<>();
      int dead = 0;
      int alwaysOn = 0;
      for (int in : pictures) {
        double share = (double) in / count;
        prevalence.add(share);
        dead += in == 0 ? 1 : 0;
        alwaysOn += share > ALWAYS_ON ? 1 : 0;
      }
      return new Quality(
          (double) entries / rows,
          (double) inPictures / count,
          spread > 0 ? 1 - error / spread : 0,
          share(right, known),
          share(kept, count),
          dead,
          alwaysOn,
          prevalence);
    }
  }
}
