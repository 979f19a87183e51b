package dev.percept.app.explain;

import dev.percept.core.Labels;
import dev.percept.core.PerceptException;
import dev.percept.core.Run;
import dev.percept.core.Target;
import dev.percept.engine.onnx.OnnxEngine;
import dev.percept.engine.onnx.OnnxTextModel;
import dev.percept.text.LazyTexts;
import dev.percept.text.TextRow;
import dev.percept.text.TokenizerFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A model in ONNX Runtime with the texts of the classes that were asked for. */
public final class OpenedTexts implements AutoCloseable {
  private final OnnxTextModel model;
  private final TokenizerFile tokenizer;
  private final Labels labels;
  private final List<OfClass> classes;
  private final Map<String, Double> corpus;
  private final List<String> notes;

  /**
   * A class with its texts, from the shortest to the longest.
   *
   * @param rows where each stood in the file
   * @param texts as the model takes them
   */
  public record OfClass(Target target, List<TextRow> rows, LazyTexts texts) {}

  private OpenedTexts(
      OnnxTextModel model,
      TokenizerFile tokenizer,
      Labels labels,
      List<OfClass> classes,
      Map<String, Double> corpus,
      List<String> notes) {
    this.model = model;
    this.tokenizer = tokenizer;
    this.labels = labels;
    this.classes = List.copyOf(classes);
    this.corpus = corpus;
    this.notes = List.copyOf(notes);
  }

  /**
   * Opens the model and reads the texts.
   *
   * @param language of the texts
   * @throws PerceptException if something named is missing or unfit
   */
  public static OpenedTexts open(TextInputs inputs, Locale language, Run run) {
    OnnxTextModel model = OnnxEngine.openText(inputs.model(), inputs.layer(), inputs.engine());
    TokenizerFile tokenizer = null;
    try {
      Labels labels =
          Opened.labels(inputs.labels(), model.outputs(), model.cuts().model().metadata());
      boolean each = inputs.target().equals(ClassSource.EACH);
      int only = each ? -1 : labels.resolve(inputs.target()).index();
      tokenizer = TokenizerFile.open(inputs.tokenizer());
      TextSample sample =
          TextSample.read(inputs, language, model, tokenizer.tokenizer(), labels, only, run);
      List<String> notes = new ArrayList<>();
      notes(inputs, sample, notes);
      List<OfClass> classes = new ArrayList<>();
      for (Map.Entry<Integer, List<TextRow>> entry : sample.classes().entrySet()) {
        if (entry.getValue().size() < 2) {
          continue;
        }
        classes.add(
            sorted(labels.target(entry.getKey()), entry.getValue(), tokenizer, model.maxTokens()));
      }
      if (classes.isEmpty()) {
        throw none(inputs, labels, only, sample);
      }
      return new OpenedTexts(model, tokenizer, labels, classes, sample.corpus(), notes);
    } catch (RuntimeException | Error e) {
      model.close();
      if (tokenizer != null) {
        tokenizer.close();
      }
      throw e;
    }
  }

  private static PerceptException none(
      TextInputs inputs, Labels labels, int only, TextSample sample) {
    String how =
        sample.summary().labelled()
            ? " of '" + inputs.texts().name() + "' labelled so"
            : " of '" + inputs.texts().name() + "' that the model takes for it";
    if (only < 0) {
      return new PerceptException(
          "no class has two texts or more" + how + "; give more texts of a class");
    }
    int found = sample.classes().getOrDefault(only, List.of()).size();
    return new PerceptException(
        "class '"
            + labels.name(only)
            + "' has "
            + (found == 0 ? "no text" : "one text only")
            + how
            + "; give more texts of it, or another class with -c");
  }

  private static void notes(TextInputs inputs, TextSample sample, List<String> notes) {
    if (!sample.summary().labelled()) {
      notes.add(
          "no column of labels in '"
              + inputs.texts().name()
              + "': the texts of a class are those that the model takes for it");
    }
    if (sample.summary().empty() > 0) {
      notes.add(sample.summary().empty() + " empty texts are left out");
    }
  }

  private static OfClass sorted(
      Target target, List<TextRow> rows, TokenizerFile tokenizer, int maxTokens) {
    List<String> texts = rows.stream().map(TextRow::text).toList();
    List<TextRow> sorted =
        LazyTexts.byLength(texts, tokenizer.tokenizer()).stream().map(rows::get).toList();
    return new OfClass(
        target,
        sorted,
        new LazyTexts(
            sorted.stream().map(TextRow::text).toList(),
            i -> "row " + sorted.get(i).number(),
            tokenizer.tokenizer(),
            maxTokens));
  }

  /** The model, cut where it was asked to be. */
  public OnnxTextModel model() {
    return model;
  }

  /** The tokenizer. */
  public TokenizerFile tokenizer() {
    return tokenizer;
  }

  /** Names of the model's classes. */
  public Labels labels() {
    return labels;
  }

  /** The classes that were asked for, with their texts. */
  public List<OfClass> classes() {
    return classes;
  }

  /** How often each word, in lower case, stands in the whole file. */
  public Map<String, Double> corpus() {
    return corpus;
  }

  /** What the user should know about the choice of texts. */
  public List<String> notes() {
    return notes;
  }

  @Override
  public void close() {
    model.close();
    tokenizer.close();
  }
}
