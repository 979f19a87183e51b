package dev.percept.app;

import dev.percept.app.contrast.ClassComparer;
import dev.percept.app.contrast.ContrastRequest;
import dev.percept.app.explain.Inputs;
import dev.percept.core.Run;
import dev.percept.engine.onnx.EngineOptions;
import dev.percept.image.CropGrid;
import dev.percept.methods.contrast.Contrast;
import dev.percept.text.TextColumns;
import dev.percept.text.TextFile;
import dev.percept.text.Unit;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code percept compare-classes}. */
@Command(
    name = "compare-classes",
    description =
        "Sets two classes beside each other in the concepts of both: what tells them apart, what"
            + " they share, and which of it the model uses; with the answers of the model to all"
            + " classes that there are examples of. Pictures (-i) or texts (--texts).",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    showDefaultValues = false)
final class CompareClassesCommand implements Callable<Integer> {
  private static final String EACH = "each";

  @Mixin ModelOptions model = new ModelOptions();
  @Mixin PictureOptions pictures = new PictureOptions();
  @Mixin RunOptions runOptions = new RunOptions();

  @Option(
      names = "--texts",
      paramLabel = "FILE",
      description = "Texts with labels: CSV, TSV or JSONL; or plain text with labels in columns.")
  @Nullable Path texts;

  @Option(
      names = "--tokenizer",
      paramLabel = "FILE",
      description = "tokenizer.json, vocab.txt or a plain vocabulary, for --texts.")
  @Nullable Path tokenizer;

  @Option(names = "--text-column", paramLabel = "NAME", description = "Default: guessed.")
  @Nullable String textColumn;

  @Option(names = "--label-column", paramLabel = "NAME", description = "Default: guessed.")
  @Nullable String labelColumn;

  @Option(
      names = "--units",
      paramLabel = "UNIT",
      description = "token, word, clause, sentence or text. Default: ${DEFAULT-VALUE}.")
  Unit units = Unit.SENTENCE;

  @Option(
      names = "--max-tokens",
      paramLabel = "N",
      description = "The longest text, where the model leaves it open.")
  @Nullable Integer maxTokens;

  @Option(
      names = {"-c", "--class"},
      required = true,
      paramLabel = "CLASS|each",
      description =
          "A class: an index, a wnid or a name. Give two; or 'each' once, for the two that the"
              + " model confuses most often.")
  List<String> classes = new ArrayList<>();

  @Option(
      names = "--labels",
      paramLabel = "FILE",
      description = "Names of the classes: one a line, TSV (index, [wnid], name) or JSON.")
  @Nullable Path labels;

  @Option(
      names = "--max-examples",
      paramLabel = "N",
      description = "Take a random sample of at most N pictures or texts a class.")
  @Nullable Integer maxExamples;

  @Option(
      names = "--batch",
      paramLabel = "N",
      description = "Examples a batch; memory grows with it. Default: ${DEFAULT-VALUE}.")
  int batch = 8;

  @Option(
      names = "--concepts",
      paramLabel = "N",
      description = "How many concepts for both classes. Default: ${DEFAULT-VALUE}.")
  int concepts = 10;

  @Option(
      names = "--patch",
      paramLabel = "PIXELS",
      description = "Side of a crop. Default: 2/7 of the input's side, 64 at 224.")
  @Nullable Integer patch;

  @Option(
      names = "--crop-grid",
      paramLabel = "GRID",
      description = "even (every pixel is seen) or paper (the released CRAFT grid). Default: even.")
  CropGrid.Layout cropGrid = CropGrid.Layout.EVEN;

  @Option(
      names = "--extractor",
      paramLabel = "E",
      converter = Extractor.Converter.class,
      description = "nmf, semi-nmf, k-means or pca. Default: nmf.")
  Extractor extractor = Extractor.NMF;

  @Option(
      names = "--rectify",
      description =
          "Set activations below 0 to 0 before concepts are sought; what that costs is said.")
  boolean rectify;

  @Option(
      names = "--budget",
      paramLabel = "N",
      description = "Masked passes of sampled Sobol indices at most, a class. Default: 200000.")
  @Nullable Integer budget;

