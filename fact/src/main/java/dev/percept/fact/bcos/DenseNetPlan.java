package dev.percept.fact.bcos;

import dev.percept.core.Grid;
import java.util.ArrayList;
import java.util.List;

/** Lays a densely connected network out, with the names of the public B-cos v2. */
final class DenseNetPlan {
  private final BcosSpec spec;
  private final DenseNetSpec body;
  private final List<Plan.Stage> stages = new ArrayList<>();
  private int channels;
  private int rows;
  private int columns;

  private DenseNetPlan(BcosSpec spec, DenseNetSpec body) {
    this.spec = spec;
    this.body = body;
    this.rows = spec.height();
    this.columns = spec.width();
  }

  static Plan of(BcosSpec spec, DenseNetSpec body) {
    return new DenseNetPlan(spec, body).plan();
  }

  private Plan plan() {
    stem();
    for (int b = 1; b <= body.blocks().size(); b++) {
      block("denseblock" + b, body.blocks().get(b - 1));
      if (b < body.blocks().size()) {
        transition("transition" + b);
      }
    }
    Part end =
        Sequence.of(
            norm("features.norm5", channels),
            conv("classifier", channels, spec.classes(), 1, 1),
            new Logits(true, spec.logitTemperature(), spec.logitBias()));
    stages.add(new Plan.Stage(end, null));
    return new Plan(stages, true);
  }

  private void stem() {
    List<Part> parts = new ArrayList<>();
    channels = body.stem();
    if (body.smallStem()) {
      parts.add(conv("features.conv0", BcosSpec.CHANNELS, channels, 3, 1));
    } else {
      parts.add(conv("features.conv0", BcosSpec.CHANNELS, channels, 7, 2));
      parts.add(norm("features.norm0", channels));
      parts.add(new AveragePool(3, 2, 1));
      shrink();
      shrink();
    }
    stages.add(new Plan.Stage(new Sequence(parts), place("stem", "stem")));
  }

  /** Halved, rounded up. */
  private void shrink() {
    rows = (rows + 1) / 2;
    columns = (columns + 1) / 2;
  }

  private void block(String name, int layers) {
    for (int i = 1; i <= layers; i++) {
      String layer = name + ".denselayer" + i;
      String full = "features." + layer;
      int inside = body.bottleneck() * body.growth();
      Part added =
          Sequence.of(
              norm(full + ".norm1", channels),
              conv(full + ".conv1", channels, inside, 1, 1),
              norm(full + ".norm2", inside),
              conv(full + ".conv2", inside, body.growth(), 3, 1));
      channels += body.growth();
      stages.add(new Plan.Stage(new Appended(added), place(i == layers ? name : layer, layer)));
    }
  }

  private void transition(String name) {
    Part part =
        Sequence.of(
            norm("features." + name + ".norm", channels),
            conv("features." + name + ".conv", channels, channels / 2, 1, 1),
            new AveragePool(2, 2, 0));
    channels /= 2;
    // Windows that do not fit at the edge are left out.
    rows /= 2;
    columns /= 2;
    stages.add(new Plan.Stage(part, place(name, name)));
  }

  private Plan.Place place(String name, String alias) {
    return new Plan.Place(name, alias, new Grid(rows, columns), channels, false);
  }

  private Part conv(String name, int in, int out, int kernel, int stride) {
    return new BcosConv(name, in, out, kernel, stride, kernel / 2, 1, 1, spec.b(), spec.maxOut());
  }

  private Part norm(String name, int channels) {
    return new Normalisation(name, channels, spec.norm(), false);
  }
}
