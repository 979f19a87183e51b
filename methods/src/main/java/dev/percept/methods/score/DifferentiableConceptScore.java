package dev.percept.methods.score;

import dev.percept.core.Activations;
import dev.percept.core.CodePullback;
import dev.percept.core.CutGradient;
import dev.percept.core.CutScore;
import dev.percept.core.DifferentiableConceptBank;
import dev.percept.core.DifferentiableSplitModel;
import dev.percept.core.Grid;
import dev.percept.core.Pullback;
import dev.percept.core.RectifierRule;
import dev.percept.core.RectifierScore;
import dev.percept.core.Run;
import dev.percept.core.ScoreGradient;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import java.util.concurrent.atomic.LongAdder;

/**
 * The code of one concept in an input, with gradients: at the cut by the derivative of the bank
 * (for non-negative least squares the implicit one, exact on the support), at the input by g's
 * vector-Jacobian product from there. One pass forward and one backward.
 *
 * <p>Fel et al., CRAFT, CVPR 2023, section 3.3. A concept that is nowhere in an input has a
 * gradient of zero there: nothing nearby brings it about.
 */
public final class DifferentiableConceptScore implements RectifierScore, CutScore {
  private final DifferentiableSplitModel model;
  private final DifferentiableConceptBank bank;
  private final CodeChoice choice;
  private final Run run;
  private final LongAdder pulled = new LongAdder();
  private final LongAdder dependent = new LongAdder();

  private DifferentiableConceptScore(
      DifferentiableSplitModel model, DifferentiableConceptBank bank, CodeChoice choice, Run run) {
    choice.check(model, bank);
    this.model = model;
    this.bank = bank;
    this.choice = choice;
    this.run = run.withThreads(1);
  }

  /**
   * The code of {@code concept}, summed over the places.
   *
   * @param run to be cancelled by; callers already work side by side, so one thread of it is used
   * @throws IllegalArgumentException if the bank has no such concept, or other features than the
   *     model
   */
  public static DifferentiableConceptScore sum(
      DifferentiableSplitModel model, DifferentiableConceptBank bank, int concept, Run run) {
    return new DifferentiableConceptScore(
        model, bank, new CodeChoice(concept, CodeChoice.ALL), run);
  }

  /**
   * The code of {@code concept} at one location.
   *
   * @param location 0 to L − 1, row by row
   * @throws IllegalArgumentException if there is no such concept or location
   */
  public static DifferentiableConceptScore at(
      DifferentiableSplitModel model,
      DifferentiableConceptBank bank,
      int concept,
      int location,
      Run run) {
    return new DifferentiableConceptScore(model, bank, CodeChoice.at(concept, location), run);
  }

  @Override
  public String name() {
    return choice.name();
  }

  @Override
  public Shape inputShape() {
    return model.inputShape();
  }

  @Override
  public Grid grid() {
    return model.grid();
  }

  @Override
  public float[] score(Tensor inputs) {
    return scores(model.activations(inputs).values());
  }

  @Override
  public ScoreGradient gradient(Tensor inputs, RectifierRule rule) {
    Pullback result = model.pullActivations(inputs, this::atActivations, rule);
    float[] scores = scores(result.values());
    return new ScoreGradient(Tensor.wrap(Shape.of(scores.length), scores), result.gradients());
  }

  @Override
  public CutGradient atCut(Tensor inputs) {
    Activations activations = model.activations(inputs);
    Tensor gradients = atActivations(activations.values());
    float[] scores = scores(activations.values());
    return new CutGradient(Tensor.wrap(Shape.of(scores.length), scores), activations, gradients);
  }

  /** At how many locations a derivative has been taken so far. */
  public long locations() {
    return pulled.sum();
  }

  /**
   * At how many of them it is approximate, because the concepts in use there all but depend on one
   * another; the system is regularised then.
   */
  public long dependentLocations() {
    return dependent.sum();
  }

  private float[] scores(Tensor activations) {
    return choice.scores(bank.encode(matrix(activations), run), activations.rows(), grid());
  }

  /** n x L x p to n x L x p. */
  private Tensor atActivations(Tensor activations) {
    Shape shape = activations.shape();
    CodePullback codes =
        bank.pull(
            matrix(activations), choice.cotangents(shape.dim(0), grid(), bank.concepts()), run);
    pulled.add((long) shape.dim(0) * shape.dim(1));
    dependent.add(codes.dependent());
    return codes.gradients().reshape(shape.toArray());
  }

  private static Tensor matrix(Tensor activations) {
    Shape shape = activations.shape();
    return activations.reshape(shape.dim(0) * shape.dim(1), shape.dim(2));
  }
}
