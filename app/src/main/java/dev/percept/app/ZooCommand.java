package dev.percept.app;

import dev.percept.core.Run;
import dev.percept.zoo.DemoPictures;
import dev.percept.zoo.EmbeddedModel;
import dev.percept.zoo.ModelCard;
import dev.percept.zoo.ZooTrainer;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code percept zoo}. */
@Command(
    name = "zoo",
    description = "The embedded model and its pictures.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {ZooCommand.Train.class, ZooCommand.Export.class})
final class ZooCommand implements Runnable {
  @Spec CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  /** {@code percept zoo train}. */
  @Command(
      name = "train",
      description =
          "Trains the embedded model again, from nothing, in a few minutes; needs libtorch, which"
              + " comes with the build.",
      mixinStandardHelpOptions = true,
      sortOptions = false)
  static final class Train implements Callable<Integer> {
    @Mixin RunOptions runOptions = new RunOptions();

    @Option(
        names = {"-o", "--output-dir"},
        paramLabel = "DIR",
        description = "Where to write. Default: ${DEFAULT-VALUE}.")
    Path out = Path.of("zoo/src/main/resources/dev/percept/zoo");

    @Spec CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    @Override
    public Integer call() {
      Run run =
          runOptions
              .run()
              .withProgress(ConsoleProgress.onStandardError(spec.commandLine().getErr()));
      ModelCard card = ZooTrainer.train(out, ZooTrainer.Options.STANDARD, run);
      PrintWriter text = spec.commandLine().getOut();
      text.print(card.text());
      text.println("model: " + out.resolve(EmbeddedModel.MODEL));
      return ExitCode.OK;
    }
  }

  /** {@code percept zoo export}. */
  @Command(
      name = "export",
      description =
          "Writes the embedded model, its labels, its pictures and masks of where the creature is"
              + " to a folder, to try the other commands on.",
      mixinStandardHelpOptions = true,
      sortOptions = false)
  static final class Export implements Callable<Integer> {
    @Mixin RunOptions runOptions = new RunOptions();

    @Option(
        names = {"-o", "--output-dir"},
        required = true,
        paramLabel = "DIR",
        description = "Where to write.")
    Path out = Path.of("");

    @Option(
        names = "--pictures",
        paramLabel = "N",
        description = "Pictures a class. Default: ${DEFAULT-VALUE}.")
    int pictures = DemoPictures.PER_SPECIES;

    @Spec CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

    @Override
    public Integer call() {
      int each = RunOptions.atLeastOne(spec, "--pictures", pictures, 1);
      Path model = EmbeddedModel.copyTo(out);
      Path folder = out.resolve("creatures");
      Run run = runOptions.run();
      DemoPictures.write(folder, each, run);
      DemoPictures.writeMasks(out.resolve("masks"), each, run);
      spec.commandLine()
          .getOut()
          .println(
              "percept explain -m "
                  + model
                  + " -i "
                  + folder
                  + " -c each --labels "
                  + out.resolve(EmbeddedModel.LABELS)
                  + " --preprocess unit -o explanation");
      return ExitCode.OK;
    }
  }
}
