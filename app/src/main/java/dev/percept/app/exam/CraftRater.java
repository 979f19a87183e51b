package dev.percept.app.exam;

import dev.percept.app.importance.Contender;
import dev.percept.core.ConceptExtractor;
import dev.percept.core.DifferentiableSplitModel;
import dev.percept.core.Examples;
import dev.percept.core.Importance;
import dev.percept.core.Run;
import dev.percept.core.SplitModel;
import dev.percept.core.Target;
import dev.percept.methods.craft.Craft;
import dev.percept.zoo.exam.Rated;
import dev.percept.zoo.exam.Rater;
import java.util.ArrayList;
import java.util.List;

/** CRAFT's concepts, rated by several estimators of importance. */
public final class CraftRater implements Rater {
  private final SplitModel model;
  private final DifferentiableSplitModel gradients;
  private final CraftExplainer explainer;
  private final List<Contender> contenders;

  /**
   * Rates concepts of {@code model} found by {@code extractor}.
   *
   * @param gradients the same model, cut at the same place, for estimators that ask for gradients
   */
  public CraftRater(
      SplitModel model,
      DifferentiableSplitModel gradients,
      ConceptExtractor extractor,
      List<Contender> contenders) {
    this.model = model;
    this.gradients = gradients;
    this.explainer = new CraftExplainer(model, extractor);
    this.contenders = List.copyOf(contenders);
  }

  @Override
  public Rated rate(Examples pictures, Target target, Run run) {
    Craft.Concepts concepts = explainer.find(pictures, target, run);
    List<Rated.Rating> ratings = new ArrayList<>();
    for (Contender contender : contenders) {
      Importance importance;
      if (contender instanceof Contender.BlackBox black) {
        importance = black.estimator().estimate(concepts.scores(model, target), run);
      } else if (contender instanceof Contender.WhiteBox white) {
        importance = white.estimator().estimate(concepts.scores(gradients, target), run);
      } else {
        throw new IllegalStateException("a contender is one of two kinds");
      }
      ratings.add(
          new Rated.Rating(
              contender.name(),
              importance.concepts().stream().map(Importance.OfConcept::total).toList()));
    }
    return new Rated(concepts.codes(), model.grid(), ratings);
  }
}
