package dev.percept.app.exam;

import dev.percept.app.explain.CropBoxes;
import dev.percept.core.ConceptBank;
import dev.percept.core.ConceptExtractor;
import dev.percept.core.Examples;
import dev.percept.core.Importance;
import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Span;
import dev.percept.core.Target;
import dev.percept.core.Tensor;
import dev.percept.core.TextModel;
import dev.percept.methods.craft.CodeScore;
import dev.percept.methods.craft.Craft;
import dev.percept.methods.importance.AutoImportance;
import dev.percept.methods.metric.RandomBank;
import dev.percept.methods.text.LeftOut;
import dev.percept.text.Encoding;
import dev.percept.text.Excerpts;
import dev.percept.zoo.reviews.exam.WordExplainer;
import dev.percept.zoo.reviews.exam.WordMaps;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * CRAFT's concepts of texts, shown word by word: by codes of tokens, and by what a code loses when
 * a word is left out. Beside them random concepts and single features, shown in the same ways.
 *
 * @param model of texts
 * @param extractor finds the concepts
 * @param units what they are found in
 */
record CraftWordExplainer(TextModel model, ConceptExtractor extractor, TextUnits units)
    implements WordExplainer {
  private static final List<String> SOURCES = List.of("concepts", "random", "single features");
  private static final int BATCH = 32;

  @Override
  public WordMaps explain(List<String> texts, Target target, Run run) {
    Examples whole = units.whole(texts);
    Excerpts pieces = units.pieces(texts);
    Craft craft = new Craft(extractor, AutoImportance.defaults(), Craft.Options.DEFAULT);
    Craft.Concepts found = craft.find(model, whole, pieces, CropBoxes.of(pieces), target, run);
    JoinedBank banks =
        new JoinedBank(
            List.of(
                found.bank(),
                RandomBank.like(found.bank(), run.random("exam.random")),
                new FeatureBank(model.features())));
    List<List<Span>> words = texts.stream().map(units::words).toList();
    Tensor activations = model.pooled(whole.batch(0, whole.size()));
    Tensor each = model.tokens(whole.batch(0, whole.size()));
    int length = each.shape().dim(1);
    // What is padding is nothing, and has no code.
    Tensor tokens = banks.encode(each.reshape(whole.size() * length, model.features()), run);
    Tensor drops = drops(texts, words, whole, banks, run);
    List<WordMaps.Source> sources = new ArrayList<>();
    for (int b = 0; b < SOURCES.size(); b++) {
      sources.add(
          new WordMaps.Source(
              SOURCES.get(b),
              importance(banks.banks().get(b), activations, target, run),
              List.of(
                  new WordMaps.Way("codes of tokens", ofTokens(texts, words, tokens, banks, b)),
                  new WordMaps.Way("words left out", ofDrops(words, drops, banks, b)))));
    }
    return new WordMaps(words, sources);
  }

  private List<Double> importance(ConceptBank bank, Tensor activations, Target target, Run run) {
    Tensor codes = bank.encode(activations, run);
    List<CodeScore> scores =
        IntStream.range(0, codes.rows())
            .mapToObj(
                i ->
                    new CodeScore(
                        model,
                        bank.dictionary(),
                        codes.row(i).reshape(1, bank.concepts()),
                        target.index()))
            .toList();
    return AutoImportance.defaults().estimate(scores, run).concepts().stream()
        .map(Importance.OfConcept::total)
        .toList();
  }

  private Tensor drops(
      List<String> texts, List<List<Span>> words, Examples whole, ConceptBank bank, Run run) {
    List<String> variants = new ArrayList<>();
    List<Integer> of = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      for (Span word : words.get(i)) {
        variants.add(TextUnits.without(texts.get(i), word));
        of.add(i);
      }
    }
    return LeftOut.drops(
        model,
        bank,
        whole,
        units.whole(variants),
        of.stream().mapToInt(Integer::intValue).toArray(),
        BATCH,
        run);
  }

  private static List<Tensor> ofDrops(
      List<List<Span>> words, Tensor drops, JoinedBank banks, int bank) {
    int r = banks.banks().get(bank).concepts();
    List<Tensor> all = new ArrayList<>();
    int row = 0;
    for (List<Span> some : words) {
      float[] values = new float[some.size() * r];
      for (int j = 0; j < some.size(); j++) {
        drops.copyTo(row++ * banks.concepts() + banks.from(bank), values, j * r, r);
      }
      all.add(Tensor.wrap(Shape.of(some.size(), r), values));
    }
    return all;
  }

  /** The mean over the tokens of a word. */
  private List<Tensor> ofTokens(
      List<String> texts, List<List<Span>> words, Tensor tokens, JoinedBank banks, int bank) {
    int r = banks.banks().get(bank).concepts();
    int length = tokens.rows() / texts.size();
    List<Tensor> all = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      Encoding encoding = units.tokenizer().encode(texts.get(i), units.maxTokens());
      float[] values = new float[words.get(i).size() * r];
      for (int j = 0; j < words.get(i).size(); j++) {
        Span word = words.get(i).get(j);
        int[] of =
            IntStream.range(0, encoding.size())
                .filter(t -> encoding.spans().get(t).overlaps(word))
                .toArray();
        for (int t : of) {
          for (int k = 0; k < r; k++) {
            int at = (i * length + t) * banks.concepts() + banks.from(bank) + k;
            values[j * r + k] += tokens.get(at) / of.length;
          }
        }
      }
      all.add(Tensor.wrap(Shape.of(words.get(i).size(), r), values));
    }
    return all;
  }
}
