package dev.percept.methods.metric;

import dev.percept.core.ConceptBank;
import dev.percept.core.ConceptExtractor;
import dev.percept.core.Progress;
import dev.percept.core.Run;
import dev.percept.core.Tensor;
import dev.percept.methods.factorization.Restartable;
import java.util.List;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;

/**
 * Whether the concepts come back when they are sought again: cosine of each to the concept of
 * another fit that it is matched with by optimal assignment. Other starts alone would not be enough
 * (a deterministic start always agrees with itself), nor would other data.
 *
 * @param concepts one entry a concept
 * @param random mean cosine to concepts by chance, matched in the same way
 */
public record Stability(List<OfConcept> concepts, double random) {
  private static final int RANDOM_DRAWS = 10;

  /**
   * Stability of one concept, mean cosines, 1 being best.
   *
   * @param seeds to fits of the same data from random starts
   * @param halves to fits of two halves of the data that share no group; empty where the data is
   *     too small to be halved
   * @param betweenHalves between what it is matched with in one half and in the other; empty too
   */
  public record OfConcept(double seeds, OptionalDouble halves, OptionalDouble betweenHalves) {
    /** The mean over other seeds and halves. */
    public double value() {
      return halves.isPresent() ? (seeds + halves.getAsDouble()) / 2 : seeds;
    }
  }

  public Stability {
    concepts = List.copyOf(concepts);
  }

  /**
   * Fits again and compares.
   *
   * @param bank what was found
   * @param extractor how it was found; it starts at random where it can
   * @param activations n x p, what it was found in
   * @param groups n values: rows with the same value (crops of one picture) stay together
   * @param seeds how many fits from other starts, at least 1
   */
  public static Stability measure(
      ConceptBank bank,
      ConceptExtractor extractor,
      Tensor activations,
      int[] groups,
      int seeds,
      Run run) {
    if (seeds < 1) {
      throw new IllegalArgumentException("stability seeds: at least 1, found " + seeds);
    }
    Tensor atoms = bank.dictionary().atoms();
    double[] overSeeds = new double[bank.concepts()];
    RandomGenerator random = run.random("stability.seeds");
    ConceptExtractor restarted =
        extractor instanceof Restartable restartable ? restartable.withRandomStart() : extractor;
    long[] starts = random.longs(seeds).toArray();
    List<Tensor> halves = Halves.data(activations, groups, bank.concepts(), run);
    Tensor[] found = new Tensor[seeds + halves.size()];
    // Whole fits side by side wait less for each other than the threads of one fit do.
    Run alone = run.withThreads(1).withProgress(Progress.NONE);
    try (Progress.Stage stage = run.stage("stability", found.length)) {
      run.parallel(
          found.length,
          i -> {
            found[i] =
                (i < seeds
                        ? restarted.fit(activations, alone.withSeed(starts[i]))
                        : extractor.fit(halves.get(i - seeds), alone))
                    .dictionary()
                    .atoms();
            stage.advance(1);
          });
    }
    for (int s = 0; s < seeds; s++) {
      Match match = Match.of(atoms, found[s]);
      for (int k = 0; k < overSeeds.length; k++) {
        overSeeds[k] += match.cosine(k) / seeds;
      }
    }
    Halves split = new Halves(List.of(found).subList(seeds, found.length));
    return new Stability(
        split.concepts(atoms, overSeeds), chance(atoms, run.random("stability.random")));
  }

  private static double chance(Tensor atoms, RandomGenerator random) {
    double sum = 0;
    for (int draw = 0; draw < RANDOM_DRAWS; draw++) {
      Match match = Match.of(atoms, RandomBank.shuffled(atoms, random));
      for (int k = 0; k < atoms.rows(); k++) {
        sum += match.cosine(k);
      }
    }
    return sum / RANDOM_DRAWS / atoms.rows();
  }
}
