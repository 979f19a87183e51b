package dev.percept.methods.factorization;

import dev.percept.core.Progress;
import dev.percept.core.Run;
import dev.percept.core.Tensor;
import dev.percept.methods.linalg.Rows;

/**
 * Semi-non-negative factorisation for signed activations: {@code min ‖A − U W‖²} with U at least 0
 * and W free (Ding, Li and Jordan, IEEE TPAMI 32, 2010). Their multiplicative updates crawl; here
 * each half is solved exactly: least squares for W, non-negative least squares for U.
 *
 * <p>W may contain a direction and nearly its opposite: read concepts with their sign of
 * importance. Where activations are non-negative, {@link Nmf} gives parts that are easier to read.
 *
 * @param concepts r
 * @param start RANDOM: random codes. Otherwise from the singular vectors, each split into its
 *     positive and its negative part
 * @param tolerance it stops when a sweep lowers the squared error by less than this share of it
 * @param maxSweeps it stops after so many sweeps in any case
 */
public record SemiNmf(int concepts, Start start, double tolerance, int maxSweeps)
    implements Restartable {

  public SemiNmf {
    FitChecks.concepts("semi-nmf", concepts);
    if (!(tolerance > 0 && tolerance < 1)) {
      throw new IllegalArgumentException(
          "semi-nmf tolerance: more than 0 and less than 1, found " + tolerance);
    }
    if (maxSweeps < 1) {
      throw new IllegalArgumentException("semi-nmf maxSweeps: at least 1, found " + maxSweeps);
    }
  }

  /** The default options: start from the singular vectors, tolerance 1e-4, at most 200 sweeps. */
  public static SemiNmf of(int concepts) {
    return new SemiNmf(concepts, Start.NNDSVD, 1e-4, 200);
  }

  @Override
  public SemiNmf withConcepts(int concepts) {
    return new SemiNmf(concepts, start, tolerance, maxSweeps);
  }

  @Override
  public SemiNmf withRandomStart() {
    return new SemiNmf(concepts, Start.RANDOM, tolerance, maxSweeps);
  }

  @Override
  public String name() {
    return "semi-nmf";
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if a value is not finite, all are 0, or there are fewer rows
   *     or features than concepts
   */
  @Override
  public Factorization fit(Tensor activations, Run run) {
    Rows a = FitChecks.fit(activations, concepts, true, run);
    float[] codes = SignedStart.codes(start, a, concepts, run);
    Alternation state = new Alternation(a, concepts, codes, new float[concepts * a.features()]);
    double total = a.sumOfSquares(run);
    state.pass(run, () -> (right, u, from, to) -> 0);
    double error = LeastSquares.atoms(state, total);
    boolean converged = false;
    int sweep = 0;
    try (Progress.Stage stage = run.stage("semi-nmf", maxSweeps)) {
      while (sweep < maxSweeps && !converged) {
        double[] gram = state.atomsGram();
        state.pass(run, () -> exactCodes(gram));
        double next = LeastSquares.atoms(state, total);
        sweep++;
        stage.advance(1);
        converged = error - next <= tolerance * error;
        error = next;
      }
    }
    // The codes that belong to the last dictionary.
    double[] gram = state.atomsGram();
    state.pass(run, () -> exactCodes(gram));
    return Factorization.of(state, true, sweep, converged, run);
  }

  private Alternation.CodeUpdate exactCodes(double[] gram) {
    int r = concepts;
    NonNegativeSolver solver = new NonNegativeSolver(gram, r);
    double[] row = new double[r];
    return (right, codes, from, to) -> {
      for (int i = from; i < to; i++) {
        for (int k = 0; k < r; k++) {
          row[k] = right[(i - from) * r + k];
        }
        solver.solve(row, codes, i * r);
      }
      return 0;
    };
  }
}
