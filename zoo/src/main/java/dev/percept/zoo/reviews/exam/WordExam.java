package dev.percept.zoo.reviews.exam;

import dev.percept.core.Progress;
import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Span;
import dev.percept.core.Target;
import dev.percept.core.Tensor;
import dev.percept.zoo.Split;
import dev.percept.zoo.reviews.Review;
import dev.percept.zoo.reviews.Reviews;
import dev.percept.zoo.reviews.Topic;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Do the words that carry a concept stand where the topic is spoken of? Words inside of the phrases
 * of a text's topic are set against its other words: those about another topic, and those about
 * nothing. The mark of a map of a text is the area under the ROC curve over its words, one half for
 * a map that knows nothing.
 *
 * @param texts of each topic
 * @param topics which
 * @param split of the texts
 */
public record WordExam(int texts, List<Topic> topics, Split split) {
  /** All topics. */
  public static final WordExam STANDARD = new WordExam(60, List.of(Topic.values()), Split.EXAM);

  private static final int RESAMPLES = 2000;

  public WordExam {
    topics = List.copyOf(topics);
    if (texts < 10) {
      throw new IllegalArgumentException("texts: at least 10, found " + texts);
    }
    if (topics.isEmpty()) {
      throw new IllegalArgumentException("topics: at least 1, found none");
    }
  }

  /**
   * The mark of one way.
   *
   * @param way how concepts were shown
   * @param source where they came from
   * @param first area under the curve of the most important concept of each class
   * @param best the same of the concept of each class that has the largest
   * @param texts how many texts it is the mean of: those with words of both kinds
   */
  public record Row(String way, String source, Mean first, Mean best, int texts) {}

  /**
   * A mean over texts.
   *
   * @param low lower end of its 95 % bootstrap interval over texts
   * @param high upper end
   */
  public record Mean(double value, double low, double high) {}

  /** Marks by text, of one way and source over all topics. */
  private record Sheet(String way, String source, List<Double> first, List<Double> best) {}

  /**
   * Holds it: one row a way and source, and at the end what can be reached by words alone: a map
   * that knows which words belong to the topic by the grammar. It is below 1 because phrases have
   * words that belong to nobody.
   */
  public List<Row> take(WordExplainer explainer, Run run) {
    List<Sheet> sheets = new ArrayList<>();
    Sheet known = new Sheet("words of the topic", "the grammar", new ArrayList<>(), List.of());
    try (Progress.Stage stage = run.stage("exam of words", topics.size())) {
      for (Topic topic : topics) {
        List<Review> reviews = Reviews.reviews(split, topic, 0, texts);
        WordMaps maps =
            explainer.explain(
                reviews.stream().map(Review::text).toList(),
                new Target(topic.index(), topic.label()),
                run);
        mark(reviews, topic, maps, sheets);
        known.first().addAll(marks(reviews, topic, maps.words(), known(reviews, topic, maps), 0));
        stage.advance(1);
      }
    }
    RandomGenerator random = run.random("exam.words");
    sheets.add(new Sheet(known.way(), known.source(), known.first(), known.first()));
    return sheets.stream()
        .map(
            s ->
                new Row(
                    s.way(),
                    s.source(),
                    mean(s.first(), random),
                    mean(s.best(), random),
                    s.first().size()))
        .toList();
  }

  private static void mark(List<Review> reviews, Topic topic, WordMaps maps, List<Sheet> sheets) {
    boolean empty = sheets.isEmpty();
    int at = 0;
    for (int w = 0; w < maps.sources().get(0).ways().size(); w++) {
      for (WordMaps.Source source : maps.sources()) {
        WordMaps.Way way = source.ways().get(w);
        if (empty) {
          sheets.add(new Sheet(way.name(), source.name(), new ArrayList<>(), new ArrayList<>()));
        }
        Sheet sheet = sheets.get(at++);
        List<List<Double>> marks = new ArrayList<>();
        for (int k = 0; k < source.importance().size(); k++) {
          marks.add(marks(reviews, topic, maps.words(), way.values(), k));
        }
        sheet.first().addAll(marks.get(source.first()));
        sheet.best().addAll(best(marks));
      }
    }
  }

  /** 1 for words of the topic, 0 for others: words x 1, one tensor a text. */
  private static List<Tensor> known(List<Review> reviews, Topic topic, WordMaps maps) {
    Set<String> of = Reviews.words(topic);
    List<Tensor> values = new ArrayList<>();
    for (int i = 0; i < reviews.size(); i++) {
      List<Span> words = maps.words().get(i);
      float[] known = new float[words.size()];
      for (int j = 0; j < known.length; j++) {
        String word = words.get(j).of(reviews.get(i).text()).toLowerCase(Locale.ROOT);
        known[j] = of.contains(word) ? 1 : 0;
      }
      values.add(Tensor.wrap(Shape.of(known.length, 1), known));
    }
    return values;
  }

  private static List<Double> best(List<List<Double>> marks) {
    List<Double> best = marks.get(0);
    for (List<Double> other : marks) {
      best = average(other) > average(best) ? other : best;
    }
    return best;
  }

  private static List<Double> marks(
      List<Review> reviews, Topic topic, List<List<Span>> words, List<Tensor> values, int k) {
    List<Double> marks = new ArrayList<>();
    for (int i = 0; i < reviews.size(); i++) {
      List<Double> inside = new ArrayList<>();
      List<Double> outside = new ArrayList<>();
      for (int j = 0; j < words.get(i).size(); j++) {
        Span word = words.get(i).get(j);
        boolean of = reviews.get(i).spans(topic).stream().anyMatch(word::overlaps);
        (of ? inside : outside).add((double) values.get(i).get(j, k));
      }
      if (!inside.isEmpty() && !outside.isEmpty()) {
        marks.add(auroc(inside, outside));
      }
    }
    return marks;
  }

  /** The share of pairs in which the one inside is larger; equal ones count half. */
  static double auroc(List<Double> inside, List<Double> outside) {
    double sum = 0;
    for (double in : inside) {
      for (double out : outside) {
        sum += in > out ? 1 : in == out ? 0.5 : 0;
      }
    }
    return sum / inside.size() / outside.size();
  }

  private static double average(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average().orElse(0);
  }

  private static Mean mean(List<Double> values, RandomGenerator random) {
    double[] drawn = new double[RESAMPLES];
    for (int s = 0; s < RESAMPLES; s++) {
      for (int i = 0; i < values.size(); i++) {
        drawn[s] += values.get(random.nextInt(values.size())) / values.size();
      }
    }
    Arrays.sort(drawn);
    return new Mean(
        average(values), drawn[(int) (0.025 * RESAMPLES)], drawn[(int) (0.975 * RESAMPLES) - 1]);
  }
}
