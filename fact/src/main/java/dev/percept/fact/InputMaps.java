package dev.percept.fact;

import dev.percept.core.DifferentiableConceptBank;
import dev.percept.core.DynamicLinearModel;
import dev.percept.core.Pullback;
import dev.percept.core.RectifierRule;
import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * What a concept sees: the weights by which the network multiplies its input to get how much of the
 * concept there is, {@code presence = W(x) · x}, summed over locations.
 */
public final class InputMaps {
  private final DynamicLinearModel model;
  private final DifferentiableConceptBank bank;

  /**
   * Maps of the concepts of a bank.
   *
   * @param model cut where the concepts are
   * @throws IllegalArgumentException if the bank has other features than the model
   */
  public InputMaps(DynamicLinearModel model, DifferentiableConceptBank bank) {
    if (model.features() != bank.features()) {
      throw new IllegalArgumentException(
          "concepts: expected " + model.features() + " features, found " + bank.features());
    }
    this.model = model;
    this.bank = bank;
  }

  /**
   * Maps of one concept.
   *
   * @param presence n, how much of it there is in each picture
   * @param weights n x c x h x w, W(x) in the shape of the input
   * @param contributions n x h x w, {@code Σ_c W x}: what each pixel contributes
   * @param gaps n, how far the contributions are from adding up to the presence (less what a bias
   *     of the encoder adds), relative to the sum of their magnitudes; not near 0 where the network
   *     is not {@link DynamicLinearModel#completeAtInput()}
   */
  public record OfConcept(
      Tensor presence, Tensor weights, Tensor contributions, List<Double> gaps) {
    public OfConcept {
      gaps = List.copyOf(gaps);
    }
  }

  /**
   * One concept in n pictures.
   *
   * @param inputs n inputs of the model
   * @throws IllegalArgumentException if there is no such concept or inputs have another shape
   */
  public OfConcept of(int concept, Tensor inputs, Run run) {
    Shape s = model.inputShape();
    if (s.rank() != 3 || !inputs.shape().equals(s.batch(inputs.rows()))) {
      throw new IllegalArgumentException("inputs: expected n x " + s + ", found " + inputs.shape());
    }
    ConceptPresence presence = new ConceptPresence(bank, concept);
    Pullback pull =
        model.explanation().pullActivations(inputs, presence.gradient(run), RectifierRule.EXACT);
    ConceptPresence.Values values = presence.values(pull.values(), run);
    int pixels = s.dim(1) * s.dim(2);
    int n = inputs.rows();
    float[] contributions = new float[n * pixels];
    List<Double> gaps = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      double sum = 0;
      double magnitude = 0;
      for (int at = 0; at < pixels; at++) {
        double pixel = 0;
        for (int c = 0; c < s.dim(0); c++) {
          int flat = (i * s.dim(0) + c) * pixels + at;
          pixel += (double) inputs.get(flat) * pull.gradients().get(flat);
        }
        contributions[i * pixels + at] = (float) pixel;
        sum += pixel;
        magnitude += Math.abs(pixel);
      }
      double off = Math.abs(sum - (values.presence()[i] - (double) values.constant()[i]));
      gaps.add(off == 0 ? 0 : off / magnitude);
    }
    return new OfConcept(
        Tensor.wrap(Shape.of(n), values.presence()),
        pull.gradients(),
        Tensor.wrap(Shape.of(n, s.dim(1), s.dim(2)), contributions),
        gaps);
  }
}
