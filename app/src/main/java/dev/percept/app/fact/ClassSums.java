package dev.percept.app.fact;

import dev.percept.bundle.Bundle;
import dev.percept.bundle.FactExplanation;
import dev.percept.core.Run;
import dev.percept.core.Tensor;
import dev.percept.methods.metric.attribution.BootstrapMean;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** What the logit of a class is made of over its pictures. */
final class ClassSums {
  /** Concepts of a class that have a line of their own. */
  static final int ROLES = 8;

  private final FactSubject subject;
  private final FactSample sample;
  private final Run run;

  ClassSums(FactSubject subject, FactSample sample, Run run) {
    this.subject = subject;
    this.sample = sample;
    this.run = run;
  }

  /**
   * The sum of a class.
   *
   * @param own its pictures, at least one
   */
  FactExplanation.OfClass of(int target, List<Integer> own) {
    Tensor given = java.util.Objects.requireNonNull(sample.byClass().get(target));
    int r = sample.concepts();
    double[] mean = new double[r];
    double[] elsewhere = new double[r];
    double logit = 0;
    int right = 0;
    boolean[] isOwn = new boolean[sample.size()];
    for (int i : own) {
      isOwn[i] = true;
      logit += sample.logits().get(i, target) / (double) own.size();
      right += sample.predicted().get(i) == target ? 1 : 0;
    }
    int others = sample.size() - own.size();
    for (int i = 0; i < sample.size(); i++) {
      double[] sums = isOwn[i] ? mean : elsewhere;
      double weight = 1.0 / (isOwn[i] ? own.size() : others);
      for (int k = 0; k < r; k++) {
        sums[k] += weight * given.get(i, k);
      }
    }
    double all = 0;
    for (double m : mean) {
      all += Math.abs(m);
    }
    double bias = subject.model().constants().get(target);
    double rest = logit - bias;
    List<FactExplanation.Role> roles = new ArrayList<>();
    for (int k : largest(mean)) {
      rest -= mean[k];
      BootstrapMean interval =
          BootstrapMean.of(
              own.stream().map(i -> (double) given.get(i, k)).toList(), run.random("fact.roles"));
      roles.add(
          new FactExplanation.Role(
              k,
              mean[k],
              own.size() < 2 ? Double.NaN : interval.low(),
              own.size() < 2 ? Double.NaN : interval.high(),
              Math.abs(mean[k]) / all,
              others == 0 ? Double.NaN : elsewhere[k]));
    }
    return new FactExplanation.OfClass(
        new Bundle.Label(target, subject.labels().name(target)),
        own.size(),
        (double) right / own.size(),
        logit,
        bias,
        rest,
        roles);
  }

  private static List<Integer> largest(double[] mean) {
    return IntStream.range(0, mean.length)
        .filter(k -> mean[k] != 0)
        .boxed()
        .sorted(Comparator.comparingDouble(k -> -Math.abs(mean[k])))
        .limit(ROLES)
        .toList();
  }
}
