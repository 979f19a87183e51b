package dev.percept.app.exam;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Span;
import dev.percept.core.Tensor;
import dev.percept.engine.onnx.EngineOptions;
import dev.percept.engine.onnx.OnnxEngine;
import dev.percept.engine.onnx.OnnxTextModel;
import dev.percept.methods.factorization.Nmf;
import dev.percept.text.Tokenizer;
import dev.percept.zoo.Split;
import dev.percept.zoo.reviews.EmbeddedReviews;
import dev.percept.zoo.reviews.Topic;
import dev.percept.zoo.reviews.exam.PairExam;
import dev.percept.zoo.reviews.exam.PairExplainer.Verdict;
import dev.percept.zoo.reviews.exam.WordExam;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The exam of texts, made small: two topics, two pairs, one trial. */
class TextsExamTest {
  @TempDir Path folder;

  @Test
  void wordsLeftOutPointAtPhrasesAndPairsAreToldApart() {
    try (OnnxTextModel model =
            OnnxEngine.openText(
                EmbeddedReviews.copyTo(folder), EmbeddedReviews.LAYER, EngineOptions.DEFAULT);
        Tokenizer tokenizer = EmbeddedReviews.tokenizer()) {
      TextsExam.Report report =
          TextsExam.take(
              model,
              tokenizer,
              Nmf.of(6),
              new WordExam(15, List.of(Topic.PRICE, Topic.SCENT), Split.TUNE),
              new PairExam(
                  100,
                  1,
                  List.of(
                      new PairExam.Pair(Topic.PRESENTATION, Topic.DESIGN),
                      new PairExam.Pair(Topic.PRICE, Topic.INGREDIENTS)),
                  Split.TUNE),
              Run.of(0));
      assertEquals(7, report.words().size(), "two ways of three sources, and what can be known");
      WordExam.Row leftOut = report.words().get(3);
      assertEquals("words left out", leftOut.way());
      assertEquals("concepts", leftOut.source());
      // Chance is 0.5 and knowing the words some 0.8; 20 to 30 texts with a deviation of 0.25.
      assertTrue(leftOut.first().value() > 0.55, leftOut.toString());
      // One trial of 100 texts may leave open that they overlap, never call them distinct.
      assertEquals(0, report.pairs().get(0).count(Verdict.DISTINCT), report.pairs().toString());
      assertTrue(report.pairs().get(0).judgements().get(0).confused() > 0.15, "confused");
      assertEquals(1, report.pairs().get(1).count(Verdict.DISTINCT), report.pairs().toString());
      StringWriter out = new StringWriter();
      TextsExam.print(report, new PrintWriter(out, true));
      assertTrue(out.toString().contains("presentation, design"), out.toString());
    }
  }

  @Test
  void aWordLeftOutLeavesOneSpace() {
    assertEquals("a c.", TextUnits.without("a b c.", new Span(2, 3)));
    assertEquals("b", TextUnits.without("a b", new Span(0, 1)));
  }

  @Test
  void banksSideBySideGiveWhatEachGives() {
    Run run = Run.of(0);
    Tensor rows = Tensor.of(Shape.of(2, 2), 1, 2, 3, 4);
    JoinedBank both = new JoinedBank(List.of(new FeatureBank(2), new FeatureBank(2)));
    assertEquals(4, both.concepts());
    assertEquals(2, both.from(1));
    assertArrayEquals(new float[] {1, 2, 1, 2, 3, 4, 3, 4}, both.encode(rows, run).toArray());
    assertArrayEquals(new float[] {1, 0, 0, 1, 1, 0, 0, 1}, both.dictionary().atoms().toArray());
  }
}
