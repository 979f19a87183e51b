package dev.percept.fact.sae;

import dev.percept.core.Run;
import dev.percept.fact.sae.SaeSpec.Kind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A training in a process of its own, to be killed: writes activations, then trains on them. */
final class KilledTraining {
  private KilledTraining() {}

  public static void main(String[] args) {
    Path folder = Path.of(args[0]);
    Run run = Run.of(6);
    PlantedRows source = new PlantedRows(3000, 6, 48, 20, 64, 4);
    ActivationShards data = ActivationShards.write(folder.resolve("rows"), source, 200_000, run);
    List<SaeSpec> specs = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      specs.add(new SaeSpec(kind, 256, 4, 3e-3, 1));
    }
    specs.add(new SaeSpec(Kind.TOPK, 128, 8, 1e-3, 2, SaeSpec.Part.SECOND_HALF));
    TrainingOptions options = TrainingOptions.DEFAULT.withEpochs(12, 512, 3).withStateSeconds(0.05);
    SaeTrainer.train(data, specs, options, folder.resolve("training"), Map.of(), run);
  }
}
