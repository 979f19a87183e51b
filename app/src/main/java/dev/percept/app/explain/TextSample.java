package dev.percept.app.explain;

import dev.percept.core.Labels;
import dev.percept.core.PerceptException;
import dev.percept.core.Progress;
import dev.percept.core.Run;
import dev.percept.core.SplitModel;
import dev.percept.core.Tensor;
import dev.percept.text.LazyTexts;
import dev.percept.text.Splitter;
import dev.percept.text.TextFile;
import dev.percept.text.TextRow;
import dev.percept.text.Tokenizer;
import dev.percept.text.Unit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Texts of the classes that were asked for, and how often each word stands in the whole file. The
 * file is read once from its beginning to its end; of a class, no more texts are kept than were
 * asked for.
 */
final class TextSample {
  /** So many texts wait for the model to say what class they are. */
  private static final int WAITING = 512;

  private final TextInputs inputs;
  private final SplitModel model;
  private final Tokenizer tokenizer;
  private final Labels labels;
  private final int only;
  private final Splitter words;
  private final Run run;
  private final RandomGenerator random;
  private final Map<String, Integer> known = new HashMap<>();
  private final Map<Integer, List<TextRow>> kept = new TreeMap<>();
  private final Map<Integer, Integer> seen = new HashMap<>();
  private final Map<String, Double> corpus = new HashMap<>();
  private final List<TextRow> waiting = new ArrayList<>();
  private TextFile.@Nullable Summary summary;

  private TextSample(
      TextInputs inputs,
      Locale language,
      SplitModel model,
      Tokenizer tokenizer,
      Labels labels,
      int only,
      Run run) {
    this.inputs = inputs;
    this.model = model;
    this.tokenizer = tokenizer;
    this.labels = labels;
    this.only = only;
    this.words = Unit.WORD.splitter(language, tokenizer);
    this.run = run;
    this.random = run.random("texts.sample");
  }

  /**
   * Reads the file.
   *
   * @param only the class that is asked for; -1 for each
   */
  static TextSample read(
      TextInputs inputs,
      Locale language,
      SplitModel model,
      Tokenizer tokenizer,
      Labels labels,
      int only,
      Run run) {
    TextSample sample = new TextSample(inputs, language, model, tokenizer, labels, only, run);
    try (Progress.Stage stage = run.stage("texts read", 0)) {
      sample.summary =
          inputs
              .texts()
              .read(
                  row -> {
                    run.throwIfCancelled();
                    sample.take(row);
                    stage.advance(1);
                  });
      sample.predict();
    }
    return sample;
  }

  private void take(TextRow row) {
    for (var span : words.split(row.text())) {
      corpus.merge(span.of(row.text()).toLowerCase(Locale.ROOT), 1.0, Double::sum);
    }
    String label = row.label();
    if (label != null) {
      Integer of = known.get(label);
      if (of == null) {
        of = classOf(label, row);
        known.put(label, of);
      }
      keep(of, row);
      return;
    }
    waiting.add(row);
    if (waiting.size() == WAITING) {
      predict();
    }
  }

  private int classOf(String label, TextRow row) {
    String place = "'" + inputs.texts().name() + "', row " + row.number() + ": ";
    if (label.isBlank()) {
      throw new PerceptException(place + "no label; take the row out or write a class into it");
    }
    OptionalInt found = labels.matchFolder(label);
    if (found.isPresent()) {
      return found.getAsInt();
    }
    try {
      return labels.resolve(label).index();
    } catch (PerceptException e) {
      throw new PerceptException(
          place
              + "label '"
              + label
              + "' names no class of the model ("
              + e.getMessage()
              + "); give the names of the classes with --labels",
          e);
    }
  }

  /** Without labels, what the model says. */
  private void predict() {
    if (waiting.isEmpty()) {
      return;
    }
    LazyTexts texts =
        new LazyTexts(
            waiting.stream().map(TextRow::text).toList(),
            i -> "row " + waiting.get(i).number(),
            tokenizer,
            model.inputShape().dim(1));
    int[] answers = new int[texts.size()];
    int batch = inputs.batch();
    run.parallel(
        (texts.size() + batch - 1) / batch,
        b -> {
          int from = b * batch;
          int to = Math.min(texts.size(), from + batch);
          Tensor logits = model.head(model.activations(texts.batch(from, to)).values());
          for (int i = from; i < to; i++) {
            answers[i] = first(logits, i - from);
          }
        });
    for (int i = 0; i < answers.length; i++) {
      keep(answers[i], waiting.get(i));
    }
    waiting.clear();
  }

  private static int first(Tensor logits, int row) {
    int best = 0;
    for (int c = 1; c < logits.shape().dim(1); c++) {
      if (logits.get(row, c) > logits.get(row, best)) {
        best = c;
      }
    }
    return best;
  }

  /** Each text of a class is as likely to be kept as any other, however many there are. */
  private void keep(int of, TextRow row) {
    if (only >= 0 && of != only) {
      return;
    }
    List<TextRow> rows = kept.computeIfAbsent(of, c -> new ArrayList<>());
    int count = seen.merge(of, 1, Integer::sum);
    int most = inputs.maxTexts();
    if (most == 0 || rows.size() < most) {
      rows.add(row);
      return;
    }
    int place = random.nextInt(count);
    if (place < most) {
      rows.set(place, row);
    }
  }

  /** Texts by the index of their class. */
  Map<Integer, List<TextRow>> classes() {
    return kept;
  }

  /** How often each word, in lower case, stands in the file. */
  Map<String, Double> corpus() {
    return corpus;
  }

  /** What was read. */
  TextFile.Summary summary() {
    if (summary == null) {
      throw new IllegalStateException("not read yet");
    }
    return summary;
  }
}
