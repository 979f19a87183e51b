package dev.percept.methods.score;

import dev.percept.core.Activations;
import dev.percept.core.ConceptBank;
import dev.percept.core.Run;
import dev.percept.core.Score;
import dev.percept.core.Shape;
import dev.percept.core.SplitModel;
import dev.percept.core.Tensor;

/**
 * The code of one concept in an input, of any model and any bank: summed over the places
 * (presence), or at one location. Black-box methods on it give concept maps.
 */
public final class ConceptScore implements Score {
  private final SplitModel model;
  private final ConceptBank bank;
  private final CodeChoice choice;
  private final Run run;

  private ConceptScore(SplitModel model, ConceptBank bank, CodeChoice choice, Run run) {
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
  public static ConceptScore sum(SplitModel model, ConceptBank bank, int concept, Run run) {
    return new ConceptScore(model, bank, new CodeChoice(concept, CodeChoice.ALL), run);
  }

  /**
   * The code of {@code concept} at one location.
   *
   * @param location 0 to L − 1, row by row
   * @throws IllegalArgumentException if there is no such concept or location
   */
  public static ConceptScore at(
      SplitModel model, ConceptBank bank, int concept, int location, Run run) {
    return new ConceptScore(model, bank, CodeChoice.at(concept, location), run);
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
  public float[] score(Tensor inputs) {
    Activations activations = model.activations(inputs);
    return choice.scores(
        bank.encode(activations.matrix(), run), activations.size(), activations.grid());
  }
}
