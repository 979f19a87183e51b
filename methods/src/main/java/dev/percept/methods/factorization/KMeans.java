package dev.percept.methods.factorization;

import dev.percept.core.Dictionary;
import dev.percept.core.Progress;
import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import dev.percept.methods.linalg.Rows;
import java.util.random.RandomGenerator;

/**
 * k-means: each activation belongs to one concept, the nearest centre (Lloyd, 1982), from centres
 * spread over the data (k-means++, Arthur and Vassilvitskii, 2007), the best of several starts. As
 * ACE has it (Ghorbani et al., NeurIPS 2019). Not where several concepts are present at once: a
 * crop shows parts together, which factorisations can take apart.
 *
 * @param concepts how many centres
 * @param starts how many starts are tried
 * @param maxSweeps sweeps of each start at most; it stops when nothing changes its centre
 */
public record KMeans(int concepts, int starts, int maxSweeps) implements Restartable {
  public KMeans {
    FitChecks.concepts("k-means", concepts);
    if (starts < 1 || maxSweeps < 1) {
      throw new IllegalArgumentException(
          "k-means starts and maxSweeps: at least 1, found " + starts + " and " + maxSweeps);
    }
  }

  /** The default options: the best of 4 starts, at most 100 sweeps each. */
  public static KMeans of(int concepts) {
    return new KMeans(concepts, 4, 100);
  }

  @Override
  public String name() {
    return "k-means";
  }

  @Override
  public KMeans withConcepts(int concepts) {
    return new KMeans(concepts, starts, maxSweeps);
  }

  /** The same: every start is random. */
  @Override
  public KMeans withRandomStart() {
    return this;
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if a value is not finite, all are 0, or there are fewer rows
   *     or features than concepts
   */
  @Override
  public NearestBank fit(Tensor activations, Run run) {
    Rows a = FitChecks.fit(activations, concepts, true, run);
    RandomGenerator random = run.random("k-means");
    float[] best = new float[0];
    double least = Double.POSITIVE_INFINITY;
    try (Progress.Stage stage = run.stage("k-means", starts)) {
      for (int s = 0; s < starts; s++) {
        Alternation state =
            new Alternation(
                a,
                concepts,
                new float[a.size() * concepts],
                Spread.centres(a, concepts, random, run));
        double error = sweeps(state, run);
        stage.advance(1);
        if (error < least) {
          least = error;
          best = state.atoms;
        }
      }
    }
    Tensor centres = Tensor.wrap(Shape.of(concepts, a.features()), best);
    return new NearestBank(new Dictionary(centres, null));
  }

  /** Moves the centres until nothing changes. Returns the relative error. */
  private double sweeps(Alternation state, Run run) {
    double moved = 1;
    for (int sweep = 0; sweep < maxSweeps && moved > 0; sweep++) {
      double[] gram = state.atomsGram();
      moved = state.pass(run, () -> nearest(gram));
      for (int k = 0; k < concepts; k++) {
        double members = state.codesGram[k * concepts + k];
        // A centre that nobody is nearest to stays where it is.
        for (int j = 0; j < state.p && members > 0; j++) {
          state.atoms[k * state.p + j] = (float) (state.codesTimesA[k * state.p + j] / members);
        }
      }
    }
    return state.relativeError(run);
  }

  /** Codes of the nearest centre; returns how many rows have changed theirs. */
  private Alternation.CodeUpdate nearest(double[] gram) {
    int r = concepts;
    return (right, codes, from, to) -> {
      int changed = 0;
      for (int i = from; i < to; i++) {
        int best = 0;
        double most = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < r; k++) {
          // ‖a − w‖² = ‖a‖² − 2 (a·w − ‖w‖²/2).
          double score = right[(i - from) * r + k] - gram[k * r + k] / 2;
          if (score > most) {
            most = score;
            best = k;
          }
        }
        changed += codes[i * r + best] == 1 ? 0 : 1;
        for (int k = 0; k < r; k++) {
          codes[i * r + k] = k == best ? 1 : 0;
        }
      }
      return changed;
    };
  }
}
