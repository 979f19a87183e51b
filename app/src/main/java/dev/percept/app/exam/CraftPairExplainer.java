package dev.percept.app.exam;

import dev.percept.core.ConceptExtractor;
import dev.percept.core.Run;
import dev.percept.core.Target;
import dev.percept.core.TextModel;
import dev.percept.methods.contrast.ClassContrast;
import dev.percept.methods.contrast.Confusion;
import dev.percept.methods.contrast.Contrast;
import dev.percept.methods.contrast.Decision;
import dev.percept.methods.craft.TwoClasses;
import dev.percept.methods.importance.AutoImportance;
import dev.percept.zoo.reviews.exam.PairExplainer;
import java.util.List;

/**
 * Two classes of texts in the concepts of both, as {@code percept compare-classes} sets them beside
 * each other.
 *
 * @param model of texts
 * @param extractor finds the concepts
 * @param units what they are found in
 */
record CraftPairExplainer(TextModel model, ConceptExtractor extractor, TextUnits units)
    implements PairExplainer {
  private static final int BATCH = 32;

  @Override
  public Judgement compare(List<String> a, Target first, List<String> b, Target second, Run run) {
    TwoClasses.Result result =
        new TwoClasses(extractor, AutoImportance.defaults(), Contrast.DEFAULT, BATCH)
            .compare(model, side(a, first), side(b, second), run);
    ClassContrast contrast = result.contrast();
    Confusion confusion =
        Confusion.of(List.of(first, second), List.of(result.a().logits(), result.b().logits()));
    return new Judgement(
        switch (contrast.overlap().verdict()) {
          case OVERLAPPING -> Verdict.OVERLAPPING;
          case DISTINCT -> Verdict.DISTINCT;
          case UNDECIDED -> Verdict.UNDECIDED;
        },
        contrast.overlap().shared().value(),
        contrast.overlap().discriminating().value(),
        confusion.pair(0, 1).both().value().orElse(0),
        contrast.concepts().size(),
        (int) contrast.concepts().stream().filter(c -> c.overlaps() == Decision.YES).count());
  }

  private TwoClasses.Side side(List<String> texts, Target target) {
    return new TwoClasses.Side(units.whole(texts), units.pieces(texts), target);
  }
}
