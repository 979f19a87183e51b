package dev.percept.app;

import dev.percept.app.fact.FactExplainer;
import dev.percept.app.fact.FactRequest;
import dev.percept.app.fact.FactSummary;
import dev.percept.bundle.FactConsistency;
import dev.percept.bundle.FactExplanation;
import dev.percept.bundle.FactFolder;
import dev.percept.core.Run;
import dev.percept.image.PictureReader;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code percept fact}. */
@Command(
    name = "fact",
    description = "B-cos networks with sparse autoencoders in them: every score is a sum.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {FactCommand.Explain.class})
final class FactCommand implements Runnable {
  @Spec CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  /** {@code percept fact explain}. */
  @Command(
      name = "explain",
      description =
          "Explains a B-cos network in the concepts of sparse autoencoders that stand in it: what"
              + " each adds to a score, exactly. Writes a folder with a page, report.html, and"
              + " plain files.",
      mixinStandardHelpOptions = true,
      sortOptions = false)
  static final class Explain implements Callable<Integer> {
    /** Some of each class show what there is to see; contributions of all take a pass each. */
    private static final int IMAGES = 60;

    private static final String EACH = "each";

    @Mixin NetworkOptions network = new NetworkOptions();

    @Option(
        names = "--sae",
        required = true,
        split = ",",
        paramLabel = "DIR",
        description =
            "Folders that 'percept sae train' has written, from the input to the scores. The last"
                + " one's concepts are explained; earlier ones say what these are built from.")
    List<Path> autoencoders = List.of();

    @Option(
        names = {"-i", "--images"},
        required = true,
        paramLabel = "FOLDER",
        description = "A folder of pictures, one sub-folder a class.")
    Path images = Path.of("");

    @Option(
        names = {"-c", "--class"},
        split = ",",
        paramLabel = "CLASS",
        description =
            "Classes, by index, wnid or name; 'each' explains every sub-folder. Default: each.")
    List<String> classes = List.of(EACH);

    @Option(
        names = "--picture",
        paramLabel = "FILE",
        description =
            "A picture to explain besides those that are chosen; may be given several times. In a"
                + " folder named after a class it is of that class.")
    List<Path> pictures = List.of();

    @Mixin JudgeOptions judged = new JudgeOptions();

    @Option(
        names = "--max-images",
        paramLabel = "N",
        description =
            "Take a random sample of at most N pictures a class; 0 for all. Default:"
                + " ${DEFAULT-VALUE}.")
    int maxImages = IMAGES;

    @Option(
        names = "--deletion",
        paramLabel = "N",
        description =
            "Pictures whose concepts are taken away for the deletion curves; 0 for none. Default:"
                + " ${DEFAULT-VALUE}.")
    int deletion = 24;

    @Option(
        names = "--batch",
        paramLabel = "N",
        description = "Pictures a batch; memory grows with it. Default: ${DEFAULT-VALUE}.")
    int batch = 8;

    @Option(
        names = "--max-pixels",
        paramLabel = "N",
        description = "Pictures with more pixels are skipped unread. Default: ${DEFAULT-VALUE}.")
    long maxPixels = PictureReader.DEFAULT_MAX_PIXELS;

    @Mixin RunOptions runOptions = new RunOptions();

    @Option(
        names = {"-o", "--output-dir"},
        required = true,
        paramLabel = "DIR",
        description = "Where to write; replaced if it holds an earlier explanation.")
    Path out = Path.of("");

    @Option(names = "--json", description = "Print a summary as JSON instead of a table.")
    boolean json;

    @Spec CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    @Override
    public Integer call() {
      atLeast("--max-images", maxImages, 0);
      atLeast("--deletion", deletion, 0);
      atLeast("--batch", batch, 1);
      judged.check(spec);
      PrintWriter err = spec.commandLine().getErr();
      List<String> queries = classes.equals(List.of(EACH)) ? List.of() : classes;
      Run run = runOptions.run().withProgress(ConsoleProgress.onStandardError(err));
      FactFolder written =
          FactExplainer.write(
              new FactRequest(
                  network.source(),
                  autoencoders,
                  images,
                  queries,
                  pictures,
                  judged.judge,
                  judged.layer,
                  judged.preprocess,
                  maxImages,
                  PictureReader.DEFAULT_MAX_PIXELS == maxPixels ? maxPixels : positive(),
                  batch,
                  deletion,
                  options(),
                  Versions.all(),
                  out),
              run);
      written.explanation().notes().forEach(note -> err.println("percept: " + note));
      written.explanation().sample().skipped().forEach(s -> err.println("percept: left out: " + s));
      PrintWriter stdout = spec.commandLine().getOut();
      FactSummary summary = FactSummary.of(written);
      if (json) {
        JsonOutput.print(summary, stdout);
      } else {
        print(summary, stdout);
      }
      return ExitCode.OK;
    }

    private long positive() {
      if (maxPixels < 1) {
        throw invalid("--max-pixels", 1, maxPixels);
      }
      return maxPixels;
    }

    private void atLeast(String option, int value, int least) {
      if (value < least) {
        throw invalid(option, least, value);
      }
    }

    private ParameterException invalid(String option, long least, long value) {
      return new ParameterException(
          spec.commandLine(),
          "Invalid value for option '" + option + "': at least " + least + ", found " + value);
    }

    /** Names of files and what changes a number; no folder of this machine. */
    private Map<String, String> options() {
      Map<String, String> options = new TreeMap<>();
      options.put("model", name(network.model));
      options.put("sae", String.join(",", autoencoders.stream().map(Explain::name).toList()));
      options.put("images", name(images));
      options.put("class", String.join(",", classes));
      if (!pictures.isEmpty()) {
        options.put("picture", String.join(",", pictures.stream().map(Explain::name).toList()));
      }
      if (network.architecture != null) {
        options.put("architecture", network.architecture);
      }
      if (network.labels != null) {
        options.put("labels", name(network.labels));
      }
      if (judged.judge != null) {
        options.put("judge", name(judged.judge));
      }
      if (judged.layer != null) {
        options.put("judge-layer", judged.layer);
      }
      if (judged.preprocess != null) {
        options.put("judge-preprocess", judged.preprocess.name());
      }
      options.put("max-images", Integer.toString(maxImages));
      options.put("deletion", Integer.toString(deletion));
      options.put("seed", Long.toString(runOptions.seed));
      return options;
    }

    private static String name(Path path) {
      return String.valueOf(path.toAbsolutePath().normalize().getFileName());
    }

    private static void print(FactSummary summary, PrintWriter out) {
      FactExplanation.Faith f = summary.faith();
      out.println(
          String.format(
              Locale.ROOT,
              "%d sums, off by at most %.1e of what was added; right in %s with concepts at %s, %s"
                  + " without (most frequent class: %s)",
              f.sums(),
              f.gap(),
              Format.percent(f.accuracy()),
              summary.layer(),
              Format.percent(f.plainAccuracy()),
              Format.percent(f.chance())));
      TextTable table = new TextTable("class", ">pictures", ">right", "what adds up");
      for (FactExplanation.OfClass c : summary.classes()) {
        List<String> first = new ArrayList<>();
        c.roles().stream()
            .limit(4)
            .forEach(r -> first.add(r.concept() + " " + Format.percent(r.share())));
        table.row(
            c.target().label(),
            Integer.toString(c.pictures()),
            Format.percent(c.accuracy()),
            String.join(", ", first));
      }
      table.print(out);
      for (FactSummary.Mistake m : summary.mistakes()) {
        out.println(
            m.picture()
                + ": "
                + m.truth()
                + " taken for "
                + m.said()
                + (m.rightWithout() == null ? "" : ", right without concept " + m.rightWithout()));
      }
      for (FactConsistency.Row row : summary.consistency()) {
        out.println(
            String.format(
                Locale.ROOT,
                "C² %s: %.3f (random maps on the same pictures %.3f)",
                row.method(),
                row.value(),
                row.anywhere()));
      }
      out.println("page: " + summary.page());
    }
  }
}
