package dev.percept.report;

import dev.percept.bundle.Evaluation;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** The sentences of an evaluation's page, computed from its numbers. */
final class EvaluationStory {
  /** What asks the model whether the map is right; probabilities repeat the logits. */
  private static final Set<String> FAITHFUL =
      Set.of("deletion-logit", "insertion-logit", "mufidelity");

  private static final int FEW = 30;

  private final Evaluation e;

  EvaluationStory(Evaluation e) {
    this.e = e;
  }

  private List<Integer> faithful() {
    List<Integer> chosen =
        IntStream.range(0, e.metrics().size())
            .filter(i -> FAITHFUL.contains(e.metrics().get(i).name()))
            .boxed()
            .toList();
    return chosen.isEmpty() ? IntStream.range(0, e.metrics().size()).boxed().toList() : chosen;
  }

  private List<Evaluation.Method> methods() {
    return e.methods().stream().filter(m -> !m.random()).toList();
  }

  String headline() {
    List<Integer> columns = faithful();
    String by = Plain.count(columns.size(), "metric") + asking(columns);
    List<String> top =
        methods().stream()
            .filter(m -> columns.stream().allMatch(c -> leads(m.cells().get(c))))
            .map(Evaluation.Method::name)
            .toList();
    if (methods().size() == 1) {
      return methods().get(0).name() + " was measured by " + by + "; there is no rival but chance.";
    }
    if (top.isEmpty()) {
      return "No method is best by every metric: " + winners(columns) + ".";
    }
    if (top.size() == 1) {
      return top.get(0) + " is best, or not told apart from the best, by " + by + ".";
    }
    String count = Plain.count(top.size(), "method");
    return Character.toUpperCase(count.charAt(0))
        + count.substring(1)
        + " cannot be told apart at the top of "
        + by
        + ": "
        + Plain.list(top)
        + ".";
  }

  private String asking(List<Integer> columns) {
    return columns.stream().allMatch(c -> FAITHFUL.contains(e.metrics().get(c).name()))
        ? (columns.size() == 1 ? " that asks the model" : " that ask the model")
        : "";
  }

  private static boolean leads(Evaluation.Cell cell) {
    return cell.best() || cell.tied();
  }

  private String winners(List<Integer> columns) {
    List<String> parts = new ArrayList<>();
    for (int c : columns) {
      List<String> tied = new ArrayList<>();
      String best = "";
      for (Evaluation.Method m : methods()) {
        if (m.cells().get(c).best()) {
          best = m.name();
        } else if (m.cells().get(c).tied()) {
          tied.add(m.name());
        }
      }
      String name = e.metrics().get(c).name().replace("mufidelity", "µFidelity").replace('-', ' ');
      parts.add(
          best
              + " by "
              + name
              + (tied.isEmpty()
                  ? ""
                  : tied.size() == 1
                      ? " (tied with " + tied.get(0) + ")"
                      : " (tied with " + Plain.count(tied.size()) + " others)"));
    }
    return Plain.list(parts);
  }

  String caution() {
    List<String> failing =
        methods().stream()
            .filter(m -> faithful().stream().anyMatch(c -> likeChance(m.cells().get(c))))
            .map(Evaluation.Method::name)
            .toList();
    String start = "";
    if (!failing.isEmpty()) {
      boolean all = failing.size() == methods().size();
      start =
          (all && failing.size() > 1
                  ? "By at least one of these metrics every method is"
                  : "By at least one of these metrics "
                      + Plain.list(failing)
                      + (failing.size() == 1 ? " is" : " are"))
              + " no better than a random map. ";
    }
    return start
        + "The baseline, here "
        + e.baseline()
        + ", decides the winner as much as the methods do (arXiv 2512.11433): with another one the"
        + " order can change.";
  }

  private static boolean likeChance(Evaluation.Cell cell) {
    return cell.overRandom() != null && cell.overRandom().low() <= 0;
  }

  String tableLead() {
    return "Means over pictures, and under them the 95 % interval that other pictures of the same"
        + " kind would give. Methods are compared picture by picture, so a tie is decided by the"
        + " interval of the difference, not by whether intervals overlap. The number of pictures"
        + " stands under each metric.";
  }

  List<String> limits() {
    List<String> limits = new ArrayList<>();
    limits.add(
        "Pictures with missing pixels are pictures that the network never saw. Part of what deletion"
            + " and insertion measure is how it reacts to that: a map of scattered pixels can win by"
            + " making noise.");
    limits.add(
        "A probability curve saturates: it is flat as soon as one class wins, and says nothing about"
            + " what happens below. Read the logit.");
    limits.add(
        "The baseline decides the winner (arXiv 2512.11433). A method whose own baseline is that of"
            + " the metric has an advantage.");
    limits.add(
        "With many methods and metrics some are best by luck: an interval of 95 % misses one time in"
            + " twenty, and these are not corrected for their number.");
    limits.add(
        "A stable or simple map may be wrong: a method that ignores the network is the most stable"
            + " of all.");
    if (has("pointing-game") || has("relevance-mass") || has("relevance-rank")) {
      limits.add(
          "Masks say where a person sees the thing, not where the network looks. A network that"
              + " decides by the background is rightly explained outside of them.");
    }
    if (has("model-randomisation")) {
      limits.add(
          "Likeness with a randomised network falls fastest for noisy maps, and early layers pass on"
              + " edges for good reason (Binder et al., 2023): passing shows that a method depends on"
              + " the weights, not that it is right.");
    }
    if (e.pictures() < FEW) {
      limits.add(
          "These are only "
              + Plain.count(e.pictures(), "picture")
              + ": percentile intervals of so few are too narrow.");
    }
    return List.copyOf(limits);
  }

  private boolean has(String metric) {
    return e.metrics().stream().anyMatch(m -> m.name().equals(metric));
  }
}
