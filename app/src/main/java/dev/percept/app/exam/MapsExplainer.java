package dev.percept.app.exam;

import dev.percept.app.explain.ConceptMapper;
import dev.percept.core.Examples;
import dev.percept.core.Run;
import dev.percept.core.Target;
import dev.percept.core.Tensor;
import dev.percept.methods.attribution.AttributionMethod;
import dev.percept.methods.craft.Craft;
import dev.percept.zoo.exam.Explained;
import dev.percept.zoo.exam.MapExplainer;
import java.util.ArrayList;
import java.util.List;

/**
 * Concepts of CRAFT, shown by up-sampled codes and by attribution methods of the codes.
 *
 * @param explainer finds the concepts
 * @param mapper makes the maps
 * @param methods which; those whose values have signs are shown with them and by size alone
 */
public record MapsExplainer(
    CraftExplainer explainer, ConceptMapper mapper, List<AttributionMethod<?>> methods)
    implements MapExplainer {
  public MapsExplainer {
    methods = List.copyOf(methods);
  }

  @Override
  public List<Shown> explain(Examples pictures, Target target, Run run) {
    return explainer.with(pictures, target, run, (concepts, crops) -> shown(concepts, pictures));
  }

  private List<Shown> shown(Craft.Concepts concepts, Examples pictures) {
    List<Shown> all = new ArrayList<>();
    all.add(new Shown("codes", explainer.codes(concepts)));
    Tensor inputs = pictures.batch(0, pictures.size());
    for (AttributionMethod<?> method : methods) {
      ConceptMapper.Fine fine = mapper.fine(method, concepts.bank(), inputs);
      List<Double> importance = CraftExplainer.importance(concepts);
      all.add(new Shown(method.name(), new Explained(fine.maps(), fine.grid(), importance)));
      Tensor sizes = fine.sizes();
      if (sizes != null) {
        all.add(
            new Shown(
                method.name() + ", size alone", new Explained(sizes, fine.grid(), importance)));
      }
    }
    return all;
  }
}
