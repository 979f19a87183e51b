package dev.percept.app.fact;

import dev.percept.bundle.FactDeletion;
import dev.percept.core.Run;
import dev.percept.fact.DeletionStudy;
import dev.percept.methods.compare.ConceptDeletion;
import dev.percept.methods.metric.attribution.BootstrapMean;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Deletion curves on some of the pictures, in the words of the file. */
final class Deletions {
  /** Fewer masks than the study's default: indices only have to be put in order. */
  private static final int MASKS = 4_000;

  private Deletions() {}

  /**
   * Measures.
   *
   * @param count pictures at most; 0 for none
   * @return null where there is nothing to measure
   */
  static @Nullable FactDeletion measure(
      FactSubject subject, FactSample sample, int count, int batch, Run run) {
    List<Integer> some =
        TracePicker.spread(
            IntStream.range(0, sample.size()).filter(i -> has(sample, i)).boxed().toList(),
            Math.max(2, count));
    if (count == 0 || some.isEmpty()) {
      return null;
    }
    List<Integer> labels =
        some.stream()
            .map(
                i ->
                    subject.truth().get(i) >= 0
                        ? subject.truth().get(i)
                        : sample.predicted().get(i))
            .toList();
    DeletionStudy.Options options = new DeletionStudy.Options(20, 5, MASKS, batch);
    DeletionStudy study =
        DeletionStudy.measure(
            subject.model(),
            subject.sae(),
            new SelectedExamples(subject.inputs(), some),
            labels,
            options,
            run);
    List<FactDeletion.Curve> curves = new ArrayList<>(curves(study.all(), true));
    if (!study.alwaysOn().isEmpty()) {
      curves.addAll(curves(study.withoutAlwaysOn(), false));
    }
    return new FactDeletion(some.size(), study.alwaysOn(), study.all().shares(), curves);
  }

  private static boolean has(FactSample sample, int picture) {
    return IntStream.range(0, sample.concepts())
        .anyMatch(k -> sample.presence().get(picture, k) != 0);
  }

  private static List<FactDeletion.Curve> curves(ConceptDeletion of, boolean withAlwaysOn) {
    return of.rows().stream()
        .map(
            row ->
                new FactDeletion.Curve(
                    row.method(),
                    withAlwaysOn,
                    of.removed(),
                    row.logit().stream().map(BootstrapMean::mean).toList(),
                    row.accuracy().stream().map(BootstrapMean::mean).toList(),
                    row.logitArea().mean(),
                    row.accuracyArea().mean(),
                    interval(row.logitBehind()),
                    interval(row.accuracyBehind())))
        .toList();
  }

  private static FactDeletion.Interval interval(BootstrapMean of) {
    return new FactDeletion.Interval(of.low(), of.high());
  }
}
