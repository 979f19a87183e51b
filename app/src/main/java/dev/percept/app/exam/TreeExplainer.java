package dev.percept.app.exam;

import dev.percept.app.explain.CropBoxes;
import dev.percept.core.Examples;
import dev.percept.core.Run;
import dev.percept.core.StackedModel;
import dev.percept.core.Target;
import dev.percept.core.Tensor;
import dev.percept.image.Crops;
import dev.percept.methods.craft.ConceptNode;
import dev.percept.methods.craft.Craft;
import dev.percept.methods.craft.Recursion;
import dev.percept.methods.metric.Consistency;
import dev.percept.zoo.exam.TakenApart;
import java.util.ArrayList;
import java.util.List;

/**
 * Concepts of CRAFT, all of them taken apart once.
 *
 * @param explainer finds the concepts
 * @param stack the model, cut where they live and earlier
 * @param recursion takes them apart, whatever their consistency
 */
public record TreeExplainer(CraftExplainer explainer, StackedModel stack, Recursion recursion)
    implements TakenApart.Explainer {
  @Override
  public List<TakenApart> explain(Examples pictures, Target target, Run run) {
    return explainer.with(
        pictures, target, run, (concepts, crops) -> apart(concepts, crops, target, run));
  }

  private List<TakenApart> apart(Craft.Concepts concepts, Crops crops, Target target, Run run) {
    Tensor codes = concepts.bank().encode(concepts.activations(), run);
    List<ConceptNode> nodes =
        recursion.grow(
            stack,
            new Recursion.Roots(
                concepts.bank(),
                codes,
                Consistency.of(concepts.activations(), codes),
                concepts.importance().concepts()),
            crops,
            CropBoxes.of(crops),
            target,
            run);
    List<TakenApart> all = new ArrayList<>();
    for (ConceptNode node : nodes) {
      ConceptNode.Split split = node.split();
      if (split != null) {
        all.add(
            new TakenApart(
                node.id(),
                node.consistency().agreement(),
                split.members().stream()
                    .map(i -> new TakenApart.Crop(crops.picture(i), crops.box(i)))
                    .toList(),
                split.members().stream()
                    .map(i -> (double) Math.max(0, codes.get(i, node.id())))
                    .toList(),
                split.codes()));
      }
    }
    return all;
  }
}
