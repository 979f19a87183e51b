package dev.percept.app.explain;

import dev.percept.bundle.Names;
import dev.percept.core.ConceptExtractor;
import dev.percept.core.ImportanceEstimator;
import dev.percept.core.MaskedScore;
import dev.percept.text.Unit;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What is to be explained in texts, and how.
 *
 * @param inputs the model and the texts
 * @param unit what texts are split into
 * @param language of the texts
 * @param extractor the factorisation, with its number of concepts
 * @param chooseConcepts whether that number is chosen for each class instead
 * @param importance how importance is found
 * @param ways to find words, each once
 * @param names of concepts, from an earlier page
 * @param versions for provenance
 * @param out where the bundle is written
 */
public record TextRequest(
    TextInputs inputs,
    Unit unit,
    Locale language,
    ConceptExtractor extractor,
    boolean chooseConcepts,
    ImportanceEstimator<MaskedScore> importance,
    List<WordWay> ways,
    Names names,
    Map<String, String> versions,
    Path out) {
  public TextRequest {
    ways = List.copyOf(ways);
  }

  /** What was asked for, in the words of the command line. */
  Map<String, String> options(int concepts) {
    Map<String, String> options = new LinkedHashMap<>();
    options.put("class", inputs.target());
    options.put("layer", inputs.layer());
    if (inputs.output() != null) {
      options.put("output", inputs.output());
    }
    if (inputs.maxTokens() > 0) {
      options.put("max-tokens", Integer.toString(inputs.maxTokens()));
    }
    options.put("texts", inputs.texts().name());
    options.put("tokenizer", String.valueOf(inputs.tokenizer().getFileName()));
    if (inputs.texts().columns().text() != null) {
      options.put("text-column", inputs.texts().columns().text());
    }
    if (inputs.texts().columns().label() != null) {
      options.put("label-column", inputs.texts().columns().label());
    }
    options.put("units", unit.toString());
    options.put("language", language.toLanguageTag());
    options.put("concepts", chooseConcepts ? "auto" : Integer.toString(concepts));
    options.put("extractor", extractor.name());
    if (inputs.rectify()) {
      options.put("rectify", "");
    }
    options.put("estimator", importance.name());
    options.put("words", ways.stream().map(WordWay::toString).collect(Collectors.joining(",")));
    if (inputs.maxTexts() > 0) {
      options.put("max-texts", Integer.toString(inputs.maxTexts()));
    }
    options.put("batch", Integer.toString(inputs.batch()));
    return options;
  }
}
