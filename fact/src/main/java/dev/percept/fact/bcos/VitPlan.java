package dev.percept.fact.bcos;

import dev.percept.core.Grid;
import java.util.ArrayList;
import java.util.List;

/**
 * Lays a vision transformer out, with the names of the public B-cos v2, which puts it and the layer
 * of the logits into a sequence: hence the {@code 0.} in front of every name.
 */
final class VitPlan {
  private static final String ROOT = "0.";

  private final BcosSpec spec;
  private final VitSpec body;
  private final List<Plan.Stage> stages = new ArrayList<>();

  private VitPlan(BcosSpec spec, VitSpec body) {
    this.spec = spec;
    this.body = body;
  }

  static Plan of(BcosSpec spec, VitSpec body) {
    return new VitPlan(spec, body).plan();
  }

  private Plan plan() {
    Grid grid = embedding();
    for (int i = 0; i < body.depth(); i++) {
      String name = "transformer.encoder_" + i;
      stages.add(new Plan.Stage(encoder(ROOT + name), place(name, "encoder_" + i, grid)));
    }
    Part head =
        Sequence.of(
            new MeanOfTokens(),
            norm(ROOT + "linear_head.norm"),
            linear(ROOT + "linear_head.linear", body.width(), spec.classes()),
            new Logits(false, spec.logitTemperature(), spec.logitBias()));
    stages.add(new Plan.Stage(head, null));
    // An embedding of the position does not depend on the input.
    return new Plan(stages, false);
  }

  private static int stride(int in, int out) {
    return out > in ? 2 : 1;
  }

  /**
   * The places of patches.
   *
   * @throws IllegalArgumentException if they do not fill the picture
   */
  static Grid grid(VitSpec body, int height, int width) {
    int channels = BcosSpec.CHANNELS;
    int rows = height;
    int columns = width;
    for (int out : body.stem()) {
      rows = (rows - 1) / stride(channels, out) + 1;
      columns = (columns - 1) / stride(channels, out) + 1;
      channels = out;
    }
    int patch = body.patch();
    if (rows % patch != 0 || columns % patch != 0) {
      throw new IllegalArgumentException(
          "patch: a divisor of " + rows + " and " + columns + ", found " + patch);
    }
    return new Grid(rows / patch, columns / patch);
  }

  private Plan.Place place(String name, String alias, Grid grid) {
    return new Plan.Place(name, alias, grid, body.width(), true);
  }

  private Grid embedding() {
    List<Part> parts = new ArrayList<>();
    int channels = BcosSpec.CHANNELS;
    for (int i = 0; i < body.stem().size(); i++) {
      int out = body.stem().get(i);
      int stride = stride(channels, out);
      // Every third entry of the sequence is an activation function, which B-cos networks lack.
      String name = ROOT + "to_patch_embedding.conv_stem.";
      parts.add(
          new BcosConv(name + 3 * i, channels, out, 3, stride, 1, 1, 1, spec.b(), spec.maxOut()));
      parts.add(new Normalisation(name + (3 * i + 1), out, ofMaps(), false));
      channels = out;
    }
    int patch = body.patch();
    Grid grid = grid(body, spec.height(), spec.width());
    parts.add(new Patches(patch));
    parts.add(linear(ROOT + "to_patch_embedding.linear", channels * patch * patch, body.width()));
    parts.add(new Positions(grid, body.width()));
    stages.add(new Plan.Stage(new Sequence(parts), place("embedding", "embedding", grid)));
    return grid;
  }

  /** Where tokens are normalised value by value, maps are as a whole. */
  private BcosNorm ofMaps() {
    return spec.norm().isCentered() ? BcosNorm.LAYER : BcosNorm.LAYER_UNCENTERED;
  }

  private Part encoder(String name) {
    Part attention =
        Sequence.of(
            norm(name + ".attn.norm"),
            new Attention(name + ".attn.to_qkv", body.width(), body.heads()),
            linear(name + ".attn.to_out", body.width(), body.width()));
    Part behind =
        Sequence.of(
            norm(name + ".ff.net.norm"),
            linear(name + ".ff.net.linear1", body.width(), body.hidden()),
            linear(name + ".ff.net.linear2", body.hidden(), body.width()));
    return Sequence.of(new Residual(attention, Sequence.of()), new Residual(behind, Sequence.of()));
  }

  private Part linear(String name, int in, int out) {
    return new BcosLinear(name, in, out, spec.b(), spec.maxOut());
  }

  private Part norm(String name) {
    return new Normalisation(name, body.width(), spec.norm(), true);
  }
}
