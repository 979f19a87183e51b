package dev.percept.app.contrast;

import dev.percept.bundle.Bundle;
import dev.percept.bundle.ClassComparison;
import dev.percept.core.Run;
import dev.percept.core.Target;
import dev.percept.core.Tensor;
import dev.percept.methods.contrast.ClassContrast;
import dev.percept.methods.contrast.Confusion;
import dev.percept.methods.contrast.Overlap;
import dev.percept.methods.craft.TwoClasses;
import dev.percept.methods.metric.Top1;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Puts a comparison into the words of its file. */
record ComparisonParts(ContrastRequest request, Subjects subjects, List<Subjects.Group> pair) {
  /** Excerpts of a concept in each class. */
  private static final int SHOWN = 4;

  /**
   * The file.
   *
   * @param notes for the reader
   */
  ClassComparison comparison(
      TwoClasses.Result result, Confusion confusion, List<String> notes, Run run) {
    ClassContrast contrast = result.contrast();
    Map<String, String> versions = new TreeMap<>(request.versions());
    versions.put("engine", subjects.info().engine());
    List<ClassComparison.OfConcept> concepts = new ArrayList<>();
    for (int k = 0; k < contrast.concepts().size(); k++) {
      concepts.add(concept(k, result));
    }
    ClassContrast.Thresholds t = contrast.thresholds();
    return new ClassComparison(
        ClassComparison.SCHEMA,
        subjects.modality(),
        request.options(),
        run.seed(),
        subjects.info().file(),
        subjects.info().sha256(),
        subjects.info().layer(),
        request.extractor().name(),
        result.a().importance().estimator(),
        side(pair.get(0), result.a()),
        side(pair.get(1), result.b()),
        new ClassComparison.Confusion(
            confusion.classes().stream().map(ComparisonParts::label).toList(), confusion.counts()),
        new ClassComparison.Thresholds(
            t.shared(), t.differs(), t.chance(), t.usedA(), t.usedB(), request.contrast().fewest()),
        new ClassComparison.Overlap(
            part(contrast.overlap().shared()),
            part(contrast.overlap().discriminating()),
            contrast.overlap().undecided(),
            word(contrast.overlap().verdict())),
        contrast.tooFew(),
        concepts,
        notes,
        versions);
  }

  private static Bundle.Label label(Target target) {
    return new Bundle.Label(target.index(), target.label());
  }

  private static ClassComparison.Side side(Subjects.Group group, TwoClasses.Found found) {
    return new ClassComparison.Side(
        label(group.target()),
        group.examples().size(),
        group.units().size(),
        same(found.logits(), found.rebuilt()),
        same(found.logits(), found.randomlyRebuilt()),
        found.reconstruction().r2(),
        found.randomReconstruction().r2(),
        group.fingerprint());
  }

  private static double same(Tensor a, Tensor b) {
    int[] one = Top1.of(a);
    int[] two = Top1.of(b);
    return (double) IntStream.range(0, one.length).filter(i -> one[i] == two[i]).count()
        / one.length;
  }

  private static ClassComparison.Part part(Overlap.Part p) {
    return new ClassComparison.Part(p.value(), p.low(), p.high());
  }

  private ClassComparison.OfConcept concept(int k, TwoClasses.Result result) {
    ClassContrast.OfConcept of = result.contrast().concepts().get(k);
    ClassContrast.Difference d = of.difference();
    float strongest = Math.max(largest(result.a(), k), largest(result.b(), k));
    return new ClassComparison.OfConcept(
        k,
        new ClassComparison.Difference(
            d.meanA(), d.meanB(), d.delta(), d.low(), d.high(), d.unit(), word(d.differs())),
        use(of.useA()),
        use(of.useB()),
        word(of.quadrant()),
        word(of.quadrantA()),
        word(of.quadrantB()),
        word(of.overlaps()),
        excerpts(pair.get(0), result.a(), k, strongest),
        excerpts(pair.get(1), result.b(), k, strongest));
  }

  private static ClassComparison.Use use(ClassContrast.Use use) {
    return new ClassComparison.Use(
        use.total(), use.low(), use.high(), use.sign(), word(use.used()));
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static float largest(TwoClasses.Found found, int k) {
    float largest = 0;
    for (int i = 0; i < found.unitCodes().rows(); i++) {
      largest = Math.max(largest, found.unitCodes().get(i, k));
    }
    return largest;
  }

  /** The strongest units, one an example, so that one picture does not stand for a class. */
  private static List<ClassComparison.Excerpt> excerpts(
      Subjects.Group group, TwoClasses.Found found, int k, float strongest) {
    Tensor codes = found.unitCodes();
    List<Integer> order =
        IntStream.range(0, codes.rows())
            .boxed()
            .filter(i -> codes.get(i, k) > 0)
            .sorted(Comparator.comparingDouble(i -> -codes.get(i, k)))
            .toList();
    Set<Integer> seen = new HashSet<>();
    Set<String> said = new HashSet<>();
    List<ClassComparison.Excerpt> chosen = new ArrayList<>();
    for (int unit : order) {
      if (chosen.size() < SHOWN && seen.add(group.exampleOf(unit))) {
        String content = group.excerpt(unit);
        if (said.add(content)) {
          chosen.add(
              new ClassComparison.Excerpt(
                  content, codes.get(unit, k) / (double) strongest, group.units().name(unit)));
        }
      }
    }
    return chosen;
  }
}
