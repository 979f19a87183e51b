package dev.percept.app.contrast;

import dev.percept.core.Labels;
import dev.percept.core.PerceptException;
import dev.percept.core.Run;
import dev.percept.core.SplitModel;
import dev.percept.core.Target;
import dev.percept.engine.onnx.EngineOptions;
import dev.percept.engine.onnx.OnnxEngine;
import dev.percept.engine.onnx.OnnxTextModel;
import dev.percept.image.LabelFile;
import dev.percept.text.Excerpts;
import dev.percept.text.LazyTexts;
import dev.percept.text.Splitter;
import dev.percept.text.TextFile;
import dev.percept.text.TokenizerFile;
import dev.percept.text.Unit;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Texts of a file with a column of labels. */
final class TextSubjects implements Subjects {
  /** Where a model takes texts of any length: more tokens than a review has. */
  private static final int TOKENS = 256;

  private final OnnxTextModel model;
  private final TokenizerFile tokenizer;
  private final Labels labels;
  private final List<Group> groups = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  private TextSubjects(OnnxTextModel model, TokenizerFile tokenizer, Labels labels) {
    this.model = model;
    this.tokenizer = tokenizer;
    this.labels = labels;
  }

  /**
   * Where texts are and how they are read.
   *
   * @param model an ONNX file
   * @param texts the file
   * @param tokenizer file or folder of the tokenizer
   * @param labelFile names of the classes; null to number them
   * @param unit what a text is split into
   * @param most texts of a class; 0 for all
   */
  record Source(
      Path model,
      String layer,
      EngineOptions engine,
      TextFile texts,
      Path tokenizer,
      @Nullable Path labelFile,
      Unit unit,
      int most) {}

  static TextSubjects open(Source source, Run run) {
    OnnxTextModel model = OnnxEngine.openText(source.model, source.layer, source.engine);
    TokenizerFile tokenizer = null;
    try {
      tokenizer = TokenizerFile.open(source.tokenizer);
      Labels labels =
          source.labelFile == null
              ? Labels.numbered(model.outputs())
              : LabelFile.read(source.labelFile);
      labels
          .mismatch(model.outputs())
          .ifPresent(
              sentence -> {
                throw new PerceptException(sentence);
              });
      TextSubjects subjects = new TextSubjects(model, tokenizer, labels);
      subjects.read(source, run);
      return subjects;
    } catch (RuntimeException | Error e) {
      model.close();
      if (tokenizer != null) {
        tokenizer.close();
      }
      throw e;
    }
  }

  private void read(Source source, Run run) {
    Map<Integer, List<Numbered>> byClass = new TreeMap<>();
    Map<String, Integer> unknown = new TreeMap<>();
    TextFile.Summary summary =
        source.texts.read(
            row -> {
              String label = row.label();
              if (label == null) {
                return;
              }
              OptionalInt found = labels.matchFolder(label);
              if (found.isEmpty()) {
                unknown.merge(label, 1, Integer::sum);
                return;
              }
              byClass
                  .computeIfAbsent(found.getAsInt(), k -> new ArrayList<>())
                  .add(new Numbered(row.text(), row.number()));
            });
    if (!summary.labelled()) {
      throw new PerceptException(
          "'"
              + source.texts.name()
              + "' has no column of labels, which say what class a text is; name it with"
              + " --label-column");
    }
    if (!unknown.isEmpty()) {
      notes.add(
          "texts whose label names no class are left out: "
              + String.join(", ", unknown.keySet().stream().limit(5).toList())
              + (unknown.size() > 5 ? " and " + (unknown.size() - 5) + " more" : ""));
    }
    int tokens = model.maxTokens() > 0 ? model.maxTokens() : TOKENS;
    Splitter splitter = source.unit.splitter(Locale.ENGLISH, tokenizer.tokenizer());
    byClass.forEach(
        (index, all) ->
            groups.add(
                of(labels.target(index), sample(all, source.most, index, run), splitter, tokens)));
  }

  private record Numbered(String text, long number) {}

  private static List<Numbered> sample(List<Numbered> all, int most, int index, Run run) {
    if (most == 0 || most >= all.size()) {
      return all;
    }
    RandomGenerator random = run.random("contrast.texts." + index);
    List<Numbered> drawn = new ArrayList<>();
    for (int i = 0; i < all.size() && drawn.size() < most; i++) {
      // Selection sampling (Knuth, algorithm S): each subset is as likely as any other.
      if (random.nextInt(all.size() - i) < most - drawn.size()) {
        drawn.add(all.get(i));
      }
    }
    return drawn;
  }

  private Group of(Target target, List<Numbered> rows, Splitter splitter, int tokens) {
    LazyTexts texts =
        new LazyTexts(
            rows.stream().map(Numbered::text).toList(),
            i -> "row " + rows.get(i).number(),
            tokenizer.tokenizer(),
            tokens);
    return new OfTexts(target, texts, Excerpts.of(texts, splitter));
  }

  @Override
  public String modality() {
    return "texts";
  }

  @Override
  public SplitModel model() {
    return model;
  }

  @Override
  public Labels labels() {
    return labels;
  }

  @Override
  public List<Group> groups() {
    return groups;
  }

  @Override
  public List<String> notes() {
    return notes;
  }

  @Override
  public void close() {
    model.close();
    tokenizer.close();
  }

  private record OfTexts(Target target, LazyTexts examples, Excerpts units) implements Group {
    @Override
    public int exampleOf(int unit) {
      return units.places().get(unit).text();
    }

    @Override
    public String excerpt(int unit) {
      return units.excerpt(unit);
    }

    @Override
    public String fingerprint() {
      try {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        for (String text : examples.texts()) {
          digest.update((text.length() + " " + text + "\n").getBytes(StandardCharsets.UTF_8));
        }
        return HexFormat.of().formatHex(digest.digest());
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every Java has SHA-256", e);
      }
    }
  }
}
