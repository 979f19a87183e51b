package dev.percept.app.exam;

import dev.percept.app.Format;
import dev.percept.app.TextTable;
import dev.percept.core.ConceptExtractor;
import dev.percept.core.Run;
import dev.percept.core.TextModel;
import dev.percept.text.Tokenizer;
import dev.percept.text.Unit;
import dev.percept.zoo.reviews.exam.PairExam;
import dev.percept.zoo.reviews.exam.PairExplainer;
import dev.percept.zoo.reviews.exam.WordExam;
import java.io.PrintWriter;
import java.util.List;

/** Whether words point at what a text is about, and whether classes that overlap are told so. */
public final class TextsExam {
  private TextsExam() {}

  /** Both results. */
  public record Report(List<WordExam.Row> words, List<PairExam.Report> pairs) {
    public Report {
      words = List.copyOf(words);
      pairs = List.copyOf(pairs);
    }
  }

  /**
   * Takes both.
   *
   * @param model of reviews
   * @param tokenizer its tokenizer
   * @param extractor finds the concepts
   */
  public static Report take(
      TextModel model,
      Tokenizer tokenizer,
      ConceptExtractor extractor,
      WordExam words,
      PairExam pairs,
      Run run) {
    TextUnits units = new TextUnits(tokenizer, model.maxTokens(), Unit.CLAUSE);
    return new Report(
        words.take(new CraftWordExplainer(model, extractor, units), run),
        pairs.take(new CraftPairExplainer(model, extractor, units), run));
  }

  /** Prints tables. */
  public static void print(Report report, PrintWriter out) {
    out.println(
        "Where: do words that carry a concept stand in the phrase that makes the topic? AUROC over"
            + " the words of a text, mean of texts; 0.50 knows nothing");
    TextTable words =
        new TextTable(
            "words by",
            "of",
            ">most important",
            ">95 % interval",
            ">best of all",
            ">95 % interval",
            ">texts");
    for (WordExam.Row row : report.words()) {
      words.row(
          row.way(),
          row.source(),
          Format.two(row.first().value()),
          interval(row.first()),
          Format.two(row.best().value()),
          interval(row.best()),
          Integer.toString(row.texts()));
    }
    words.print(out);
    out.println();
    out.println("Two classes: are those that share their words called overlapping?");
    TextTable pairs =
        new TextTable(
            "classes",
            ">words shared",
            ">confused",
            ">overlapping",
            ">distinct",
            ">undecided",
            ">importance shared",
            ">telling apart");
    for (PairExam.Report pair : report.pairs()) {
      pairs.row(
          pair.pair().a().label() + ", " + pair.pair().b().label(),
          Format.two(pair.wordsShared()),
          Format.two(pair.mean(PairExplainer.Judgement::confused)),
          Long.toString(pair.count(PairExplainer.Verdict.OVERLAPPING)),
          Long.toString(pair.count(PairExplainer.Verdict.DISTINCT)),
          Long.toString(pair.count(PairExplainer.Verdict.UNDECIDED)),
          Format.two(pair.mean(PairExplainer.Judgement::shared)),
          Format.two(pair.mean(PairExplainer.Judgement::discriminating)));
    }
    pairs.print(out);
  }

  private static String interval(WordExam.Mean mean) {
    return Format.two(mean.low()) + " to " + Format.two(mean.high());
  }
}
