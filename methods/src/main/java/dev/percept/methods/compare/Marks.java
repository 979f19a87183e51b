package dev.percept.methods.compare;

import dev.percept.methods.metric.attribution.BootstrapMean;
import java.util.List;

/**
 * How well a ranking of concepts fits what the model does, over pictures; scores are logits,
 * because probabilities saturate.
 *
 * @param deletion mean score over the steps as concepts go, the most helpful first; less is better
 * @param insertion mean score over the steps as they come back in the same order; more is better
 * @param fidelity µFidelity: correlation of what concepts that go together are worth by this
 *     importance with what the score loses; 1 is best, 0 is chance
 * @param deletionGain by how much {@code deletion} is below that of random orders of the same
 *     picture, a paired difference
 * @param insertionGain by how much {@code insertion} is above it
 * @param deletionCurve r + 1 mean scores after 0 ... r steps
 * @param insertionCurve the same as concepts come back
 */
public record Marks(
    BootstrapMean deletion,
    BootstrapMean insertion,
    BootstrapMean fidelity,
    BootstrapMean deletionGain,
    BootstrapMean insertionGain,
    List<Double> deletionCurve,
    List<Double> insertionCurve) {
  public Marks {
    deletionCurve = List.copyOf(deletionCurve);
    insertionCurve = List.copyOf(insertionCurve);
  }
}
