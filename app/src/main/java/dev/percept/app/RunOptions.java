package dev.percept.app;

import dev.percept.core.Run;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Options of every long computation. */
final class RunOptions {
  @Option(names = "--seed", paramLabel = "N", description = "Default: ${DEFAULT-VALUE}.")
  long seed = 0;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Default: as many as the machine has cores.")
  @Nullable Integer threads;

  @Spec(Spec.Target.MIXEE)
  CommandSpec spec = CommandSpec.create();

  /** A run that stops at Ctrl-C. */
  Run run() {
    Run run = Run.of(seed);
    int count = atLeastOne(spec, "--threads", threads, run.threads());
    return Interruption.stops(run.withThreads(count));
  }

  /**
   * The value of an option that counts something.
   *
   * @param value null where the option was not given
   */
  static int atLeastOne(CommandSpec spec, String option, @Nullable Integer value, int otherwise) {
    if (value == null) {
      return otherwise;
    }
    if (value < 1) {
      throw new ParameterException(
          spec.commandLine(),
          "Invalid value for option '" + option + "': at least 1, found " + value);
    }
    return value;
  }
}
