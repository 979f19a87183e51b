package dev.percept.methods.metric.attribution;

import dev.percept.core.PerceptException;
import dev.percept.core.Progress;
import dev.percept.core.Run;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures several methods by several metrics on the same pictures. One batch of pictures is in
 * memory at a time; what is kept is a few numbers a picture.
 *
 * @param columns what is measured
 * @param batch pictures that are attributed at once, at least 1
 * @param reruns metrics that run the method again look at so many pictures of each class only, at
 *     least 1
 */
public record Evaluator(List<Column> columns, int batch, int reruns) {
  public Evaluator {
    columns = List.copyOf(columns);
    if (columns.isEmpty()) {
      throw new IllegalArgumentException("metrics: at least 1, found none");
    }
    Batches.check("evaluation", batch);
    if (reruns < 1) {
      throw new IllegalArgumentException("evaluation reruns: at least 1, found " + reruns);
    }
  }

  /**
   * Measures.
   *
   * @return one result a contestant, in their order
   * @throws IllegalArgumentException if a column needs masks or randomised weights that are missing
   * @throws PerceptException if a method gives maps that are not finite
   */
  public List<Evaluated> evaluate(
      List<Contestant> contestants, List<EvaluatedClass> classes, Run run) {
    check(contestants, classes);
    List<Tally> tallies = contestants.stream().map(c -> new Tally(c, this)).toList();
    int pictures = classes.stream().mapToInt(c -> c.pictures().size()).sum();
    try (Progress.Stage stage = run.stage("evaluation", (long) pictures * contestants.size())) {
      for (EvaluatedClass of : classes) {
        for (int from = 0; from < of.pictures().size(); from += batch) {
          Batch pieces = Batch.of(of, from, Math.min(from + batch, of.pictures().size()));
          for (Tally tally : tallies) {
            run.throwIfCancelled();
            tally.add(pieces, run);
            stage.advance(pieces.size());
          }
        }
      }
    }
    List<Evaluated> results = new ArrayList<>();
    tallies.forEach(tally -> results.add(tally.result()));
    return results;
  }

  private void check(List<Contestant> contestants, List<EvaluatedClass> classes) {
    if (contestants.isEmpty() || classes.isEmpty()) {
      throw new IllegalArgumentException(
          "evaluation: at least 1 method and 1 class, found "
              + contestants.size()
              + " and "
              + classes.size());
    }
    for (Column column : columns) {
      if (column.needsMasks() && classes.stream().anyMatch(c -> c.masks() == null)) {
        throw new IllegalArgumentException(column.name() + ": needs masks, found none");
      }
      if (column.metric().name().equals(SanityCheck.MODEL)
          && contestants.stream().anyMatch(c -> c.randomised().isEmpty())) {
        throw new IllegalArgumentException(
            column.name() + ": needs a model with random weights, found none");
      }
    }
  }
}
