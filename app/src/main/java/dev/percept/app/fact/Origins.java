package dev.percept.app.fact;

import dev.percept.bundle.FactConcept;
import dev.percept.core.Run;
import dev.percept.core.Tensor;
import dev.percept.fact.ConceptContributions;
import dev.percept.fact.CrossLayer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Of which concepts of the cut before a concept is made. */
final class Origins {
  private static final int SOURCES = 5;

  private final FactSubject subject;
  private final Run run;

  Origins(FactSubject subject, Run run) {
    this.subject = subject;
    this.run = run;
  }

  /**
   * The origin of a concept.
   *
   * @param cut of the concept in the stack, the last one being 0
   * @param pictures in which it is strongest
   * @return null at the first cut, or where nothing of the concept is left once the concepts of the
   *     cut before stand in for the activations there
   */
  FactConcept.@Nullable Origin of(int cut, int concept, List<Integer> pictures) {
    if (cut + 1 >= subject.banks().size() || pictures.isEmpty()) {
      return null;
    }
    Tensor activations = subject.stack().at(cut + 1).activations(subject.batch(pictures)).values();
    ConceptContributions given =
        new CrossLayer(
                subject.stack(),
                cut + 1,
                subject.banks().get(cut + 1).sae(),
                subject.banks().get(cut).sae())
            .to(concept, activations, run);
    int r = given.contributions().shape().dim(1);
    double[] sums = new double[r];
    double presence = 0;
    double constant = 0;
    double gap = 0;
    for (int i = 0; i < given.size(); i++) {
      presence += given.outputs().get(i, 0);
      constant += given.outputs().get(i, 0) - given.explained().get(i) + given.remainder().get(i);
      gap = Math.max(gap, given.gaps().get(i));
      for (int k = 0; k < r; k++) {
        sums[k] += given.contributions().get(i, k);
      }
    }
    if (presence == 0) {
      return null;
    }
    List<Integer> order =
        IntStream.range(0, r)
            .filter(k -> sums[k] != 0)
            .boxed()
            .sorted(Comparator.comparingDouble(k -> -Math.abs(sums[k])))
            .toList();
    List<FactConcept.Source> sources = new ArrayList<>();
    double other = 0;
    for (int n = 0; n < order.size(); n++) {
      double share = sums[order.get(n)] / presence;
      if (n < SOURCES) {
        sources.add(new FactConcept.Source(order.get(n), share));
      } else {
        other += share;
      }
    }
    return new FactConcept.Origin(
        pictures.size(),
        sources,
        other,
        constant / presence,
        Math.max(0, order.size() - SOURCES),
        order.isEmpty() ? 0 : 1.0 / order.size(),
        gap);
  }
}
