package dev.percept.app.explain;

import dev.percept.core.ConceptBank;
import dev.percept.core.DifferentiableConceptBank;
import dev.percept.core.DifferentiableTextModel;
import dev.percept.core.Run;
import dev.percept.core.Span;
import dev.percept.core.Tensor;
import dev.percept.core.TextModel;
import dev.percept.methods.text.LeftOut;
import dev.percept.methods.text.TokenCodes;
import dev.percept.text.Encoding;
import dev.percept.text.LazyTexts;
import dev.percept.text.Splitter;
import dev.percept.text.Tokenizer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Values of words for concepts, by one way or another. */
final class WordValues {
  private final TextModel model;
  private final @Nullable DifferentiableTextModel white;
  private final Tokenizer tokenizer;
  private final Splitter words;
  private final Splitter clauses;
  private final int batch;
  private final Run run;

  WordValues(
      TextModel model,
      @Nullable DifferentiableTextModel white,
      Tokenizer tokenizer,
      Splitter words,
      Splitter clauses,
      int batch,
      Run run) {
    this.model = model;
    this.white = white;
    this.tokenizer = tokenizer;
    this.words = words;
    this.clauses = clauses;
    this.batch = batch;
    this.run = run;
  }

  /** Where the words of each text stand. */
  List<List<Span>> words(List<String> texts) {
    return texts.stream().map(words::split).toList();
  }

  /**
   * Values of all words of all texts, one row a word, in code units of the bank.
   *
   * @param spans of the words of each text
   */
  float[][] of(WordWay way, ConceptBank bank, List<String> texts, List<List<Span>> spans) {
    return switch (way) {
      case DIRECTION -> byTokens(bank, texts, spans, false);
      case GRADIENT -> byTokens(bank, texts, spans, true);
      case OCCLUSION -> leftOut(bank, texts, spans, spans);
      case CLAUSES -> leftOut(bank, texts, spans, texts.stream().map(clauses::split).toList());
    };
  }

  /** Tokens of a word: their mean where each speaks for itself, their sum where they share. */
  private float[][] byTokens(
      ConceptBank bank, List<String> texts, List<List<Span>> spans, boolean gradient) {
    int r = bank.concepts();
    LazyTexts lazy = lazy(texts);
    int[] first = offsets(spans);
    float[][] values = new float[first[texts.size()]][r];
    Run single = run.withThreads(1);
    run.parallel(
        (texts.size() + batch - 1) / batch,
        b -> {
          int from = b * batch;
          int to = Math.min(texts.size(), from + batch);
          Tensor inputs = lazy.batch(from, to);
          Tensor tokens =
              gradient
                  ? TokenCodes.gradients(differentiable(), codes(bank), inputs, single)
                  : TokenCodes.directions(model, bank, inputs, single);
          int length = tokens.shape().dim(1);
          for (int i = from; i < to; i++) {
            Encoding encoding = lazy.encoding(i);
            for (int w = 0; w < spans.get(i).size(); w++) {
              Span word = spans.get(i).get(w);
              int count = 0;
              float[] row = values[first[i] + w];
              for (int t = 0; t < encoding.size(); t++) {
                if (encoding.spans().get(t).overlaps(word)) {
                  count++;
                  for (int k = 0; k < r; k++) {
                    row[k] += tokens.get(((i - from) * length + t) * r + k);
                  }
                }
              }
              for (int k = 0; k < r && !gradient && count > 0; k++) {
                row[k] /= count;
              }
            }
          }
        });
    return values;
  }

  private DifferentiableTextModel differentiable() {
    if (white == null) {
      throw new IllegalStateException("opened before, where gradients are asked for");
    }
    return white;
  }

  private static DifferentiableConceptBank codes(ConceptBank bank) {
    if (bank instanceof DifferentiableConceptBank differentiable) {
      return differentiable;
    }
    throw new IllegalStateException("refused before, where codes have no gradient");
  }

  /** Each word gets what the code loses without the piece that it stands in. */
  private float[][] leftOut(
      ConceptBank bank, List<String> texts, List<List<Span>> spans, List<List<Span>> pieces) {
    int r = bank.concepts();
    int[] first = offsets(spans);
    float[][] values = new float[first[texts.size()]][r];
    List<String> variants = new ArrayList<>();
    List<Integer> of = new ArrayList<>();
    List<List<Integer>> rows = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      for (Span piece : pieces.get(i)) {
        List<Integer> inside = new ArrayList<>();
        for (int w = 0; w < spans.get(i).size(); w++) {
          if (spans.get(i).get(w).overlaps(piece)) {
            inside.add(first[i] + w);
          }
        }
        variants.add(without(texts.get(i), piece));
        of.add(i);
        rows.add(inside);
      }
    }
    if (variants.isEmpty()) {
      return values;
    }
    // Nothing at all has no concept: all of the code is lost with it.
    boolean[] bare = new boolean[variants.size()];
    for (int v = 0; v < bare.length; v++) {
      bare[v] = LazyTexts.tokens(variants.get(v), tokenizer) == 0;
      if (bare[v]) {
        variants.set(v, texts.get(of.get(v)));
      }
    }
    int[] owners = of.stream().mapToInt(Integer::intValue).toArray();
    LazyTexts whole = lazy(texts);
    Tensor drops = LeftOut.drops(model, bank, whole, lazy(variants), owners, batch, run);
    for (int v = 0; v < bare.length; v++) {
      float[] lost = new float[r];
      if (bare[v]) {
        bank.encode(model.pooled(whole.batch(of.get(v), of.get(v) + 1)), run).copyTo(0, lost, 0, r);
      } else {
        drops.copyTo(v * r, lost, 0, r);
      }
      for (int row : rows.get(v)) {
        values[row] = lost;
      }
    }
    return values;
  }

  /** A text without a piece, and without the white space that would stand there twice. */
  static String without(String text, Span piece) {
    int end = piece.end();
    boolean spaceBefore = piece.start() == 0 || text.charAt(piece.start() - 1) == ' ';
    if (spaceBefore && end < text.length() && text.charAt(end) == ' ') {
      end++;
    }
    return text.substring(0, piece.start()) + text.substring(end);
  }

  private LazyTexts lazy(List<String> texts) {
    return new LazyTexts(texts, i -> "excerpt " + i, tokenizer, model.maxTokens());
  }

  /** The first word of each text among all words, and behind the last their number. */
  static int[] offsets(List<List<Span>> spans) {
    int[] first = new int[spans.size() + 1];
    for (int i = 0; i < spans.size(); i++) {
      first[i + 1] = first[i] + spans.get(i).size();
    }
    return first;
  }
}
