package dev.percept.fact;

import dev.percept.core.ConceptBank;
import dev.percept.core.DynamicLinearModel;
import dev.percept.core.Pullback;
import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import dev.percept.methods.craft.Logits;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What concepts contribute to logits, exactly: the activations are replaced by what the concepts
 * make of them, {@code x̂ = z D + b}, and in explanation mode the network multiplies {@code x̂} by
 * a matrix that can be read off. With G its row for a logit, concept k contributes {@code Σ_l z_lk
 * G_l · D_k}, and the contributions add up to the logit without its constant. One pass back a
 * picture and class, however many concepts there are.
 *
 * <p>Of a plain network the same sum would be gradient x code, which adds up to nothing in
 * particular.
 *
 * <p>Parchami-Araghi et al., FaCT, NeurIPS 2025, section 3.
 */
public final class Contributions {
  private final DynamicLinearModel model;
  private final ConceptBank bank;
  private final boolean byPlace;

  /**
   * Contributions of the concepts of a bank.
   *
   * @param model cut where the concepts are
   * @throws IllegalArgumentException if the bank has other features than the model
   */
  public Contributions(DynamicLinearModel model, ConceptBank bank) {
    this(model, bank, false);
  }

  private Contributions(DynamicLinearModel model, ConceptBank bank, boolean byPlace) {
    if (model.features() != bank.features()) {
      throw new IllegalArgumentException(
          "concepts: expected " + model.features() + " features, found " + bank.features());
    }
    this.model = model;
    this.bank = bank;
    this.byPlace = byPlace;
  }

  /** The same, with what each concept contributes at each location; L times the memory. */
  public Contributions byLocation() {
    return new Contributions(model, bank, true);
  }

  /**
   * To one logit.
   *
   * @param activations n x L x p, as they are before concepts take their place
   * @param target index of the logit
   * @throws IllegalArgumentException if the shape differs or there is no such logit
   */
  public ConceptContributions to(int target, Tensor activations, Run run) {
    if (target < 0 || target >= model.outputs()) {
      throw new IllegalArgumentException(
          "target: 0 to " + (model.outputs() - 1) + ", found " + target);
    }
    return explain(activations, logits -> one(logits, target), target, run);
  }

  /**
   * Of each picture to the largest of its logits, with the concepts in place.
   *
   * @param activations n x L x p
   * @throws IllegalArgumentException if the shape differs
   */
  public ConceptContributions toPredicted(Tensor activations, Run run) {
    return explain(activations, logits -> one(logits, -1), -1, run);
  }

  private ConceptContributions explain(
      Tensor activations, UnaryOperator<Tensor> cotangent, int target, Run run) {
    Shape s = activations.shape();
    int locations = model.grid().size();
    if (s.rank() != 3 || s.dim(1) != locations || s.dim(2) != model.features()) {
      throw new IllegalArgumentException(
          "activations: expected n x " + locations + " x " + model.features() + ", found " + s);
    }
    Coded coded = Coded.of(activations, bank, run);
    Pullback pull = model.explanation().pullHead(coded.decoded(), cotangent);
    List<Integer> targets = new ArrayList<>();
    float[] expected = new float[s.dim(0)];
    for (int i = 0; i < expected.length; i++) {
      int of = target < 0 ? Logits.argmax(pull.values(), i) : target;
      targets.add(of);
      expected[i] = pull.values().get(i, of) - model.constants().get(of);
    }
    return coded.contributions(pull.gradients(), targets, expected, pull.values(), byPlace, run);
  }

  private static Tensor one(Tensor logits, int target) {
    int outputs = logits.shape().dim(1);
    float[] v = new float[logits.shape().size()];
    for (int i = 0; i < logits.rows(); i++) {
      v[i * outputs + (target < 0 ? Logits.argmax(logits, i) : target)] = 1;
    }
    return Tensor.wrap(logits.shape(), v);
  }
}
