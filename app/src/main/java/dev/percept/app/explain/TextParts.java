package dev.percept.app.explain;

import dev.percept.bundle.Bundle;
import dev.percept.bundle.ClassTexts;
import dev.percept.core.Shape;
import dev.percept.core.Span;
import dev.percept.core.Tensor;
import dev.percept.core.TextModel;
import dev.percept.methods.craft.CraftResult;
import dev.percept.methods.craft.ShownPicture;
import dev.percept.methods.map.ConceptCrops;
import dev.percept.text.Encoding;
import dev.percept.text.LazyTexts;
import dev.percept.text.Splitter;
import dev.percept.text.TextRow;
import dev.percept.text.Tokenizer;
import dev.percept.text.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a bundle says of the words of a class. */
final class TextParts {
  private final TextRequest request;
  private final TextModel model;
  private final Tokenizer tokenizer;
  private final WordValues values;
  private final Splitter words;
  private final Splitter sentences;

  TextParts(TextRequest request, TextModel model, Tokenizer tokenizer, WordValues values) {
    this.request = request;
    this.model = model;
    this.tokenizer = tokenizer;
    this.values = values;
    this.words = Unit.WORD.splitter(request.language(), tokenizer);
    this.sentences = Unit.SENTENCE.splitter(request.language(), tokenizer);
  }

  /**
   * Words of all excerpts and shown texts, and lists of words.
   *
   * @param corpus how often each word stands in the whole file
   * @param tensors receives one a way
   */
  ClassTexts of(
      CraftResult result,
      TextUnits units,
      Map<String, Double> corpus,
      Map<String, Tensor> tensors) {
    String key = BundleParts.key(result);
    List<String> files = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    collect(result, units, key, files, texts);
    List<List<Span>> spans = values.words(texts);
    double[] scale = WordLists.scale(result.cropCodes());
    List<ClassTexts.Method> methods = new ArrayList<>();
    for (WordWay way : request.ways()) {
      float[][] found = values.of(way, result.bank(), texts, spans);
      tensors.put(key + "/" + way, tensor(found, scale));
      methods.add(new ClassTexts.Method(way.toString(), way.about(), way.signed()));
    }
    List<ClassTexts.Passage> passages = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      boolean shown = files.get(i).startsWith("texts/");
      passages.add(
          new ClassTexts.Passage(
              files.get(i),
              spans.get(i).stream().map(TextParts::piece).toList(),
              read(texts.get(i)),
              shown ? without(texts.get(i), result.target().index()) : List.of()));
    }
    int truncated = 0;
    for (TextRow row : units.rows()) {
      truncated += tokenizer.encode(row.text(), model.maxTokens()).truncated() ? 1 : 0;
    }
    return new ClassTexts(
        request.unit().toString(),
        truncated,
        model.maxTokens(),
        passages,
        methods,
        new WordLists(result, units, values, words).of(request.ways(), scale, corpus));
  }

  /** Files as the class's parts name them: excerpts by concept, then shown texts. */
  private static void collect(
      CraftResult result, TextUnits units, String key, List<String> files, List<String> texts) {
    for (int k = 0; k < result.crops().size(); k++) {
      ConceptCrops crops = result.crops().get(k);
      for (ConceptCrops.Level level : crops.levels()) {
        add(key, k, ClassParts.group(level), level.crops(), units, files, texts);
      }
      add(key, k, ClassParts.COUNTER, crops.counterExamples(), units, files, texts);
    }
    for (ShownPicture shown : result.shown()) {
      files.add("texts/" + key + "/" + shown.picture() + ".txt");
      texts.add(units.rows().get(shown.picture()).text());
    }
  }

  private static void add(
      String key,
      int k,
      String group,
      List<Integer> parts,
      TextUnits units,
      List<String> files,
      List<String> texts) {
    for (int i = 0; i < parts.size(); i++) {
      files.add(ClassParts.excerpt(key, k, group, i + 1) + ".txt");
      texts.add(units.units().excerpt(parts.get(i)));
    }
  }

  /** How many code units of a text reach the model. */
  private int read(String text) {
    Encoding encoding = tokenizer.encode(text, model.maxTokens());
    if (!encoding.truncated()) {
      return text.length();
    }
    return encoding.spans().stream().mapToInt(Span::end).max().orElse(0);
  }

  /** What the model says without each sentence, where there is more than one. */
  private List<ClassTexts.Without> without(String text, int target) {
    List<Span> parts = sentences.split(text);
    if (parts.size() < 2) {
      return List.of();
    }
    List<String> variants = parts.stream().map(span -> WordValues.without(text, span)).toList();
    LazyTexts lazy = new LazyTexts(variants, i -> "variant", tokenizer, model.maxTokens());
    List<ClassTexts.Without> answers = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      Tensor logits = model.head(model.activations(lazy.batch(i, i + 1)).values());
      answers.add(
          new ClassTexts.Without(
              piece(parts.get(i)), logits.get(target), probability(logits, target)));
    }
    return answers;
  }

  private static double probability(Tensor logits, int target) {
    double sum = 0;
    for (int c = 0; c < logits.shape().size(); c++) {
      sum += Math.exp((double) logits.get(c) - logits.get(target));
    }
    return 1 / sum;
  }

  private static ClassTexts.Piece piece(Span span) {
    return new ClassTexts.Piece(span.start(), span.end());
  }

  private static Tensor tensor(float[][] values, double[] scale) {
    float[] all = new float[values.length * scale.length];
    for (int w = 0; w < values.length; w++) {
      for (int k = 0; k < scale.length; k++) {
        all[w * scale.length + k] = (float) (values[w][k] / scale[k]);
      }
    }
    return Tensor.wrap(Shape.of(values.length, scale.length), all);
  }

  /** How the units of a bundle are called. */
  static Bundle.Crops crops(TextRequest request, int perText) {
    return new Bundle.Crops(0, request.unit().toString(), perText);
  }
}
