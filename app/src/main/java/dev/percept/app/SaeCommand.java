package dev.percept.app;

import dev.percept.app.sae.SaeRequest;
import dev.percept.app.sae.SaeTraining;
import dev.percept.bundle.SaeSweep;
import dev.percept.core.Run;
import dev.percept.fact.sae.SaeSelection;
import dev.percept.fact.sae.SaeSpec;
import dev.percept.fact.sae.TrainingOptions;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code percept sae}. */
@Command(
    name = "sae",
    description = "Sparse autoencoders that stand in a network.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {SaeCommand.Train.class, SaeImport.class})
final class SaeCommand implements Runnable {
  @Spec CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  static final class KindConverter implements ITypeConverter<SaeSpec.Kind> {
    @Override
    public SaeSpec.Kind convert(String value) {
      return Choice.of(SaeSpec.Kind.values(), value);
    }
  }

  /** {@code percept sae train}. */
  @Command(
      name = "train",
      description =
          "Trains sparse autoencoders of several sizes on a layer of a network, all in one pass, and"
              + " takes the sparsest with which the network is right nearly as often as alone. Works"
              + " for B-cos networks (.safetensors) and for any ONNX model. What was done is kept:"
              + " the same command goes on where it was stopped or killed.",
      mixinStandardHelpOptions = true,
      sortOptions = false)
  static final class Train implements Callable<Integer> {
    @Mixin NetworkOptions network = new NetworkOptions();
    @Mixin PictureOptions pictures = new PictureOptions();

    @Option(
        names = "--layer",
        paramLabel = "LAYER",
        description =
            "Where the autoencoders stand: a layer or tensor, or 'auto' for the last that makes"
                + " sense. Default: ${DEFAULT-VALUE}.")
    String layer = "auto";

    @Option(
        names = "--latents",
        split = ",",
        paramLabel = "N",
        description = "Numbers of latents. Default: 512.")
    List<Integer> latents = new ArrayList<>();

    @Option(
        names = "--k",
        split = ",",
        paramLabel = "N",
        description = "How many speak at a place. Default: 8,16.")
    List<Integer> ks = new ArrayList<>();

    @Option(
        names = "--kind",
        split = ",",
        paramLabel = "KIND",
        converter = KindConverter.class,
        description = "topk, batchtopk or jumprelu. Default: topk.")
    List<SaeSpec.Kind> kinds = new ArrayList<>();

    @Option(
        names = "--rate",
        split = ",",
        paramLabel = "X",
        description = "Highest learning rates. Default: 0.001.")
    List<Double> rates = new ArrayList<>();

    @Option(
        names = "--epochs",
        paramLabel = "N",
        description = "Passes over the activations. Default: 16.")
    @Nullable Integer epochs;

    @Option(
        names = "--rows",
        paramLabel = "N",
        description =
            "Activations of a step. Default: 4096, or fewer so that an epoch has some 50 steps.")
    @Nullable Integer rows;

    @Option(
        names = "--positions",
        paramLabel = "N",
        description =
            "Places of each picture, drawn by what they contribute to the answer. Default: 36.")
    @Nullable Integer positions;

    @Option(
        names = "--held-out",
        paramLabel = "X",
        description = "Share of the pictures that figures are of. Default: ${DEFAULT-VALUE}.")
    double heldOut = 0.2;

    @Option(
        names = "--max-drop",
        paramLabel = "X",
        description =
            "What may be lost of the accuracy, as a share of the pictures. Default:"
                + " ${DEFAULT-VALUE}.")
    double maxDrop = SaeSelection.MAX_DROP;

    @Option(
        names = "--refits",
        paramLabel = "N",
        description =
            "Trainings from other starts, for stability, besides two on halves of the pictures; 0"
                + " for none at all. Default: ${DEFAULT-VALUE}.")
    int refits = 2;

    @Option(
        names = "--max-images",
        paramLabel = "N",
        description = "Take a random sample of at most N pictures a folder.")
    @Nullable Integer maxImages;

    @Option(
        names = "--batch",
        paramLabel = "N",
        description =
            "Pictures that go through the network at once; memory grows with it. Default:"
                + " ${DEFAULT-VALUE}.")
    int batch = 8;

    @Mixin RunOptions runOptions = new RunOptions();

    @Option(
        names = {"-o", "--output-dir"},
        required = true,
        paramLabel = "DIR",
        description =
            "Where sae (the one that was taken), sweep.json, sae.html and everything to go on from"
                + " are written.")
    Path out = Path.of("");

    @Option(names = "--json", description = "Print sweep.json instead of a table.")
    boolean json;

    @Spec CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    @Override
    public Integer call() {
      PrintWriter err = spec.commandLine().getErr();
      SaeRequest request = request();
      Run run = runOptions.run().withProgress(ConsoleProgress.onStandardError(err));
      SaeTraining.Written written;
      try {
        written = SaeTraining.train(request, run);
      } catch (CancellationException e) {
        err.println(
            "percept: stopped; what was done is kept in "
                + out
                + ", and the same command goes on from there");
        return ExitCode.CANCELLED;
      }
      written.sweep().notes().forEach(note -> err.println("percept: " + note));
      PrintWriter text = spec.commandLine().getOut();
      if (json) {
        JsonOutput.print(written.sweep(), text);
      } else {
        print(written, text);
      }
      return ExitCode.OK;
    }

    private SaeRequest request() {
      List<Integer> sizes = counts("--latents", latents, List.of(512));
      List<Integer> speaking = counts("--k", ks, List.of(8, 16));
      List<SaeSpec> specs = new ArrayList<>();
      for (SaeSpec.Kind kind :
          kinds.isEmpty() ? List.of(SaeSpec.Kind.TOPK) : distinct("--kind", kinds)) {
        for (int r : sizes) {
          for (int k : speaking) {
            for (double rate : rates.isEmpty() ? List.of(1e-3) : distinct("--rate", rates)) {
              specs.add(spec(kind, r, k, rate));
            }
          }
        }
      }
      int passes = RunOptions.atLeastOne(spec, "--epochs", epochs, 16);
      int step = RunOptions.atLeastOne(spec, "--rows", rows, 0);
      TrainingOptions training =
          TrainingOptions.DEFAULT.withEpochs(
              passes, TrainingOptions.DEFAULT.batch(), Math.max(1, passes / 4));
      if (!(heldOut > 0 && heldOut < 1)) {
        throw invalid("--held-out", "above 0 and below 1, found " + heldOut);
      }
      if (!(maxDrop >= 0 && maxDrop <= 1)) {
        throw invalid("--max-drop", "from 0 to 1, found " + maxDrop);
      }
      if (refits < 0) {
        throw invalid("--refits", "at least 0, found " + refits);
      }
      return new SaeRequest(
          network.source(),
          layer,
          pictures.images(spec),
          given("--preprocess", "--mean", "--std", "--scale", "--bgr")
              ? pictures.normalization(spec)
              : null,
          given("--resize") ? pictures.resize : null,
          !pictures.noAntialias,
          pictures.maxPixels(spec),
          RunOptions.atLeastOne(spec, "--max-images", maxImages, 0),
          RunOptions.atLeastOne(spec, "--batch", batch, 1),
          RunOptions.atLeastOne(spec, "--positions", positions, 36),
          heldOut,
          specs,
          training,
          step,
          maxDrop,
          refits,
          options(sizes, speaking, passes, step),
          Versions.all(),
          out);
    }

    private SaeSpec spec(SaeSpec.Kind kind, int r, int k, double rate) {
      try {
        return new SaeSpec(kind, r, k, rate, runOptions.seed);
      } catch (IllegalArgumentException e) {
        throw new ParameterException(
            spec.commandLine(), "--latents, --k, --rate: " + e.getMessage());
      }
    }

    private Map<String, String> options(
        List<Integer> sizes, List<Integer> speaking, int passes, int step) {
      Map<String, String> options = new TreeMap<>();
      options.put("layer", layer);
      options.put("latents", joined(sizes));
      options.put("k", joined(speaking));
      options.put("kind", kinds.isEmpty() ? "topk" : joined(kinds));
      options.put("rate", rates.isEmpty() ? "0.001" : joined(rates));
      options.put("epochs", Integer.toString(passes));
      options.put("rows", step == 0 ? "auto" : Integer.toString(step));
      options.put("held-out", Double.toString(heldOut));
      options.put("max-drop", Double.toString(maxDrop));
      options.put("refits", Integer.toString(refits));
      return options;
    }

    private static String joined(List<?> values) {
      return values.stream().map(Object::toString).collect(Collectors.joining(","));
    }

    private boolean given(String... options) {
      return Arrays.stream(options).anyMatch(spec.commandLine().getParseResult()::hasMatchedOption);
    }

    private ParameterException invalid(String option, String rule) {
      return new ParameterException(
          spec.commandLine(), "Invalid value for option '" + option + "': " + rule);
    }

    private List<Integer> counts(String option, List<Integer> values, List<Integer> otherwise) {
      for (int value : values) {
        if (value < 1) {
          throw invalid(option, "at least 1, found " + value);
        }
      }
      return values.isEmpty() ? otherwise : distinct(option, values);
    }

    private <T> List<T> distinct(String option, List<T> values) {
      for (T value : values) {
        if (values.indexOf(value) != values.lastIndexOf(value)) {
          throw invalid(option, "each once, found " + value + " twice");
        }
      }
      return List.copyOf(values);
    }

    private static void print(SaeTraining.Written written, PrintWriter text) {
      SaeSweep sweep = written.sweep();
      text.println(
          sweep.trained()
              + " pictures trained on, "
              + sweep.heldOut()
              + " held out; "
              + sweep.positions()
              + " places each ("
              + sweep.weighting()
              + "); layer '"
              + sweep.layer()
              + "', "
              + sweep.features()
              + " features; the network alone: "
              + (Double.isNaN(sweep.accuracy())
                  ? "no classes known"
                  : Format.percent(sweep.accuracy())));
      TextTable table =
          new TextTable(
              "",
              "autoencoder",
              ">epoch",
              ">L0",
              ">of a picture",
              ">accuracy",
              ">kept",
              ">R2",
              ">dead",
              ">always on");
      for (int i = 0; i < sweep.points().size(); i++) {
        SaeSweep.Point p = sweep.points().get(i);
        if (p.best()) {
          table.row(
              i == sweep.chosen() ? "*" : "",
              p.name(),
              Integer.toString(p.epoch()),
              Format.two(p.l0()),
              Format.two(p.l0Picture()),
              Format.percent(p.accuracy()),
              Format.percent(p.kept()),
              Format.two(p.r2()),
              Integer.toString(p.dead()),
              Integer.toString(p.alwaysOn()));
        }
      }
      table.print(text);
      SaeSweep.Stability stability = sweep.stability();
      if (stability != null) {
        text.println(
            "latents: "
                + count(stability, "stable")
                + " stable, "
                + count(stability, "partly")
                + " partly, "
                + count(stability, "not")
                + " not, "
                + count(stability, "dead")
                + " dead; mean cosine to a random dictionary "
                + Format.two(stability.random()));
      }
      text.println("autoencoder (*): " + written.chosen());
      text.println("page: " + written.page());
    }

    private static long count(SaeSweep.Stability stability, String badge) {
      return stability.latents().stream().filter(l -> l.badge().equals(badge)).count();
    }
  }
}
