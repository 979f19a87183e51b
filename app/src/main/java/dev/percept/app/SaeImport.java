package dev.percept.app;

import dev.percept.app.fact.OpenedModel;
import dev.percept.core.SplitModel;
import dev.percept.fact.sae.SaeCard;
import dev.percept.fact.sae.SaeCheckpoint;
import dev.percept.fact.sae.SaeFile;
import dev.percept.fact.sae.SparseAutoencoder;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code percept sae import}. */
@Command(
    name = "import",
    description =
        "Takes a TopK autoencoder without biases from a checkpoint of another program, such as those"
            + " published with FaCT, and writes it as 'percept fact explain' reads it.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class SaeImport implements Callable<Integer> {
  @Parameters(
      paramLabel = "CHECKPOINT",
      description = "The autoencoder: .pt, .pth or .safetensors with encoder and decoder weights.")
  Path checkpoint = Path.of("");

  @Mixin NetworkOptions network = new NetworkOptions();

  @Option(
      names = "--layer",
      required = true,
      paramLabel = "LAYER",
      description = "Where in the network it stands.")
  String layer = "";

  @Option(
      names = "--k",
      paramLabel = "N",
      description = "How many latents speak at a place, where the checkpoint does not say it.")
  @Nullable Integer k;

  @Option(
      names = {"-o", "--output-dir"},
      required = true,
      paramLabel = "DIR",
      description = "Where to write.")
  Path out = Path.of("");

  @Spec CommandLine.Model.CommandSpec spec = CommandLine.Model.CommandSpec.create();

  @Override
  public Integer call() {
    SparseAutoencoder sae = SaeCheckpoint.read(checkpoint, k);
    try (OpenedModel model = OpenedModel.open(network.source(), 1)) {
      SplitModel cut = model.cut(layer);
      SaeCard card =
          SaeCard.of(
              sae,
              null,
              cut.info(),
              0,
              Map.of("imported", String.valueOf(checkpoint.getFileName())),
              Map.of(),
              Map.of());
      card.requireFits(cut.info(), cut.features());
      SaeFile.write(out, sae, card);
    }
    spec.commandLine()
        .getOut()
        .println(sae.concepts() + " latents, " + card(sae) + ", written to " + out);
    return ExitCode.OK;
  }

  private static String card(SparseAutoencoder sae) {
    return sae.gate().kind() + " of " + sae.features() + " features";
  }
}