  @Option(
      names = {"-o", "--output-dir"},
      required = true,
      paramLabel = "DIR",
      description = "Where class-comparison.json and class-comparison.html are written.")
  Path out = Path.of("");

  @Option(names = "--json", description = "Print class-comparison.json instead of a table.")
  boolean json;

  @Spec CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    PrintWriter err = spec.commandLine().getErr();
    ContrastRequest request = request();
    Run run = runOptions.run().withProgress(ConsoleProgress.onStandardError(err));
    ClassComparer.Written written = ClassComparer.compare(request, run);
    written.comparison().notes().forEach(note -> err.println("percept: " + note));
    PrintWriter text = spec.commandLine().getOut();
    if (json) {
      JsonOutput.print(written.comparison(), text);
    } else {
      ClassTable.print(written.comparison(), text);
      text.println("page: " + written.page());
    }
    return ExitCode.OK;
  }

  private ContrastRequest request() {
    boolean each = classes.equals(List.of(EACH));
    if (!each && (classes.size() != 2 || classes.contains(EACH))) {
      throw invalid(
          "Invalid value for option '-c': two classes, or 'each' once, found "
              + String.join(", ", classes));
    }
    boolean ofPictures = pictures.images != null;
    if (ofPictures == (texts != null)) {
      throw invalid("give pictures (-i) or texts (--texts), one of the two");
    }
    RunOptions.atLeastOne(spec, "--batch", batch, 1);
    int r = RunOptions.atLeastOne(spec, "--concepts", concepts, 1);
    if (budget != null) {
      RunOptions.atLeastOne(spec, "--budget", budget, 1);
    }
    return new ContrastRequest(
        texts == null ? ofPictures() : ofTexts(texts),
        each ? List.of() : classes,
        extractor.of(r),
        Estimator.sobol(budget),
        Contrast.DEFAULT,
        batch,
        rectify,
        options(),
        Versions.all(),
        out);
  }

  private ContrastRequest.Source ofPictures() {
    Inputs inputs =
        new Inputs(
            model.model,
            model.layer,
            model.output,
            RunOptions.atLeastOne(spec, "--input-size", model.inputSize, 0),
            pictures.images(spec),
            EACH,
            labels,
            pictures.normalization(spec),
            pictures.resize,
            !pictures.noAntialias,
            pictures.maxPixels(spec),
            RunOptions.atLeastOne(spec, "--max-examples", maxExamples, 0),
            batch);
    return new ContrastRequest.OfPictures(
        inputs, RunOptions.atLeastOne(spec, "--patch", patch, 0), cropGrid);
  }

  private ContrastRequest.Source ofTexts(Path file) {
    if (tokenizer == null) {
      throw invalid("'--texts' needs '--tokenizer', the file that was saved with the model");
    }
    EngineOptions engine = EngineOptions.DEFAULT.withBatch(batch).withOutput(model.output);
    return new ContrastRequest.OfTexts(
        model.model,
        model.layer,
        maxTokens == null
            ? engine
            : engine.withMaxTokens(RunOptions.atLeastOne(spec, "--max-tokens", maxTokens, 1)),
        new TextFile(file, new TextColumns(textColumn, labelColumn)),
        tokenizer,
        labels,
        units,
        RunOptions.atLeastOne(spec, "--max-examples", maxExamples, 0));
  }

  private Map<String, String> options() {
    Map<String, String> options = new TreeMap<>();
    options.put("class", String.join(",", classes));
    options.put("layer", model.layer);
    options.put("concepts", Integer.toString(concepts));
    options.put("extractor", extractor.toString());
    if (texts == null) {
      options.put("patch", patch == null ? "default" : Integer.toString(patch));
      options.put("crop-grid", cropGrid.name().toLowerCase(Locale.ROOT));
      options.put("preprocess", pictures.normalization(spec).name());
    } else {
      options.put("units", units.toString());
    }
    if (rectify) {
      options.put("rectify", "");
    }
    if (maxExamples != null) {
      options.put("max-examples", Integer.toString(maxExamples));
    }
    return options;
  }

  private ParameterException invalid(String sentence) {
    return new ParameterException(spec.commandLine(), sentence);
  }
}
