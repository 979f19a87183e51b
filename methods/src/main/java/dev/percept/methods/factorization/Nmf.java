package dev.percept.methods.factorization;

import dev.percept.core.Progress;
import dev.percept.core.Run;
import dev.percept.core.Tensor;
import dev.percept.methods.linalg.Rows;

/**
 * Non-negative matrix factorisation: {@code min ½‖A − U W‖²} with U and W at least 0, by
 * hierarchical alternating least squares. Concepts add up and never cancel, which makes them parts;
 * not for signed activations (see {@link SemiNmf}).
 *
 * <p>Lee and Seung, Nature 401, 1999; Cichocki and Phan, IEICE Trans. E92-A, 2009; as the extractor
 * of CRAFT: Fel et al., CVPR 2023.
 *
 * @param concepts r
 * @param start where it starts
 * @param tolerance it stops when the projected gradient has fallen to this share of what it was in
 *     the first sweep (with more than one inner pass, to this share divided by the square of their
 *     number)
 * @param maxSweeps it stops after so many sweeps in any case
 * @param innerPasses passes over the coordinates for one product with A; 1 is plain coordinate
 *     descent, 2 saves a third of the time
 */
public record Nmf(int concepts, Start start, double tolerance, int maxSweeps, int innerPasses)
    implements Restartable {

  public Nmf {
    FitChecks.concepts("nmf", concepts);
    if (!(tolerance > 0 && tolerance < 1)) {
      throw new IllegalArgumentException(
          "nmf tolerance: more than 0 and less than 1, found " + tolerance);
    }
    if (maxSweeps < 1) {
      throw new IllegalArgumentException("nmf maxSweeps: at least 1, found " + maxSweeps);
    }
    if (innerPasses < 1) {
      throw new IllegalArgumentException("nmf innerPasses: at least 1, found " + innerPasses);
    }
  }

  /** The default options: nndsvda, tolerance 1e-4, at most 200 sweeps, 2 inner passes. */
  public static Nmf of(int concepts) {
    return new Nmf(concepts, Start.NNDSVDA, 1e-4, 200, 2);
  }

  /** The same with another start. */
  public Nmf withStart(Start start) {
    return new Nmf(concepts, start, tolerance, maxSweeps, innerPasses);
  }

  @Override
  public Nmf withConcepts(int concepts) {
    return new Nmf(concepts, start, tolerance, maxSweeps, innerPasses);
  }

  @Override
  public Nmf withRandomStart() {
    return withStart(Start.RANDOM);
  }

  @Override
  public String name() {
    return "nmf";
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if a value is negative or not finite, all are 0, or there are
   *     fewer rows or features than concepts
   */
  @Override
  public Factorization fit(Tensor activations, Run run) {
    Rows a = FitChecks.fit(activations, concepts, false, run);
    NonNegativeStart from = NonNegativeStart.of(start, a, concepts, run);
    return fit(new Alternation(a, concepts, from.codes(), from.atoms()), run);
  }

  /** Factorises from the codes and atoms of {@code state}. */
  Factorization fit(Alternation state, Run run) {
    boolean converged = false;
    int sweep = 0;
    double first = 0;
    try (Progress.Stage stage = run.stage("nmf", maxSweeps)) {
      while (sweep < maxSweeps && !converged) {
        double violation = sweep(state, run);
        sweep++;
        stage.advance(1);
        first = sweep == 1 ? violation : first;
        // The passes after the first take away much of the gradient before it is measured again, so
        // what is left must be smaller for the same quality. The square is measured: on planted
        // data it ends with an error no larger than that of plain descent at the same tolerance.
        converged = violation * innerPasses * innerPasses <= tolerance * first;
      }
    }
    return Factorization.of(state, false, sweep, converged, run);
  }

  /** One sweep: codes, then dictionary. Returns the projected gradient before the updates. */
  double sweep(Alternation state, Run run) {
    double[] gram = state.atomsGram();
    double violation = state.pass(run, () -> Hals.codes(gram, concepts, innerPasses));
    return violation + Hals.atoms(state, innerPasses);
  }
}
