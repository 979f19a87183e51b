package dev.percept.zoo.reviews.exam;

import dev.percept.core.Progress;
import dev.percept.core.Run;
import dev.percept.core.Target;
import dev.percept.zoo.Split;
import dev.percept.zoo.reviews.Review;
import dev.percept.zoo.reviews.Reviews;
import dev.percept.zoo.reviews.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Is a pair of classes that shares its words called overlapping, and one that shares none distinct?
 * Each trial takes fresh texts, labelled as they are, mistakes and all, and a fresh start; the
 * network stays.
 *
 * @param texts of each class in each trial
 * @param trials how many
 * @param pairs which
 * @param split of the texts
 */
public record PairExam(int texts, int trials, List<Pair> pairs, Split split) {
  /** Trials start here, so that they share no text with the exam of words. */
  private static final int FROM = 100_000;

  /**
   * Two classes.
   *
   * @param a the first
   * @param b the second
   */
  public record Pair(Topic a, Topic b) {}

  /** The paper's two pairs, and two that lie between. */
  public static final PairExam STANDARD =
      new PairExam(
          150,
          10,
          List.of(
              new Pair(Topic.PRESENTATION, Topic.DESIGN),
              new Pair(Topic.SKIN, Topic.MOISTURE),
              new Pair(Topic.TEXTURE, Topic.APPLICATION),
              new Pair(Topic.PRICE, Topic.INGREDIENTS)),
          Split.EXAM);

  public PairExam {
    pairs = List.copyOf(pairs);
    if (texts < 10) {
      throw new IllegalArgumentException("texts: at least 10, found " + texts);
    }
    if (trials < 1 || pairs.isEmpty()) {
      throw new IllegalArgumentException(
          "trials and pairs: at least 1, found " + trials + " and " + pairs.size());
    }
  }

  /**
   * What was said of one pair.
   *
   * @param pair the classes
   * @param wordsShared share of their words that both have, by the grammar
   * @param judgements one entry a trial
   */
  public record Report(Pair pair, double wordsShared, List<PairExplainer.Judgement> judgements) {
    public Report {
      judgements = List.copyOf(judgements);
    }

    /** How often a verdict was given. */
    public long count(PairExplainer.Verdict verdict) {
      return judgements.stream().filter(j -> j.verdict() == verdict).count();
    }

    /** The mean over trials. */
    public double mean(ToDoubleFunction<PairExplainer.Judgement> value) {
      return judgements.stream().mapToDouble(value).average().orElse(0);
    }
  }

  /** Holds it. */
  public List<Report> take(PairExplainer explainer, Run run) {
    List<Report> reports = new ArrayList<>();
    try (Progress.Stage stage = run.stage("exam of pairs", (long) pairs.size() * trials)) {
      for (Pair pair : pairs) {
        List<PairExplainer.Judgement> judgements = new ArrayList<>();
        for (int t = 0; t < trials; t++) {
          judgements.add(
              explainer.compare(
                  labelled(pair.a(), t),
                  target(pair.a()),
                  labelled(pair.b(), t),
                  target(pair.b()),
                  run.withSeed(run.seed() + t)));
          stage.advance(1);
        }
        reports.add(new Report(pair, Reviews.overlap(pair.a(), pair.b()), judgements));
      }
    }
    return reports;
  }

  private List<String> labelled(Topic topic, int trial) {
    List<String> found = new ArrayList<>();
    // A topic's turn comes every so many texts; twice as many always hold enough of a label.
    int from = FROM + trial * 2 * texts * Topic.values().length;
    for (int i = from; found.size() < texts; i++) {
      Review review = Reviews.review(split, i);
      if (review.label() == topic) {
        found.add(review.text());
      }
    }
    return found;
  }

  private static Target target(Topic topic) {
    return new Target(topic.index(), topic.label());
  }
}
