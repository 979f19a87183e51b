package dev.percept.image;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a check of presets comes to.
 *
 * @param decided whether one preset is singled out
 * @param sentence why, or what is missing, for the user
 */
record CheckVerdict(boolean decided, String sentence) {

  static CheckVerdict of(
      List<PreprocessingCheck.Row> rows, List<Integer> truth, int outputs, double z) {
    PreprocessingCheck.Row best = rows.get(0);
    String name = best.normalization().name();
    double largest =
        truth.stream()
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()))
                .values()
                .stream()
                .mapToLong(Long::longValue)
                .max()
                .orElse(0)
            / (double) truth.size();
    if (largest == 1) {
      return open(
          "Cannot decide: all pictures are of one class, and a model that always gives that answer"
              + " would look perfect. Give pictures of at least two classes.");
    }
    if (best.low() <= Math.max(largest, 1.0 / outputs)) {
      return open(
          String.format(
              Locale.ROOT,
              "Cannot decide: even under %s the model is right on %s of the pictures (95 %%"
                  + " interval %s to %s), which is not clearly better than always giving the same"
                  + " answer (%s). Either there are too few pictures, or the labels are in another"
                  + " order, or the model takes its pictures in another way.",
              name,
              percent(best.top1()),
              percent(best.low()),
              percent(best.high()),
              percent(largest)));
    }
    List<PreprocessingCheck.Row> rivals =
        rows.stream().skip(1).filter(row -> !row.behindBest().decides()).toList();
    if (!rivals.isEmpty()) {
      return open(undecided(name, rivals, z));
    }
    if (rows.size() == 1) {
      return open(
          "Only " + name + " was tried; the model is right on " + percent(best.top1()) + ".");
    }
    PreprocessingCheck.Row next = rows.get(1);
    return new CheckVerdict(
        true,
        String.format(
            Locale.ROOT,
            "Use %s: the model is right on %s of the pictures, %.1f points (%.1f to %.1f) more than"
                + " under the next, %s.",
            name,
            percent(best.top1()),
            100 * next.behindBest().difference(),
            100 * next.behindBest().low(),
            100 * next.behindBest().high(),
            next.normalization().name()));
  }

  private static String undecided(String best, List<PreprocessingCheck.Row> rivals, double z) {
    PairedDifference d = rivals.get(0).behindBest();
    String names =
        rivals.stream().map(r -> r.normalization().name()).collect(Collectors.joining(", "));
    String needed = "";
    if (d.onlyFirst() > d.onlySecond()) {
      double disagree = (double) (d.onlyFirst() + d.onlySecond()) / d.examples();
      double n =
          z * z * (disagree - d.difference() * d.difference()) / (d.difference() * d.difference());
      if (n > d.examples()) {
        needed = String.format(Locale.ROOT, " About %d pictures would be needed.", roundUp(n));
      }
    }
    double worst = rivals.stream().mapToDouble(r -> r.behindBest().high()).max().orElse(0);
    return String.format(
        Locale.ROOT,
        "Cannot decide between %s and %s with %d pictures: the difference to %s is %.1f points,"
            + " %.1f to %.1f.%s Taking the wrong one of these costs at most %.1f points.",
        best,
        names,
        d.examples(),
        rivals.get(0).normalization().name(),
        100 * d.difference(),
        100 * d.low(),
        100 * d.high(),
        needed,
        100 * worst);
  }

  /** To two digits, since the estimate is no better than that. */
  private static long roundUp(double n) {
    double unit = Math.pow(10, Math.max(0, Math.floor(Math.log10(n)) - 1));
    return (long) (Math.ceil(n / unit) * unit);
  }

  private static CheckVerdict open(String sentence) {
    return new CheckVerdict(false, sentence);
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }
}
