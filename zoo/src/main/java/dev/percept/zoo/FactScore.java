package dev.percept.zoo;

import dev.percept.core.Run;
import dev.percept.core.SplitModel;
import dev.percept.core.Tensor;
import dev.percept.fact.bcos.InverseExamples;
import dev.percept.fact.sae.SparseAutoencoder;
import dev.percept.fact.sae.SparseCodes;
import dev.percept.image.PairedDifference;
import java.util.List;
import java.util.Locale;

/**
 * A B-cos network with a sparse autoencoder inside, {@code h(decode(encode(g(x))))}, against the
 * network alone, on scenes.
 *
 * @param network share of the scenes that the network names rightly
 * @param fact the same with the autoencoder inside
 * @param difference {@code fact} minus {@code network}, with its 95 % interval
 * @param same share of the scenes that both name alike, rightly or not
 * @param l0 latents that speak at a place, on average
 * @param r2 share of the variance around the mean of each feature that the autoencoder keeps
 * @param dead latents that speak nowhere
 * @param alwaysOn latents that speak in more than 60 % of the scenes
 */
public record FactScore(
    double network,
    double fact,
    PairedDifference difference,
    double same,
    double l0,
    double r2,
    int dead,
    int alwaysOn) {
  /** Column names of a table whose rows end with {@link #line}. */
  static final String HEADER =
      "layer,latents,k,chosen,network,fact,difference,low,high,same,l0,r2,dead,always_on\n";

  private static final int AT_ONCE = 50;
  private static final double OFTEN = 0.6;
  private static final double Z = 1.959963984540054;

  /**
   * Measures.
   *
   * @param cut the network, cut where the autoencoder was trained
   */
  public static FactScore of(SplitModel cut, SparseAutoencoder bank, List<Scene> scenes, Run run) {
    InverseExamples examples = new InverseExamples(new SceneExamples(scenes));
    Counter counter = new Counter(bank.features(), bank.concepts());
    for (int from = 0; from < scenes.size(); from += AT_ONCE) {
      run.throwIfCancelled();
      int to = Math.min(scenes.size(), from + AT_ONCE);
      Tensor values = cut.activations(examples.batch(from, to)).values();
      int places = cut.grid().size();
      Tensor rows = values.reshape((to - from) * places, bank.features());
      SparseCodes codes = bank.sparseCodes(rows, run);
      Tensor decoded = bank.decode(codes, run);
      counter.codes(codes, places);
      counter.errors(rows, decoded);
      counter.answers(
          cut.head(values),
          cut.head(decoded.reshape(to - from, places, bank.features())),
          scenes.subList(from, to));
    }
    return counter.score();
  }

  /** The figures as the end of a line of a table. */
  String line() {
    return String.format(
        Locale.ROOT,
        "%.4f,%.4f,%.4f,%.4f,%.4f,%.4f,%.2f,%.4f,%d,%d",
        network,
        fact,
        difference.difference(),
        difference.low(),
        difference.high(),
        same,
        l0,
        r2,
        dead,
        alwaysOn);
  }

  private static final class Counter {
    private final double[] sums;
    private final double[] squares;
    private final int[] pictures;
    private double errors;
    private long spoken;
    private long rows;
    private int scenes;
    private int both;
    private int onlyFact;
    private int onlyNetwork;
    private int same;

    Counter(int features, int latents) {
      sums = new double[features];
      squares = new double[features];
      pictures = new int[latents];
    }

    void codes(SparseCodes codes, int places) {
      spoken += codes.from(codes.rows());
      for (int first = 0; first < codes.rows(); first += places) {
        boolean[] speaks = new boolean[pictures.length];
        for (int e = codes.from(first); e < codes.from(first + places); e++) {
          speaks[codes.latent(e)] = true;
        }
        for (int k = 0; k < pictures.length; k++) {
          pictures[k] += speaks[k] ? 1 : 0;
        }
      }
    }

    void errors(Tensor truth, Tensor decoded) {
      int p = sums.length;
      rows += truth.rows();
      for (int i = 0; i < truth.shape().size(); i++) {
        double a = truth.get(i);
        double e = a - decoded.get(i);
        sums[i % p] += a;
        squares[i % p] += a * a;
        errors += e * e;
      }
    }

    void answers(Tensor network, Tensor fact, List<Scene> shown) {
      for (int i = 0; i < shown.size(); i++) {
        int truth = shown.get(i).species().index();
        int first = best(network, i);
        int second = best(fact, i);
        scenes++;
        same += first == second ? 1 : 0;
        both += first == truth && second == truth ? 1 : 0;
        onlyNetwork += first == truth && second != truth ? 1 : 0;
        onlyFact += first != truth && second == truth ? 1 : 0;
      }
    }

    private static int best(Tensor logits, int row) {
      int best = 0;
      for (int c = 1; c < logits.shape().dim(1); c++) {
        best = logits.get(row, c) > logits.get(row, best) ? c : best;
      }
      return best;
    }

    FactScore score() {
      double variance = 0;
      for (int j = 0; j < sums.length; j++) {
        variance += squares[j] - sums[j] * sums[j] / rows;
      }
      int dead = 0;
      int often = 0;
      for (int count : pictures) {
        dead += count == 0 ? 1 : 0;
        often += count > OFTEN * scenes ? 1 : 0;
      }
      return new FactScore(
          (double) (both + onlyNetwork) / scenes,
          (double) (both + onlyFact) / scenes,
          PairedDifference.of(onlyFact, onlyNetwork, scenes, Z),
          (double) same / scenes,
          (double) spoken / rows,
          1 - errors / variance,
          dead,
          often);
    }
  }
}
