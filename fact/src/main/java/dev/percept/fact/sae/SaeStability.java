package dev.percept.fact.sae;

import dev.percept.core.Run;
import dev.percept.core.Tensor;
import dev.percept.methods.metric.Assignment;
import dev.percept.methods.metric.RandomBank;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Whether the latents of an autoencoder come back when it is trained again from other starts and on
 * other pictures: cosine of each atom to the one that it is matched with by optimal assignment.
 *
 * @param latents one entry a latent
 * @param random mean cosine to a random dictionary, matched in the same way
 * @param random95 below which 95 % of these lie
 */
public record SaeStability(List<Latent> latents, double random, double random95) {
  /** Cosine to which an atom must come back every time to be stable. */
  public static final double STABLE = 0.7;

  /** How much a latent is to be believed. */
  public enum Badge {
    /** It came back every time. */
    STABLE,
    /** It came back sometimes, or something like it did. */
    PARTLY,
    /** No more like what was found again than a random direction is. */
    NOT,
    /** It never spoke, so there is nothing to come back. */
    DEAD;

    @Override
    public String toString() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /**
   * One latent.
   *
   * @param starts mean cosine over trainings from other starts on the same pictures
   * @param data mean cosine over trainings on parts of the pictures
   * @param badge what follows
   */
  public record Latent(double starts, double data, Badge badge) {}

  public SaeStability {
    latents = List.copyOf(latents);
  }

  /** How many latents have a badge. */
  public int count(Badge badge) {
    return (int) latents.stream().filter(l -> l.badge() == badge).count();
  }

  /**
   * Compares.
   *
   * @param atoms of the autoencoder, r x p
   * @param starts atoms of those from other starts, at least 1
   * @param data atoms of those on other pictures, at least 1
   * @param alive whether each latent ever speaks
   */
  public static SaeStability of(
      Tensor atoms, List<Tensor> starts, List<Tensor> data, List<Boolean> alive, Run run) {
    int r = atoms.rows();
    if (starts.isEmpty() || data.isEmpty() || alive.size() != r) {
      throw new IllegalArgumentException(
          "stability: at least 1 training of each kind and a word for each of "
              + r
              + " latents, found "
              + starts.size()
              + ", "
              + data.size()
              + " and "
              + alive.size());
    }
    List<double[]> all = new ArrayList<>();
    for (Tensor other : starts) {
      all.add(matched(atoms, other, run));
    }
    for (Tensor other : data) {
      all.add(matched(atoms, other, run));
    }
    RandomGenerator random = run.random("sae.random-dictionary");
    double[] chance = matched(atoms, RandomBank.shuffled(atoms, random), run);
    double[] sorted = chance.clone();
    Arrays.sort(sorted);
    double high = sorted[(int) Math.ceil(0.95 * r) - 1];
    List<Latent> latents = new ArrayList<>();
    for (int k = 0; k < r; k++) {
      double byStart = 0;
      double byData = 0;
      double least = 1;
      for (int i = 0; i < all.size(); i++) {
        double cosine = all.get(i)[k];
        least = Math.min(least, cosine);
        if (i < starts.size()) {
          byStart += cosine / starts.size();
        } else {
          byData += cosine / data.size();
        }
      }
      Badge badge =
          !alive.get(k)
              ? Badge.DEAD
              : least >= STABLE
                  ? Badge.STABLE
                  : Math.max(byStart, byData) <= high ? Badge.NOT : Badge.PARTLY;
      latents.add(new Latent(byStart, byData, badge));
    }
    return new SaeStability(latents, Arrays.stream(chance).average().orElseThrow(), high);
  }

  /** The cosine of each atom to its partner; both sides have rows of length 1. */
  private static double[] matched(Tensor atoms, Tensor others, Run run) {
    int r = atoms.rows();
    double[][] cosines = new double[r][r];
    float[] a = atoms.toArray();
    int p = atoms.shape().dim(1);
    EncoderProducts.of(others)
        .each(
            r,
            (row, target) -> target.put(a, row * p, p),
            run,
            task ->
                (row, products, at) -> {
                  for (int l = 0; l < r; l++) {
                    cosines[row][l] = products[at + l];
                  }
                });
    int[] partner = Assignment.maximise(cosines);
    double[] found = new double[r];
    for (int k = 0; k < r; k++) {
      found[k] = cosines[k][partner[k]];
    }
    return found;
  }
}
