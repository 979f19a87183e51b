package dev.percept.zoo.reviews.exam;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Span;
import dev.percept.core.Target;
import dev.percept.core.Tensor;
import dev.percept.zoo.Split;
import dev.percept.zoo.reviews.Reviews;
import dev.percept.zoo.reviews.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class WordExamTest {
  private static final WordExam EXAM =
      new WordExam(20, List.of(Topic.PRICE, Topic.HAIR), Split.TUNE);

  private static List<Span> words(String text) {
    return Pattern.compile("[A-Za-z]+")
        .matcher(text)
        .results()
        .map((MatchResult m) -> new Span(m.start(), m.end()))
        .toList();
  }

  /** Knows the words of the topic; its second concept says the contrary, its third nothing. */
  private static WordMaps knowing(List<String> texts, Target target, List<Double> importance) {
    Set<String> known = Reviews.words(Topic.valueOf(target.label().toUpperCase(Locale.ROOT)));
    List<List<Span>> words = texts.stream().map(WordExamTest::words).toList();
    List<Tensor> values = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      float[] v = new float[words.get(i).size() * 3];
      for (int j = 0; j < words.get(i).size(); j++) {
        String word = words.get(i).get(j).of(texts.get(i)).toLowerCase(Locale.ROOT);
        v[3 * j] = known.contains(word) ? 1 : 0;
        v[3 * j + 1] = -v[3 * j];
      }
      values.add(Tensor.wrap(Shape.of(v.length / 3, 3), v));
    }
    return new WordMaps(
        words,
        List.of(
            new WordMaps.Source(
                "knowing", importance, List.of(new WordMaps.Way("words", values)))));
  }

  @Test
  void whoKnowsTheWordsIsMarkedSo() {
    List<WordExam.Row> right =
        EXAM.take((t, c, run) -> knowing(t, c, List.of(0.9, 0.1, 0.0)), Run.of(0));
    List<WordExam.Row> wrong =
        EXAM.take((t, c, run) -> knowing(t, c, List.of(0.1, 0.9, 0.0)), Run.of(0));
    List<WordExam.Row> blank =
        EXAM.take((t, c, run) -> knowing(t, c, List.of(0.1, 0.2, 0.9)), Run.of(0));
    double auroc = right.get(0).first().value();
    // Phrases have words such as "the" that belong to nobody, so not quite 1.
    assertTrue(auroc > 0.75 && auroc < 1, "auroc " + auroc);
    assertEquals(right.get(0).first().value(), right.get(1).first().value(), 1e-12, "the grammar");
    assertEquals(1 - auroc, wrong.get(0).first().value(), 1e-12);
    assertEquals(0.5, blank.get(0).first().value());
    for (List<WordExam.Row> rows : List.of(right, wrong, blank)) {
      assertEquals(auroc, rows.get(0).best().value(), 1e-12, "the best concept is the same");
    }
    WordExam.Mean mean = right.get(0).first();
    assertTrue(mean.low() < auroc && auroc < mean.high());
    assertTrue(right.get(0).texts() > 20 && right.get(0).texts() <= 40);
  }

  @Test
  void chanceIsOneHalf() {
    Random random = new Random(3);
    List<WordExam.Row> rows =
        new WordExam(200, List.of(Topic.SUN), Split.TUNE)
            .take(
                (texts, target, run) -> {
                  List<List<Span>> words = texts.stream().map(WordExamTest::words).toList();
                  List<Tensor> values = new ArrayList<>();
                  for (List<Span> some : words) {
                    float[] v = new float[some.size()];
                    for (int j = 0; j < v.length; j++) {
                      v[j] = random.nextFloat();
                    }
                    values.add(Tensor.wrap(Shape.of(v.length, 1), v));
                  }
                  return new WordMaps(
                      words,
                      List.of(
                          new WordMaps.Source(
                              "chance", List.of(1.0), List.of(new WordMaps.Way("words", values)))));
                },
                Run.of(0));
    // A text's mark has a standard deviation of about 0.2; four of them of a mean of some 150.
    assertEquals(0.5, rows.get(0).first().value(), 0.07);
  }

  @Test
  void areasByHand() {
    assertEquals(1, WordExam.auroc(List.of(3.0, 2.0), List.of(1.0)));
    assertEquals(0.5, WordExam.auroc(List.of(1.0), List.of(1.0, 1.0)));
    assertEquals(0.625, WordExam.auroc(List.of(3.0, 1.0), List.of(2.0, 1.0)));
  }

  @Test
  void unfitAnswersAndOptionsAreRefused() {
    assertThrows(
        IllegalArgumentException.class, () -> new WordExam(9, List.of(Topic.SUN), Split.TUNE));
    assertThrows(IllegalArgumentException.class, () -> new WordExam(10, List.of(), Split.TUNE));
    WordMaps.Way way = new WordMaps.Way("words", List.of(Tensor.of(Shape.of(1, 1), Float.NaN)));
    WordMaps.Source source = new WordMaps.Source("s", List.of(1.0), List.of(way));
    assertThrows(
        IllegalArgumentException.class,
        () -> new WordMaps(List.of(List.of(new Span(0, 1))), List.of(source)));
    assertThrows(IllegalArgumentException.class, () -> new WordMaps(List.of(), List.of(source)));
    assertThrows(IllegalArgumentException.class, () -> new WordMaps(List.of(), List.of()));
  }
}
