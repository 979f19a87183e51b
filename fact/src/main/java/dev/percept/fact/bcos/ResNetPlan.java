package dev.percept.fact.bcos;

import dev.percept.core.Grid;
import java.util.ArrayList;
import java.util.List;

/** Lays a residual network out, with the names of the public B-cos v2. */
final class ResNetPlan {
  private final BcosSpec spec;
  private final ResNetSpec body;
  private final List<Plan.Stage> stages = new ArrayList<>();
  private int channels;
  private int rows;
  private int columns;

  private ResNetPlan(BcosSpec spec, ResNetSpec body) {
    this.spec = spec;
    this.body = body;
    this.rows = spec.height();
    this.columns = spec.width();
  }

  static Plan of(BcosSpec spec, ResNetSpec body) {
    return new ResNetPlan(spec, body).plan();
  }

  private Plan plan() {
    stem();
    for (int s = 0; s < body.stages().size(); s++) {
      ResNetSpec.Stage stage = body.stages().get(s);
      String layer = "layer" + (s + 1);
      for (int b = 0; b < stage.blocks(); b++) {
        String own = layer + "." + b;
        Part block = block(own, stage.channels(), b == 0 ? stage.stride() : 1);
        String name = b == stage.blocks() - 1 ? layer : own;
        stages.add(new Plan.Stage(block, place(name, own)));
      }
    }
    Part classifier =
        Sequence.of(
            conv("fc", channels, spec.classes(), 1, 1, 1),
            new Logits(true, spec.logitTemperature(), spec.logitBias()));
    stages.add(new Plan.Stage(classifier, null));
    return new Plan(stages, true);
  }

  private void stem() {
    List<Part> parts = new ArrayList<>();
    channels = body.stem();
    parts.add(conv("conv1", BcosSpec.CHANNELS, channels, body.stemKernel(), body.stemStride(), 1));
    parts.add(norm("bn1", channels));
    shrink(body.stemStride());
    if (body.stemPool()) {
      parts.add(new AveragePool(3, 2, 1));
      shrink(2);
    }
    stages.add(new Plan.Stage(new Sequence(parts), place("stem", "stem")));
  }

  private Plan.Place place(String name, String alias) {
    return new Plan.Place(name, alias, new Grid(rows, columns), channels, false);
  }

  /** Every filter is odd and padded by half its size, so that only steps shrink a map. */
  private void shrink(int stride) {
    rows = (rows - 1) / stride + 1;
    columns = (columns - 1) / stride + 1;
  }

  private Part block(String name, int planes, int stride) {
    int in = channels;
    int out = planes * body.block().expansion();
    List<Part> parts = new ArrayList<>();
    if (body.block() == ResNetSpec.Block.BASIC) {
      parts.add(conv(name + ".conv1", in, planes, 3, stride, 1));
      parts.add(norm(name + ".bn1", planes));
      parts.add(conv(name + ".conv2", planes, planes, 3, 1, 1));
      parts.add(norm(name + ".bn2", planes));
    } else {
      int width = planes * body.groupWidth() / 64 * body.groups();
      parts.add(conv(name + ".conv1", in, width, 1, 1, 1));
      parts.add(norm(name + ".bn1", width));
      parts.add(conv(name + ".conv2", width, width, 3, stride, body.groups()));
      parts.add(norm(name + ".bn2", width));
      parts.add(conv(name + ".conv3", width, out, 1, 1, 1));
      parts.add(norm(name + ".bn3", out));
    }
    List<Part> shortcut = new ArrayList<>();
    if (stride != 1 || in != out) {
      shortcut.add(conv(name + ".downsample.0", in, out, 1, stride, 1));
      shortcut.add(norm(name + ".downsample.1", out));
    }
    channels = out;
    shrink(stride);
    return new Residual(new Sequence(parts), new Sequence(shortcut));
  }

  private Part conv(String name, int in, int out, int kernel, int stride, int groups) {
    return new BcosConv(
        name, in, out, kernel, stride, kernel / 2, 1, groups, spec.b(), spec.maxOut());
  }

  private Part norm(String name, int channels) {
    return new Normalisation(name, channels, spec.norm(), false);
  }
}
