package dev.percept.fact;

import dev.percept.core.ConceptBank;
import dev.percept.core.DifferentiableConceptBank;
import dev.percept.core.DynamicLinearStack;
import dev.percept.core.Pullback;
import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import java.util.Collections;

/**
 * From which early concepts a later one is made: what {@link Contributions} says of a logit, said
 * of how much of the late concept there is. Early activations are replaced by what the early
 * concepts make of them, so the late concept is looked for in what follows from those.
 */
public final class CrossLayer {
  private final DynamicLinearStack stack;
  private final int from;
  private final ConceptBank early;
  private final DifferentiableConceptBank late;

  /**
   * Between a cut and the next one behind it.
   *
   * @param from the early cut, 1 to {@code cuts() − 1}
   * @param early concepts at that cut
   * @param late concepts at cut {@code from − 1}
   * @throws IllegalArgumentException if there is no such cut, or a bank has other features
   */
  public CrossLayer(
      DynamicLinearStack stack, int from, ConceptBank early, DifferentiableConceptBank late) {
    if (from < 1 || from >= stack.cuts()) {
      throw new IllegalArgumentException("from: 1 to " + (stack.cuts() - 1) + ", found " + from);
    }
    if (stack.at(from).features() != early.features()
        || stack.at(from - 1).features() != late.features()) {
      throw new IllegalArgumentException(
          "concepts: expected "
              + stack.at(from).features()
              + " early and "
              + stack.at(from - 1).features()
              + " late features, found "
              + early.features()
              + " and "
              + late.features());
    }
    this.stack = stack;
    this.from = from;
    this.early = early;
    this.late = late;
  }

  /**
   * What early concepts contribute to one late concept. What a bias of the late encoder adds to its
   * codes is no early concept's: {@code explained} is without it.
   *
   * @param concept number of the late concept
   * @param activations at the early cut, n x L x p, as they are before concepts take their place
   * @throws IllegalArgumentException if there is no such concept or the shape differs
   */
  public ConceptContributions to(int concept, Tensor activations, Run run) {
    ConceptPresence presence = new ConceptPresence(late, concept);
    Coded coded = Coded.of(activations, early, run);
    Pullback pull = stack.explainOnward(from, coded.decoded(), presence.gradient(run));
    ConceptPresence.Values values = presence.values(pull.values(), run);
    int n = activations.rows();
    float[] explained = new float[n];
    for (int i = 0; i < n; i++) {
      explained[i] = values.presence()[i] - values.constant()[i];
    }
    return coded.contributions(
        pull.gradients(),
        Collections.nCopies(n, concept),
        explained,
        Tensor.wrap(Shape.of(n, 1), values.presence()),
        false,
        run);
  }
}
