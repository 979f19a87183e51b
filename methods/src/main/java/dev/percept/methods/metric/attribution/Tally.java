package dev.percept.methods.metric.attribution;

import dev.percept.core.Attribution;
import dev.percept.core.PerceptException;
import dev.percept.core.Run;
import dev.percept.core.Score;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What has been measured of one method so far. */
final class Tally {
  private final Contestant contestant;
  private final Evaluator evaluator;
  private final List<List<Double>> values = new ArrayList<>();
  private final List<List<PixelCurve>> curves = new ArrayList<>();
  private final List<List<Double>> cascade = new ArrayList<>();
  private @Nullable Attribution last;
  private long nanos;
  private int pictures;

  Tally(Contestant contestant, Evaluator evaluator) {
    this.contestant = contestant;
    this.evaluator = evaluator;
    for (int c = 0; c < evaluator.columns().size(); c++) {
      values.add(new ArrayList<>());
      curves.add(new ArrayList<>());
    }
    for (int s = 0; s < contestant.randomised().size(); s++) {
      cascade.add(new ArrayList<>());
    }
  }

  void add(Batch batch, Run run) {
    Score score = contestant.logit().apply(batch.of().target().index());
    long start = System.nanoTime();
    last = contestant.attributor().attribute(score, batch.inputs(), run);
    nanos += System.nanoTime() - start;
    pictures += batch.size();
    Tensor maps = places(last, score.inputShape());
    int again = Math.max(0, Math.min(batch.size(), evaluator.reruns() - batch.from()));
    Reruns reruns = new Reruns(batch, score, maps, again, run);
    for (int c = 0; c < evaluator.columns().size(); c++) {
      Column column = evaluator.columns().get(c);
      if (!column.reruns()) {
        values.get(c).addAll(measure(column, curves.get(c), batch, maps, run));
      } else if (again > 0) {
        values.get(c).addAll(reruns.measure(column.metric()));
      }
    }
  }

  private Tensor places(Attribution attribution, Shape input) {
    if (!attribution.values().isFinite()) {
      throw new PerceptException(
          "method '"
              + contestant.attributor().name()
              + "' gives maps with values that are not finite; leave it out, or look whether the"
              + " model's weights are");
    }
    return Places.of(attribution, input);
  }

  private static List<Double> measure(
      Column column, List<PixelCurve> curves, Batch batch, Tensor maps, Run run) {
    EvaluatedClass of = batch.of();
    Score score = column.reading() == Column.Reading.PROBABILITY ? of.probability() : of.logit();
    if (column.metric() instanceof Deletion m) {
      return areas(m.curves(score, batch.inputs(), maps, run), curves);
    } else if (column.metric() instanceof Insertion m) {
      return areas(m.curves(score, batch.inputs(), maps, run), curves);
    } else if (column.metric() instanceof ScoreMetric m) {
      return m.of(score, batch.inputs(), maps, run);
    } else if (column.metric() instanceof MapMetric m) {
      return m.of(maps);
    } else if (column.metric() instanceof MaskMetric m) {
      return m.of(maps, Objects.requireNonNull(batch.masks(), "checked before"));
    }
    throw new IllegalArgumentException("metric: of a known kind, found " + column.metric().name());
  }

  private static List<Double> areas(List<PixelCurve> found, List<PixelCurve> curves) {
    curves.addAll(found);
    return found.stream().map(PixelCurve::area).toList();
  }

  Evaluated result() {
    Attribution attribution = Objects.requireNonNull(last, "there is at least one picture");
    return new Evaluated(
        contestant.attributor().name(),
        attribution.settings(),
        attribution.baseline(),
        contestant.random(),
        attribution.forwards(),
        attribution.backwards(),
        nanos / 1e9 / pictures,
        values,
        curves,
        cascade);
  }

  /** Measures that run the method again, on the first pictures of a batch. */
  private final class Reruns {
    private final Batch batch;
    private final Score score;
    private final Tensor inputs;
    private final Tensor maps;
    private final Run run;
    private final Map<String, List<List<Double>>> distances = new HashMap<>();

    Reruns(Batch batch, Score score, Tensor maps, int count, Run run) {
      this.batch = batch;
      this.score = score;
      this.inputs = batch.inputs().slice(0, count);
      this.maps = maps.slice(0, count);
      this.run = run;
    }

    List<Double> measure(AttributionMetric metric) {
      if (metric instanceof Sensitivity s) {
        // Mean and largest are of the same perturbations.
        return s.of(
            distances.computeIfAbsent(
                s.settings(), k -> s.distances(contestant.attributor(), score, inputs, maps, run)));
      } else if (metric instanceof RerunMetric m) {
        return m.of(contestant.attributor(), score, inputs, maps, run);
      } else if (metric instanceof SanityCheck m) {
        return m.name().equals(SanityCheck.MODEL) ? cascade(m) : otherClass(m);
      }
      throw new IllegalArgumentException("metric: of a known kind, found " + metric.name());
    }

    /** Likeness at each stage; the last, with all weights random, is the metric. */
    private List<Double> cascade(SanityCheck check) {
      List<Double> found = List.of();
      int target = batch.of().target().index();
      for (int s = 0; s < cascade.size(); s++) {
        Score random = contestant.randomised().get(s).apply(target);
        Attribution other = contestant.attributor().attribute(random, inputs, run);
        found = check.of(maps, places(other, random.inputShape()));
        cascade.get(s).addAll(found);
      }
      return found;
    }

    private List<Double> otherClass(SanityCheck check) {
      int target = batch.of().target().index();
      int outputs = batch.of().outputs();
      Map<Integer, List<Integer>> byClass = new TreeMap<>();
      for (int i = 0; i < inputs.rows(); i++) {
        int drawn =
            SanityCheck.otherClass(
                outputs, target, run.random("random-logit." + target + "." + (batch.from() + i)));
        byClass.computeIfAbsent(drawn, k -> new ArrayList<>()).add(i);
      }
      double[] found = new double[inputs.rows()];
      byClass.forEach(
          (drawn, rows) -> {
            List<Double> some =
                check.of(
                    contestant.attributor(),
                    contestant.logit().apply(drawn),
                    gather(inputs, rows),
                    gather(maps, rows),
                    run);
            for (int k = 0; k < rows.size(); k++) {
              found[rows.get(k)] = some.get(k);
            }
          });
      List<Double> list = new ArrayList<>();
      for (double v : found) {
        list.add(v);
      }
      return list;
    }
  }

  private static Tensor gather(Tensor all, List<Integer> rows) {
    int each = all.shape().example().size();
    float[] some = new float[rows.size() * each];
    for (int k = 0; k < rows.size(); k++) {
      all.copyTo(rows.get(k) * each, some, k * each, each);
    }
    return Tensor.wrap(all.shape().example().batch(rows.size()), some);
  }
}
