package dev.percept.app;

import dev.percept.app.head.HeadReport;
import dev.percept.app.head.HeadRequest;
import dev.percept.app.head.HeadTrainer;
import dev.percept.core.Run;
import dev.percept.methods.head.LinearHead;
import dev.percept.onnx.Backbone;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code percept head}. */
@Command(
    name = "head",
    description = "A linear classifier on the features of a frozen network.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = HeadCommand.Train.class)
final class HeadCommand implements Runnable {
  @Spec CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  /** The ways to pool that a command line can name. */
  enum Pool {
    MEAN(Backbone.Pool.MEAN),
    CLASS(Backbone.Pool.CLASS),
    BOTH(Backbone.Pool.BOTH);

    final Backbone.Pool pool;

    Pool(Backbone.Pool pool) {
      this.pool = pool;
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }

    static final class Converter implements ITypeConverter<Pool> {
      @Override
      public Pool convert(String value) {
        return Choice.of(values(), value);
      }
    }
  }

  /** {@code percept head train}. */
  @Command(
      name = "train",
      description =
          "Trains a linear classifier on the pooled features of a frozen network: one class a"
              + " sub-folder, L2 penalty by cross-validation. Says how well it does on pictures"
              + " left out, and writes one ONNX file that 'percept explain' takes as it is.",
      mixinStandardHelpOptions = true,
      sortOptions = false)
  static final class Train implements Callable<Integer> {
    @Option(
        names = {"-m", "--model"},
        required = true,
        paramLabel = "FILE",
        description = "The frozen network, an ONNX file.")
    Path model = Path.of("");

    @Option(
        names = "--output",
        paramLabel = "TENSOR",
        description = "The features, any tensor of the model. Default: its only output.")
    @Nullable String output;

    @Option(
        names = "--pool",
        paramLabel = "HOW",
        converter = Pool.Converter.class,
        description =
            "mean (of the places of a map, or of patch tokens), class (the class token) or both,"
                + " one behind the other. Default: both where there is a class token, else mean.")
    @Nullable Pool pool;

    @Option(
        names = "--input-size",
        paramLabel = "N",
        description = "Side of the input in pixels, where the model leaves it open.")
    @Nullable Integer inputSize;

    @Mixin PictureOptions pictures = new PictureOptions();

    @Option(
        names = "--folds",
        paramLabel = "N",
        description = "Parts that are left out in turn, at least 3. Default: ${DEFAULT-VALUE}.")
    int folds = LinearHead.DEFAULT.folds();

    @Option(
        names = "--max-images",
        paramLabel = "N",
        description = "Take a random sample of at most N pictures a class.")
    @Nullable Integer maxImages;

    @Option(
        names = "--batch",
        paramLabel = "N",
        description = "Pictures a batch; memory grows with it. Default: ${DEFAULT-VALUE}.")
    int batch = 8;

    @Mixin RunOptions runOptions = new RunOptions();

    @Option(
        names = {"-o", "--output-file"},
        required = true,
        paramLabel = "FILE",
        description =
            "The model that is written; the names of the classes go beside it as NAME.labels.txt.")
    Path out = Path.of("");

    @Option(names = "--json", description = "Print JSON instead of a table.")
    boolean json;

    @Spec CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    @Override
    public Integer call() {
      PrintWriter err = spec.commandLine().getErr();
      Run run = runOptions.run().withProgress(ConsoleProgress.onStandardError(err));
      HeadReport report = HeadTrainer.train(request(), run);
      report.skipped().forEach(s -> err.println("percept: skipped " + s));
      report.notes().forEach(note -> err.println("percept: " + note));
      if (json) {
        JsonOutput.print(report, spec.commandLine().getOut());
      } else {
        print(report, spec.commandLine().getOut());
      }
      return ExitCode.OK;
    }

    private HeadRequest request() {
      if (folds < 3) {
        throw new CommandLine.ParameterException(
            spec.commandLine(), "Invalid value for option '--folds': at least 3, found " + folds);
      }
      return new HeadRequest(
          model,
          output,
          pool == null ? null : pool.pool,
          RunOptions.atLeastOne(spec, "--input-size", inputSize, 0),
          pictures.images(spec),
          pictures.normalization(spec),
          pictures.resize,
          !pictures.noAntialias,
          pictures.maxPixels(spec),
          RunOptions.atLeastOne(spec, "--max-images", maxImages, 0),
          RunOptions.atLeastOne(spec, "--batch", batch, 1),
          new LinearHead(folds, LinearHead.DEFAULT.penalties()),
          out);
    }

    private void print(HeadReport report, PrintWriter text) {
      text.println(
          report.pictures()
              + " pictures of "
              + report.classes().size()
              + " classes; "
              + report.features()
              + " features from '"
              + report.tensor()
              + "' ("
              + report.shape()
              + ", pooled: "
              + report.pooling()
              + ")");
      text.println(
          "accuracy on pictures left out "
              + Format.percent(report.accuracy())
              + " (95 % interval "
              + Format.percent(report.low())
              + " to "
              + Format.percent(report.high())
              + "); always the most frequent class: "
              + Format.percent(report.majority()));
      String[] columns = new String[report.classes().size() + 2];
      columns[0] = "class";
      columns[1] = ">found";
      for (int c = 0; c < report.classes().size(); c++) {
        columns[c + 2] = ">" + c;
      }
      TextTable table = new TextTable(columns);
      for (int c = 0; c < report.classes().size(); c++) {
        String[] row = new String[columns.length];
        row[0] = c + " " + report.classes().get(c);
        row[1] = Format.percent(report.recall().get(c));
        for (int k = 0; k < report.classes().size(); k++) {
          row[k + 2] = Integer.toString(report.confusion().get(c).get(k));
        }
        table.row(row);
      }
      table.print(text);
      text.println(
          "rows are true classes, columns answers; "
              + report.folds()
              + " folds, penalty "
              + report.penalty());
      text.println("model: " + out);
      text.println(
          "percept explain -m " + out + " -i " + pictures.images + " -c each -o explanation");
    }
  }
}
