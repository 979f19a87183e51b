package dev.percept.app;

import dev.percept.app.explain.Inputs;
import dev.percept.app.sweep.SweepRequest;
import dev.percept.app.sweep.Sweeper;
import dev.percept.core.Run;
import dev.percept.image.CropGrid;
import dev.percept.image.Normalization;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code percept sweep}. */
@Command(
    name = "sweep",
    description =
        "Explains one class again and again, with crops of other sizes, other numbers of concepts,"
            + " layers or pictures, and shows what becomes better and what becomes worse, beside"
            + " chance. What was measured is kept: the same command goes on where it was stopped.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    showDefaultValues = false)
final class SweepCommand implements Callable<Integer> {
  @Mixin InputOptions inputs = new InputOptions();
  @Mixin RunOptions runOptions = new RunOptions();

  @Option(
      names = "--patch",
      split = ",",
      paramLabel = "PIXELS",
      description = "Sides of crops, in pixels of the input. Default: 2/7 of the input's side.")
  List<Integer> patches = new ArrayList<>();

  @Option(
      names = "--concepts",
      split = ",",
      paramLabel = "N",
      description = "Numbers of concepts. Default: 10.")
  List<Integer> concepts = new ArrayList<>();

  @Option(
      names = "--layers",
      split = ",",
      paramLabel = "TENSOR",
      description = "Tensors to cut the model at, instead of --layer.")
  List<String> layers = new ArrayList<>();

  @Option(
      names = "--pictures",
      split = ",",
      paramLabel = "N",
      description = "Numbers of pictures; fewer are some of more. Default: all.")
  List<Integer> pictures = new ArrayList<>();

  @Option(
      names = "--crops",
      paramLabel = "N",
      description =
          "At most so many crops of each picture, drawn at random where there are more. Default:"
              + " ${DEFAULT-VALUE}.")
  int crops = 64;

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
          "Set activations below 0 to 0 before concepts are sought, in the other model too: what is"
              + " measured is then the model on rectified activations; what that costs is said.")
  boolean rectify;

  @Option(
      names = "--refits",
      paramLabel = "N",
      description = "Fits from other starts, for stability. Default: ${DEFAULT-VALUE}.")
  int refits = 4;

  @Option(
      names = "--budget",
      paramLabel = "N",
      description = "Masked passes of sampled Sobol indices at most, a point. Default: 50000.")
  int budget = 50_000;

  @Option(
      names = "--exam",
      description =
          "Let the models, which must be of the zoo, take the exam at every point: how well concepts"
              + " find parts, and importance their effect.")
  boolean exam;

  @Option(
      names = "--scenes",
      paramLabel = "N",
      description = "Pictures of each species for --exam, at least 10. Default: 60.")
  @Nullable Integer scenes;

  @Option(
      names = "--beside",
      paramLabel = "FILE",
      description = "Another model, whose curves are drawn beside; its class is --beside-class.")
  @Nullable Path beside;

  @Option(
      names = "--beside-class",
      paramLabel = "CLASS",
      description = "The class in the other model. Default: as -c.")
  @Nullable String besideClass;

  @Option(names = "--beside-labels", paramLabel = "FILE", description = "Names of its classes.")
  @Nullable Path besideLabels;

  @Option(
      names = "--beside-preprocess",
      paramLabel = "PRESET",
      converter = PictureOptions.NormalizationConverter.class,
      description = "How it takes pixels. Default: as --preprocess.")
  @Nullable Normalization besidePreprocess;

  @Option(
      names = "--beside-layers",
      split = ",",
      paramLabel = "TENSOR",
      description = "Where it is cut. Default: auto.")
  List<String> besideLayers = new ArrayList<>();

  @Option(
      names = "--beside-extractor",
      paramLabel = "E",
      converter = Extractor.Converter.class,
      description = "Default: as --extractor.")
  @Nullable Extractor besideExtractor;

  @Option(
      names = "--cache",
      paramLabel = "MIB",
      description = "Room for activations on disk, in the output folder. Default: 2048.")
  int cache = 2048;

  @Option(
      names = {"-o", "--output-dir"},
      required = true,
      paramLabel = "DIR",
      description = "Where sweep.json, sweep.csv, sweep.html and the points are written.")
  Path out = Path.of("");

  @Option(names = "--json", description = "Print sweep.json instead of a table.")
  boolean json;

  @Spec CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  @Override
  public Integer call() {
    PrintWriter err = spec.commandLine().getErr();
    SweepRequest request = request();
    Run run = runOptions.run().withProgress(ConsoleProgress.onStandardError(err));
    Sweeper sweeper = new Sweeper(request, run);
    Sweeper.Written written;
    try {
      written = sweeper.sweep();
    } catch (CancellationException e) {
      err.println(
          "percept: stopped; "
              + sweeper.done()
              + " points are kept in "
              + out
              + ", and the same command goes on from there");
      return ExitCode.CANCELLED;
    }
    written.sweep().notes().forEach(note -> err.println("percept: " + note));
    if (written.found() > 0) {
      err.println(
          "percept: "
              + written.found()
              + (written.found() == 1 ? " point was" : " points were")
              + " there from an earlier start");
    }
    PrintWriter text = spec.commandLine().getOut();
    if (json) {
      JsonOutput.print(written.sweep(), text);
    } else {
      SweepTable.print(written.sweep(), text);
      text.println("page: " + written.page());
    }
    return ExitCode.OK;
  }

  private SweepRequest request() {
    Inputs first = inputs.inputs(spec).withRectify(rectify);
    List<Integer> numbers = counts("--concepts", 1, concepts.isEmpty() ? List.of(10) : concepts);
    List<SweepRequest.Side> sides = new ArrayList<>();
    sides.add(
        new SweepRequest.Side(
            first,
            layers.isEmpty() ? List.of(first.layer()) : distinct("--layers", layers),
            extractor.of(numbers.get(0))));
    if (beside != null) {
      Extractor other = besideExtractor == null ? extractor : besideExtractor;
      sides.add(
          new SweepRequest.Side(
              beside(beside, first),
              besideLayers.isEmpty() ? List.of("auto") : distinct("--beside-layers", besideLayers),
              other.of(numbers.get(0))));
    } else if (besideClass != null
        || besideLabels != null
        || besidePreprocess != null
        || besideExtractor != null
        || !besideLayers.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "options that begin with '--beside-' need '--beside FILE'");
    }
    return new SweepRequest(
        sides,
        counts("--patch", 2, patches),
        numbers,
        counts("--pictures", 1, pictures),
        cropGrid,
        RunOptions.atLeastOne(spec, "--crops", crops, 1),
        RunOptions.atLeastOne(spec, "--refits", refits, 1),
        Estimator.sobol(RunOptions.atLeastOne(spec, "--budget", budget, 1)),
        scenes(),
        (long) RunOptions.atLeastOne(spec, "--cache", cache, 1) << 20,
        Versions.all(),
        out);
  }

  private int scenes() {
    int each = RunOptions.atLeastOne(spec, "--scenes", scenes, 60);
    if (each < 10 || (scenes != null && !exam)) {
      throw new ParameterException(
          spec.commandLine(),
          "Invalid value for option '--scenes': at least 10, with --exam, found " + each);
    }
    return exam ? each : 0;
  }

  private Inputs beside(Path model, Inputs first) {
    return new Inputs(
        model,
        "auto",
        null,
        first.inputSize(),
        first.images(),
        besideClass == null ? first.target() : besideClass,
        besideLabels == null && besideClass == null ? first.labels() : besideLabels,
        besidePreprocess == null ? first.normalization() : besidePreprocess,
        first.resize(),
        first.antialias(),
        first.maxPixels(),
        first.maxImages(),
        first.batch(),
        first.rectify());
  }

  private List<Integer> counts(String option, int least, List<Integer> values) {
    for (int value : values) {
      if (value < least) {
        throw new ParameterException(
            spec.commandLine(),
            "Invalid value for option '" + option + "': at least " + least + ", found " + value);
      }
    }
    return distinct(option, values);
  }

  private <T> List<T> distinct(String option, List<T> values) {
    for (T value : values) {
      if (values.indexOf(value) != values.lastIndexOf(value)) {
        throw new ParameterException(
            spec.commandLine(),
            "Invalid value for option '" + option + "': each once, found " + value + " twice");
      }
    }
    return List.copyOf(values);
  }
}
