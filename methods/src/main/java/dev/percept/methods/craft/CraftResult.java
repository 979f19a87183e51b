package dev.percept.methods.craft;

import dev.percept.core.Dictionary;
import dev.percept.core.Importance;
import dev.percept.core.Target;
import dev.percept.core.Tensor;
import dev.percept.methods.factorization.AtomBank;
import dev.percept.methods.map.ConceptCrops;
import dev.percept.methods.metric.Consistency;
import dev.percept.methods.metric.DeletionInsertion;
import dev.percept.methods.metric.RankCurve;
import dev.percept.methods.metric.Reconstruction;
import dev.percept.methods.metric.Share;
import dev.percept.methods.metric.Stability;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An explanation of one class. Concepts are in the order of their importance everywhere: concept 0
 * matters most.
 *
 * @param target the class
 * @param bank the concepts; its dictionary is r x p
 * @param codes n x L x r, of every location of every picture
 * @param cropCodes m x r
 * @param importance global and per picture
 * @param reconstruction of the crops' activations by the concepts
 * @param randomReconstruction the same by random concepts
 * @param pictureReconstruction of the activations at all locations of whole pictures: concepts that
 *     rebuild crops well can still miss what only whole pictures show
 * @param randomPictureReconstruction the same by random concepts
 * @param answers what the model says when its activations are replaced
 * @param stability over seeds and halves of the data
 * @param fits how many other fits stability is over
 * @param statistics one entry a concept
 * @param order concepts in the order in which they go and come in {@code curves}
 * @param curves deletion and insertion
 * @param crops those that stand for each concept
 * @param shown pictures that were looked at in depth
 * @param rankCurve how the number of concepts was chosen; null where it was given
 */
public record CraftResult(
    Target target,
    AtomBank bank,
    Tensor codes,
    Tensor cropCodes,
    Importance importance,
    Reconstruction reconstruction,
    Reconstruction randomReconstruction,
    Reconstruction pictureReconstruction,
    Reconstruction randomPictureReconstruction,
    Answers answers,
    Stability stability,
    int fits,
    List<OfConcept> statistics,
    List<Integer> order,
    DeletionInsertion curves,
    List<ConceptCrops> crops,
    List<ShownPicture> shown,
    @Nullable RankCurve rankCurve) {

  public CraftResult {
    statistics = List.copyOf(statistics);
    order = List.copyOf(order);
    crops = List.copyOf(crops);
    shown = List.copyOf(shown);
  }

  /** W and b. */
  public Dictionary dictionary() {
    return bank.dictionary();
  }

  /**
   * Top-1 shares over the pictures.
   *
   * @param model share for which the model predicts the class
   * @param rebuilt the same with activations replaced by U W
   * @param random the same with activations rebuilt by random concepts
   * @param agreement share whose top-1 answer is the same for U W
   * @param randomAgreement share whose top-1 answer is the same for random concepts
   */
  public record Answers(
      double model, double rebuilt, double random, double agreement, double randomAgreement) {}

  /**
   * Statistics of one concept.
   *
   * @param prevalence pictures in which it is active
   * @param reliability pictures predicted as the class, of those where it contributes most
   * @param consistency of its crops, beside random crops
   */
  public record OfConcept(Share prevalence, Share reliability, Consistency consistency) {}
}
