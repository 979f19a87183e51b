package dev.percept.app;

import dev.percept.core.EngineMissingException;
import dev.percept.core.PerceptException;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command {@code percept}. */
@Command(
    name = "percept",
    description =
        "Explains a neural network in concepts: what it sees, where, how much it matters, and"
            + " whether to believe it.",
    mixinStandardHelpOptions = true,
    versionProvider = Versions.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      ExplainCommand.class,
      ImportanceCommand.class,
      SweepCommand.class,
      CompareClassesCommand.class,
      FactCommand.class,
      InspectCommand.class,
      CheckCommand.class,
      HeadCommand.class,
      EvaluateCommand.class,
      AttributeCommand.class,
      ReportCommand.class,
      DemoCommand.class,
      ExamCommand.class,
      SaeCommand.class,
      ZooCommand.class,
      DoctorCommand.class,
      CompletionCommand.class,
      CommandLine.HelpCommand.class
    },
    footerHeading = "%nExit status:%n",
    footer = {
      "  0    done",
      "  2    a malformed command or option value",
      "  3    something named is missing or unfit (file, class, layer, bundle, pictures)",
      "  4    an engine or Java itself is missing",
      "  130  stopped by the user"
    })
public final class Main implements Runnable {
  @CommandLine.Spec CommandLine.Model.CommandSpec spec;

  private Main() {
    // picocli fills this in before run().
    this.spec = CommandLine.Model.CommandSpec.create();
  }

  /** Runs the command and ends the process with its exit status. */
  public static void main(String[] args) {
    Interruption.install();
    int status = run(args, writer(System.out), writer(System.err));
    Interruption.ended();
    System.exit(status);
  }

  /**
   * Runs the command in this process.
   *
   * @param out where results go
   * @param err where progress and errors go
   * @return the exit status
   */
  public static int run(String[] args, PrintWriter out, PrintWriter err) {
    CommandLine line = new CommandLine(new Main());
    line.setOut(out);
    line.setErr(err);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setExecutionExceptionHandler((e, command, parsed) -> explain(e, command.getErr()));
    line.setParameterExceptionHandler(
        (e, arguments) -> {
          e.getCommandLine().getErr().println("percept: " + sentence(e.getMessage()));
          e.getCommandLine()
              .getErr()
              .println("Try '" + e.getCommandLine().getCommandSpec().qualifiedName() + " --help'.");
          return ExitCode.USAGE;
        });
    int status = line.execute(args);
    out.flush();
    err.flush();
    return status;
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  private static int explain(Exception e, PrintWriter err) {
    if (e instanceof CancellationException) {
      err.println("percept: stopped; nothing was written");
      return ExitCode.CANCELLED;
    }
    if (e instanceof EngineMissingException) {
      err.println("percept: " + e.getMessage());
      return ExitCode.ENGINE;
    }
    if (e instanceof PerceptException || e instanceof IllegalArgumentException) {
      err.println("percept: " + e.getMessage());
      return ExitCode.UNFIT;
    }
    err.println("percept: a fault of Percept's own, please report it: " + e);
    if (Boolean.getBoolean("percept.debug")) {
      e.printStackTrace(err);
    } else {
      err.println("PERCEPT_JAVA_OPTS=-Dpercept.debug=true shows where.");
    }
    return ExitCode.BUG;
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
  }

  private static String sentence(@Nullable String message) {
    return String.valueOf(message).replaceAll("\\s*\\R\\s*", " ");
  }
}
