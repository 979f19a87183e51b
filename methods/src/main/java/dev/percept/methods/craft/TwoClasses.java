package dev.percept.methods.craft;

import dev.percept.core.ConceptBank;
import dev.percept.core.ConceptExtractor;
import dev.percept.core.Examples;
import dev.percept.core.Importance;
import dev.percept.core.ImportanceEstimator;
import dev.percept.core.MaskedScore;
import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.SplitModel;
import dev.percept.core.Target;
import dev.percept.core.Tensor;
import dev.percept.methods.contrast.ClassCodes;
import dev.percept.methods.contrast.ClassContrast;
import dev.percept.methods.contrast.Contrast;
import dev.percept.methods.factorization.AtomBank;
import dev.percept.methods.metric.RandomBank;
import dev.percept.methods.metric.Reconstruction;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Concepts of two classes together: one bank, fitted on the crops (or units of text) of both, so
 * that what they share is one concept and not two; the codes of both classes; and the importance of
 * each class's own logit in examples of that class.
 *
 * @param extractor the factorisation, with its number of concepts
 * @param importance how importance is found
 * @param contrast how the two are compared
 * @param batch examples that go through the model at once
 */
public record TwoClasses(
    ConceptExtractor extractor,
    ImportanceEstimator<MaskedScore> importance,
    Contrast contrast,
    int batch) {

  public TwoClasses {
    if (batch < 1) {
      throw new IllegalArgumentException("batch: at least 1, found " + batch);
    }
  }

  /**
   * One class.
   *
   * @param examples pictures or texts of the class
   * @param units crops of these pictures, or units of these texts
   * @param target the class
   */
  public record Side(Examples examples, Examples units, Target target) {}

  /**
   * What one class looks like in the concepts of both.
   *
   * @param target the class
   * @param unitActivations m x p
   * @param unitCodes m x r
   * @param codes n x L x r
   * @param importance of the class's own logit
   * @param logits n x outputs
   * @param rebuilt n x outputs, with activations replaced by U W
   * @param randomlyRebuilt n x outputs, with activations rebuilt by random concepts
   * @param reconstruction of the activations at all locations of all examples
   * @param randomReconstruction the same by random concepts
   */
  public record Found(
      Target target,
      Tensor unitActivations,
      Tensor unitCodes,
      Tensor codes,
      Importance importance,
      Tensor logits,
      Tensor rebuilt,
      Tensor randomlyRebuilt,
      Reconstruction reconstruction,
      Reconstruction randomReconstruction) {}

  /**
   * Two classes in the same concepts, in the order of their importance: the mean of both classes'
   * shares.
   *
   * @param bank the concepts
   * @param a the first class
   * @param b the second class
   * @param contrast what they share, and what they do not
   */
  public record Result(AtomBank bank, Found a, Found b, ClassContrast contrast) {}

  /**
   * Finds concepts and compares the classes.
   *
   * @throws IllegalArgumentException if both sides are the same class, or activations are unfit for
   *     the extractor
   */
  public Result compare(SplitModel model, Side a, Side b, Run run) {
    if (a.target.index() == b.target.index()) {
      throw new IllegalArgumentException(
          "classes: two different ones, found '" + a.target.label() + "' twice");
    }
    Tensor unitsA = Passes.pooled(model, a.units, batch, run);
    Tensor unitsB = Passes.pooled(model, b.units, batch, run);
    AtomBank fit = Craft.atoms(extractor.fit(joined(unitsA, unitsB), run));
    ConceptBank random = RandomBank.like(fit, run.random("two-classes.random-concepts"));
    PictureCodes codesA = PictureCodes.of(model, a.examples, fit, random, batch, run);
    PictureCodes codesB = PictureCodes.of(model, b.examples, fit, random, batch, run);
    Importance useA = importance(model, fit, codesA, a.target, run);
    Importance useB = importance(model, fit, codesB, b.target, run);
    Ranking ranking = byShares(useA.shares(), useB.shares());
    AtomBank bank = ranking.apply(fit);
    Found foundA = found(a.target, ranking, bank, unitsA, codesA, useA, run);
    Found foundB = found(b.target, ranking, bank, unitsB, codesB, useB, run);
    return new Result(
        bank,
        foundA,
        foundB,
        contrast.measure(
            new ClassCodes(foundA.codes, foundA.importance),
            new ClassCodes(foundB.codes, foundB.importance),
            run));
  }

  private Importance importance(
      SplitModel model, AtomBank bank, PictureCodes codes, Target target, Run run) {
    List<CodeScore> scores = new ArrayList<>();
    for (int i = 0; i < codes.codes().rows(); i++) {
      scores.add(new CodeScore(model, bank.dictionary(), codes.codes().row(i), target.index()));
    }
    return importance.estimate(scores, run);
  }

  private static Found found(
      Target target,
      Ranking ranking,
      AtomBank bank,
      Tensor units,
      PictureCodes codes,
      Importance use,
      Run run) {
    return new Found(
        target,
        units,
        bank.encode(units, run),
        ranking.columns(codes.codes()),
        ranking.apply(use),
        codes.logits(),
        codes.rebuilt(),
        codes.random(),
        codes.reconstruction(),
        codes.randomReconstruction());
  }

  private static Ranking byShares(Importance a, Importance b) {
    return new Ranking(
        IntStream.range(0, a.concepts().size())
            .boxed()
            .sorted(
                Comparator.comparingDouble(
                    k -> -a.concepts().get(k).total() - b.concepts().get(k).total()))
            .toList());
  }

  private static Tensor joined(Tensor a, Tensor b) {
    int p = a.shape().dim(1);
    FloatBuffer all = Scratch.allocate(Math.multiplyExact(a.rows() + b.rows(), p));
    all.put(a.buffer()).put(b.buffer());
    return Tensor.wrap(Shape.of(a.rows() + b.rows(), p), all.flip());
  }
}
