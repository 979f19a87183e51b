package dev.percept.app;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Spec;

/** {@code percept completion}. */
@Command(
    name = "completion",
    description =
        "Prints a script with which bash and zsh complete commands, options, values and files.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footerHeading = "%nTo have it in every shell, add this line to ~/.bashrc or ~/.zshrc:%n",
    footer = "  source <(percept completion)")
final class CompletionCommand implements Callable<Integer> {
  @Spec CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  @Override
  public Integer call() {
    CommandLine root = spec.root().commandLine();
    PrintWriter out = spec.commandLine().getOut();
    out.print(AutoComplete.bash(root.getCommandName(), root));
    return ExitCode.OK;
  }
}
