package dev.percept.app;

import dev.percept.app.explain.TemporaryFolder;
import dev.percept.core.Run;
import dev.percept.zoo.BcosZooTrainer;
import dev.percept.zoo.DemoPictures;
import dev.percept.zoo.EmbeddedBcos;
import dev.percept.zoo.EmbeddedBcosVit;
import dev.percept.zoo.EmbeddedModel;
import dev.percept.zoo.EmbeddedVit;
import dev.percept.zoo.SaeZooTrainer;
import dev.percept.zoo.VisionTrainer;
import dev.percept.zoo.ZooTrainer;
import dev.percept.zoo.reviews.EmbeddedReviews;
import dev.percept.zoo.reviews.ReviewsFile;
import dev.percept.zoo.reviews.ReviewsTrainer;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code percept zoo}. */
@Command(
    name = "zoo",
    description = "The embedded models, their pictures and their texts.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {ZooCommand.Train.class, ZooCommand.Export.class})
final class ZooCommand implements Runnable {
  private static final String CREATURES = "creatures";
  private static final String REVIEWS = "reviews";
  private static final String BCOS = "bcos";
  private static final String BCOS_VIT = "bcos-vit";
  private static final String BCOS_SAE = "bcos-sae";
  private static final Path RESOURCES = Path.of("zoo/src/main/resources/dev/percept/zoo");

  @Spec CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  /** {@code percept zoo train}. */
  @Command(
      name = "train",
      description =
          "Trains an embedded model again, from nothing, in minutes; needs libtorch, which comes"
              + " with the build.",
      mixinStandardHelpOptions = true,
      sortOptions = false)
  static final class Train implements Callable<Integer> {
    @Mixin RunOptions runOptions = new RunOptions();

    @Option(
        names = "--data",
        paramLabel = "D",
        description = "creatures or reviews. Default: creatures.")
    String data = CREATURES;

    @Option(
        names = "--architecture",
        paramLabel = "A",
        description =
            "For creatures: cnn, a residual network, vit, a vision transformer, bcos, a B-cos"
                + " network, bcos-vit, a B-cos transformer, or bcos-sae, sparse autoencoders of"
                + " bcos. Default: cnn.")
    @Nullable String architecture;

    @Option(
        names = "--state",
        paramLabel = "DIR",
        description =
            "For bcos, bcos-vit and bcos-sae: where the training leaves its state now and then. Started again"
                + " after it was stopped, it goes on from there, with the same result.")
    @Nullable Path state;

    @Option(
        names = {"-o", "--output-dir"},
        paramLabel = "DIR",
        description = "Where to write. Default: where the build takes the model from.")
    @Nullable Path out;

    @Spec CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    @Override
    public Integer call() {
      Run run =
          runOptions
              .run()
              .withProgress(ConsoleProgress.onStandardError(spec.commandLine().getErr()));
      PrintWriter text = spec.commandLine().getOut();
      boolean resumable =
          architecture != null && List.of(BCOS, BCOS_VIT, BCOS_SAE).contains(architecture);
      if (state != null && !resumable) {
        throw invalid(spec, "'--state' is for '--architecture bcos', 'bcos-vit' and 'bcos-sae'");
      }
      if (data.equals(REVIEWS)) {
        if (architecture != null) {
          throw invalid(spec, "'--architecture' is for creatures; reviews have one architecture");
        }
        Path folder = out == null ? RESOURCES.resolve("reviews") : out;
        text.print(ReviewsTrainer.train(folder, ReviewsTrainer.Options.STANDARD, run).text());
        text.println("model: " + folder.resolve(EmbeddedReviews.MODEL));
        return ExitCode.OK;
      }
      if (!data.equals(CREATURES)) {
        throw invalid(
            spec, "Invalid value for option '--data': creatures or reviews, found " + data);
      }
      Path folder = out == null ? RESOURCES : out;
      if (architecture == null || architecture.equals("cnn")) {
        text.print(ZooTrainer.train(folder, ZooTrainer.Options.STANDARD, run).text());
        text.println("model: " + folder.resolve(EmbeddedModel.MODEL));
      } else if (architecture.equals("vit")) {
        text.print(VisionTrainer.train(folder, VisionTrainer.STANDARD, run).text());
        text.println("model: " + folder.resolve(EmbeddedVit.MODEL));
      } else if (architecture.equals(BCOS)) {
        bcos(BcosZooTrainer.Network.CNN, folder, run, text);
      } else if (architecture.equals(BCOS_VIT)) {
        bcos(BcosZooTrainer.Network.VIT, folder, run, text);
      } else if (architecture.equals(BCOS_SAE)) {
        saes(folder, run, text);
      } else {
        throw invalid(
            spec,
            "Invalid value for option '--architecture': cnn, vit, bcos, bcos-vit or bcos-sae, found "
                + architecture);
      }
      return ExitCode.OK;
    }

    private void bcos(BcosZooTrainer.Network which, Path folder, Run run, PrintWriter text) {
      text.print(BcosZooTrainer.train(which, folder, which.standard(), state, run).text());
      text.println("model: " + folder.resolve(which.model()));
    }

    private void saes(Path folder, Run run, PrintWriter text) {
      if (state != null) {
        text.print(SaeZooTrainer.train(folder, SaeZooTrainer.Options.STANDARD, state, run));
        return;
      }
      try (TemporaryFolder work = TemporaryFolder.create()) {
        text.print(SaeZooTrainer.train(folder, SaeZooTrainer.Options.STANDARD, work.path(), run));
      }
    }
  }

  /** {@code percept zoo export}. */
  @Command(
      name = "export",
      description =
          "Writes embedded models, their labels, and pictures or texts with their truth to a"
              + " folder, to try the other commands on.",
      mixinStandardHelpOptions = true,
      sortOptions = false)
  static final class Export implements Callable<Integer> {
    @Mixin RunOptions runOptions = new RunOptions();

    @Option(
        names = {"-o", "--output-dir"},
        paramLabel = "DIR",
        description =
            "Where to write the models of creatures, pictures, and masks of where the creature is.")
    @Nullable Path out;

    @Option(
        names = "--pictures",
        paramLabel = "N",
        description = "Pictures a class. Default: ${DEFAULT-VALUE}.")
    int pictures = DemoPictures.PER_SPECIES;

    @Option(
        names = "--reviews",
        paramLabel = "DIR",
        description =
            "Where to write the text model, its vocabulary, and texts with their topic and the"
                + " phrases that say it, as CSV.")
    @Nullable Path reviews;

    @Option(
        names = "--texts",
        paramLabel = "N",
        description = "Texts a topic. Default: ${DEFAULT-VALUE}.")
    int texts = ReviewsFile.PER_TOPIC;

    @Spec CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    @Override
    public Integer call() {
      int each = RunOptions.atLeastOne(spec, "--pictures", pictures, 1);
      int eachTopic = RunOptions.atLeastOne(spec, "--texts", texts, 1);
      if (out == null && reviews == null) {
        throw invalid(spec, "give '--output-dir', '--reviews' or both");
      }
      if (out != null) {
        pictures(out, each);
      }
      if (reviews != null) {
        Path model = EmbeddedReviews.copyTo(reviews);
        Path file = ReviewsFile.write(reviews, eachTopic);
        print(
            "percept explain -m "
                + model
                + " --texts "
                + file
                + " --tokenizer "
                + reviews.resolve(EmbeddedReviews.VOCABULARY)
                + " --labels "
                + reviews.resolve(EmbeddedReviews.LABELS)
                + " -c each -o explanation");
      }
      return ExitCode.OK;
    }

    private void pictures(Path folder, int each) {
      Path model = EmbeddedModel.copyTo(folder);
      EmbeddedVit.copyTo(folder);
      EmbeddedBcos.copyTo(folder);
      EmbeddedBcosVit.copyTo(folder);
      Path pictures = folder.resolve("creatures");
      Run run = runOptions.run();
      DemoPictures.write(pictures, each, run);
      DemoPictures.writeMasks(folder.resolve("masks"), each, run);
      print(
          "percept explain -m "
              + model
              + " -i "
              + pictures
              + " -c each --labels "
              + folder.resolve(EmbeddedModel.LABELS)
              + " --preprocess unit -o explanation");
    }

    private void print(String line) {
      spec.commandLine().getOut().println(line);
    }
  }

  private static ParameterException invalid(CommandLine.Model.CommandSpec spec, String sentence) {
    return new ParameterException(spec.commandLine(), sentence);
  }
}
