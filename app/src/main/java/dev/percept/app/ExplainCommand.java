package dev.percept.app;

import dev.percept.app.explain.ExplainRequest;
import dev.percept.app.explain.Explanation;
import dev.percept.app.explain.PictureExplainer;
import dev.percept.app.explain.TextExplainer;
import dev.percept.app.explain.TextRequest;
import dev.percept.app.explain.WordWay;
import dev.percept.bundle.Names;
import dev.percept.core.Progress;
import dev.percept.image.CropGrid;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** {@code percept explain}. */
@Command(
    name = "explain",
    description =
        "Explains what a model looks at when it gives a class: writes a folder with a page,"
            + " report.html, and plain files.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    showDefaultValues = false)
final class ExplainCommand implements Callable<Integer> {
  @Mixin InputOptions inputs = new InputOptions();
  @Mixin TextOptions texts = new TextOptions();
  @Mixin RunOptions runOptions = new RunOptions();

  @Option(
      names = "--concepts",
      paramLabel = "N|auto",
      converter = ConceptCount.Converter.class,
      completionCandidates = ConceptCount.Candidates.class,
      description =
          "How many concepts a class; 'auto' chooses for each class, by held-out reconstruction and"
              + " stability. Default: ${DEFAULT-VALUE}.")
  ConceptCount concepts = ConceptCount.DEFAULT;

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
      description =
          "nmf; semi-nmf for activations with negative values; k-means or pca to compare."
              + " Default: nmf.")
  Extractor extractor = Extractor.NMF;

  @Option(
      names = "--rectify",
      description =
          "Set activations below 0 to 0 before concepts are sought: what is explained is then the"
              + " model on rectified activations; what that costs is said.")
  boolean rectify;

  @Option(
      names = "--estimator",
      paramLabel = "ESTIMATOR",
      converter = Estimator.Converter.class,
      completionCandidates = Estimator.Candidates.class,
      description =
          "auto (exact where the head is affine, else sampled) or jansen (sampled in any case);"
              + " occlusion, rise or hsic instead of Sobol indices, as shares of their sum."
              + " Default: auto.")
  Estimator estimator = Estimator.AUTO;

  @Option(
      names = "--budget",
      paramLabel = "N",
      description =
          "Sampling stops before it would take more masked passes than this, even if the ranking is"
              + " not settled; the first round is always made. Default: 200000.")
  @Nullable Integer budget;

  @Mixin MapOptions maps = new MapOptions();
  @Mixin TreeOptions tree = new TreeOptions();

  @Option(
      names = "--names",
      paramLabel = "FILE",
      description = "Names of concepts, saved from an earlier page as names.json.")
  @Nullable Path names;

  @Option(
      names = {"-o", "--output-dir"},
      required = true,
      paramLabel = "DIR",
      description = "Where to write; replaced if it holds an earlier explanation.")
  Path out = Path.of("");

  @Option(names = "--json", description = "Print importance.json instead of a table.")
  boolean json;

  @Spec CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  @Override
  public Integer call() {
    PrintWriter err = spec.commandLine().getErr();
    Progress progress = ConsoleProgress.onStandardError(err);
    Explanation explanation =
        texts.asked(spec)
            ? TextExplainer.explain(textRequest(), runOptions.run(), progress)
            : PictureExplainer.explain(request(), runOptions.run(), progress);
    Outcome.print(explanation, json, spec.commandLine().getOut(), err);
    return ExitCode.OK;
  }

  private TextRequest textRequest() {
    ParseResult given = spec.commandLine().getParseResult();
    boolean sobol = texts.isCockatiel() && !given.hasMatchedOption("--estimator");
    boolean leftOut = texts.isCockatiel() && !given.hasMatchedOption("--words");
    return new TextRequest(
        texts.inputs(spec, inputs, rectify),
        texts.unit,
        texts.locale(spec),
        extractor.of(concepts.number()),
        concepts.chosen(),
        (sobol ? Estimator.JANSEN : estimator).of(masks()),
        leftOut
            ? List.of(WordWay.OCCLUSION, WordWay.CLAUSES)
            : texts.ways.stream().distinct().toList(),
        names == null ? Names.NONE : Names.read(names),
        Versions.all(),
        out);
  }

  private @Nullable Integer masks() {
    return budget == null ? null : (Integer) atLeastOne("--budget", budget, 1);
  }

  private ExplainRequest request() {
    return new ExplainRequest(
        inputs.inputs(spec).withRectify(rectify),
        atLeastOne("--patch", patch, 0),
        cropGrid,
        extractor.of(concepts.number()),
        estimator.of(masks()),
        concepts.chosen(),
        maps.request(),
        tree.request(),
        names == null ? Names.NONE : Names.read(names),
        Versions.all(),
        out);
  }

  private int atLeastOne(String option, @Nullable Integer value, int otherwise) {
    return RunOptions.atLeastOne(spec, option, value, otherwise);
  }
}
