package dev.percept.app;

import dev.percept.app.explain.TextInputs;
import dev.percept.app.explain.WordWay;
import dev.percept.text.TextColumns;
import dev.percept.text.TextFile;
import dev.percept.text.Unit;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.IllformedLocaleException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Options that name texts and say how they become model inputs. */
final class TextOptions {
  /** Options of pictures that mean nothing for texts. */
  private static final List<String> OF_PICTURES =
      List.of(
          "--images",
          "--preprocess",
          "--mean",
          "--std",
          "--scale",
          "--bgr",
          "--resize",
          "--no-antialias",
          "--max-pixels",
          "--max-images",
          "--input-size",
          "--patch",
          "--crop-grid",
          "--maps",
          "--map-pictures",
          "--recursive",
          "--layers",
          "--sub-concepts",
          "--agreement");

  private static final List<String> OF_TEXTS =
      List.of(
          "--tokenizer",
          "--text-column",
          "--label-column",
          "--units",
          "--language",
          "--words",
          "--max-texts",
          "--max-tokens",
          "--preset");

  @Option(
      names = "--texts",
      paramLabel = "FILE",
      description =
          "Texts instead of pictures: CSV or TSV with a line of names, JSONL, or TXT with a text a"
              + " line.")
  @Nullable Path texts;

  @Option(
      names = "--tokenizer",
      paramLabel = "FILE",
      description =
          "What makes tokens of texts: tokenizer.json, a WordPiece vocab.txt or a list of words, as"
              + " saved with the model.")
  @Nullable Path tokenizer;

  @Option(
      names = "--text-column",
      paramLabel = "NAME",
      description =
          "The column of texts, by name, or by number where the file has no line of names. Default:"
              + " guessed, if one alone has a usual name.")
  @Nullable String textColumn;

  @Option(
      names = "--label-column",
      paramLabel = "NAME",
      description =
          "The column of labels; without one, the texts of a class are those that the model takes"
              + " for it.")
  @Nullable String labelColumn;

  @Option(
      names = "--units",
      paramLabel = "UNIT",
      converter = UnitConverter.class,
      description =
          "What concepts are looked for in: token, word, clause, sentence or text. Default:"
              + " sentence.")
  Unit unit = Unit.SENTENCE;

  @Option(
      names = "--language",
      paramLabel = "TAG",
      description =
          "Language of the texts, for sentences and clauses; conjunctions and abbreviations are"
              + " known for English alone. Default: ${DEFAULT-VALUE}.")
  String language = "en";

  @Option(
      names = "--words",
      split = ",",
      paramLabel = "WAY",
      converter = WayConverter.class,
      description =
          "How the words of a concept are found: direction, occlusion, clauses, gradient (needs"
              + " libtorch). Default: occlusion,clauses,direction.")
  List<WordWay> ways =
      new ArrayList<>(List.of(WordWay.OCCLUSION, WordWay.CLAUSES, WordWay.DIRECTION));

  @Option(
      names = "--max-texts",
      paramLabel = "N",
      description = "Take a random sample of at most N texts a class.")
  @Nullable Integer maxTexts;

  @Option(
      names = "--max-tokens",
      paramLabel = "N",
      description = "The longest text that goes in, where the model leaves that open.")
  @Nullable Integer maxTokens;

  @Option(
      names = "--preset",
      paramLabel = "NAME",
      description =
          "cockatiel: as the method of that name (Jourdan et al. 2023): sentences, NMF, sampled"
              + " Sobol importance, words and clauses left out.")
  @Nullable String preset;

  @Spec(Spec.Target.MIXEE)
  CommandSpec spec = CommandSpec.create();

  /** Whether texts are explained. Refuses options of the other kind. */
  boolean asked(CommandSpec command) {
    List<String> foreign = texts == null ? OF_TEXTS : OF_PICTURES;
    for (String option : foreign) {
      if (command.commandLine().getParseResult().hasMatchedOption(option)) {
        throw new ParameterException(
            command.commandLine(),
            "Option '"
                + option
                + (texts == null ? "' is for texts; it needs --texts" : "' is for pictures")
                + (texts == null ? "" : ", not for --texts"));
      }
    }
    if (preset != null && !preset.equals("cockatiel")) {
      throw new ParameterException(
          command.commandLine(),
          "Invalid value for option '--preset': expected cockatiel, found '" + preset + "'");
    }
    return texts != null;
  }

  /**
   * The inputs of a model of texts.
   *
   * @param rectify whether concepts are sought in max(0, a)
   */
  TextInputs inputs(CommandSpec command, InputOptions others, boolean rectify) {
    if (texts == null || tokenizer == null) {
      throw new ParameterException(
          command.commandLine(), "Missing required option: '--tokenizer=FILE'");
    }
    return new TextInputs(
        others.model.model,
        others.model.layer,
        others.model.output,
        RunOptions.atLeastOne(spec, "--max-tokens", maxTokens, 0),
        new TextFile(texts, new TextColumns(textColumn, labelColumn)),
        tokenizer,
        others.target,
        others.labels,
        RunOptions.atLeastOne(spec, "--max-texts", maxTexts, 0),
        RunOptions.atLeastOne(spec, "--batch", others.batch, 1),
        rectify);
  }

  /** Whether defaults are those of COCKATIEL. */
  boolean isCockatiel() {
    return preset != null;
  }

  /** The language of the texts. */
  Locale locale(CommandSpec command) {
    try {
      return new Locale.Builder().setLanguageTag(language).build();
    } catch (IllformedLocaleException e) {
      throw new ParameterException(
          command.commandLine(),
          "Invalid value for option '--language': expected a tag such as en or pt-BR, found '"
              + language
              + "'");
    }
  }

  static final class UnitConverter implements ITypeConverter<Unit> {
    @Override
    public Unit convert(String value) {
      return Choice.of(Unit.values(), value);
    }
  }

  static final class WayConverter implements ITypeConverter<WordWay> {
    @Override
    public WordWay convert(String value) {
      return Choice.of(WordWay.values(), value.strip());
    }
  }
}
