package dev.percept.engine.torch.graph;

import java.util.Map;
import java.util.TreeMap;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * Operators that stand for several nodes: those that {@link Fusion} puts in place of a pattern, and
 * those of the engines' own domains.
 */
final class Fused {
  /** The domain of what {@link Fusion} makes. */
  static final String DOMAIN = "percept";

  static final String ATTENTION = "Attention";
  static final String LINEAR = "Linear";
  static final String LAYER_NORM = "LayerNorm";
  static final String SILU = "Silu";
  static final String GELU = "Gelu";

  private Fused() {}

  static Map<String, Operator> operators() {
    Map<String, Operator> all = new TreeMap<>();
    all.put(DOMAIN + "." + ATTENTION, Operator.of(Fused::attention));
    all.put(DOMAIN + "." + LINEAR, Operator.of(Fused::linear));
    all.put(DOMAIN + "." + LAYER_NORM, Operator.of(Fused::layerNorm));
    all.put(
        DOMAIN + "." + GELU, Operator.of(c -> torch.gelu(c.x(), c.text("approximate", "none"))));
    all.put(DOMAIN + "." + SILU, Operator.of(c -> torch.silu(c.x())));
    all.put("com.microsoft.Gelu", Operator.of(c -> torch.gelu(c.x(), "none")));
    all.put("com.microsoft.BiasGelu", Operator.of(c -> torch.gelu(biased(c), "none")));
    all.put("com.microsoft.FastGelu", Operator.of(c -> torch.gelu(biased(c), "tanh")));
    return all;
  }

  private static Tensor biased(Call c) {
    return c.has(1) ? c.x().add(c.tensor(1)) : c.x();
  }

  /** Inputs x, W (in x out) and b: {@code x W + b}. */
  private static Tensor linear(Call c) {
    return torch.linear(c.x(), c.tensor(1).t(), new TensorOptional(c.tensor(2)));
  }

  private static Tensor layerNorm(Call c) {
    long[] dims = c.x().shape();
    return Norms.layer(c, new long[] {dims[dims.length - 1]}, c.number("epsilon", 0));
  }

  /**
   * {@code softmax(s q k + mask) v}. Inputs: q, k with its last two axes already exchanged, v, mask
   * or none, then factors of the scale s. A letter of the attribute {@code factors} for each says
   * what the graph multiplied by it (q, k or the scores s) or, as a capital, divided.
   */
  private static Tensor attention(Call c) {
    Tensor q = c.tensor(0);
    Tensor kt = c.tensor(1);
    Tensor v = c.tensor(2);
    double scale = 1;
    String factors = c.text("factors", "");
    boolean plain = false;
    for (int i = 0; i < factors.length(); i++) {
      Tensor factor = c.tensor(4 + i);
      char place = factors.charAt(i);
      if (factor.numel() == 1) {
        double each = c.scalar(4 + i);
        scale = Character.isUpperCase(place) ? scale / each : scale * each;
      } else if (Character.toLowerCase(place) == 'q') {
        q = scaled(q, factor, place);
      } else if (Character.toLowerCase(place) == 'k') {
        kt = scaled(kt, factor, place);
      } else {
        plain = true;
      }
    }
    long rank = q.dim();
    boolean last = Axes.front(axis(c), rank) == rank - 1;
    boolean same = kt.dim() == rank && v.dim() == rank && sameBatches(q, kt, v);
    if (plain || !last || !same || (rank != 3 && rank != 4)) {
      return plainly(c, torch.matmul(q, kt).mul(new Scalar(scale)), v);
    }
    if (rank == 3) {
      // The fast kernel takes heads: one.
      q = q.unsqueeze(1);
      kt = kt.unsqueeze(1);
      v = v.unsqueeze(1);
    }
    TensorOptional mask = new TensorOptional();
    if (c.has(3)) {
      Tensor m = c.tensor(3);
      mask = new TensorOptional(rank == 3 && m.dim() == 3 ? m.unsqueeze(1) : m);
    }
    Tensor y =
        torch.scaled_dot_product_attention(
            dense(q),
            dense(kt.transpose(-1, -2)),
            dense(v),
            mask,
            0.0,
            false,
            new DoubleOptional(scale),
            false);
    return rank == 3 ? y.squeeze(1) : y;
  }

  private static long axis(Call c) {
    return c.integer("axis", c.opset() < 13 ? 1 : -1);
  }

  private static Tensor scaled(Tensor x, Tensor factor, char place) {
    return Character.isUpperCase(place) ? x.div(factor) : x.mul(factor);
  }

  /** As the graph has it, where the fused kernel does not fit. */
  private static Tensor plainly(Call c, Tensor scores, Tensor v) {
    Tensor s = scores;
    String factors = c.text("factors", "");
    for (int i = 0; i < factors.length(); i++) {
      char place = factors.charAt(i);
      if (Character.toLowerCase(place) == 's' && c.tensor(4 + i).numel() != 1) {
        s = scaled(s, c.tensor(4 + i), place);
      }
    }
    s = c.has(3) ? s.add(c.tensor(3)) : s;
    long axis = axis(c);
    return torch.matmul(Curves.softmax(s, axis, c.opset() < 13, false), v);
  }

  private static boolean sameBatches(Tensor q, Tensor k, Tensor v) {
    boolean same = true;
    for (int axis = 0; axis < q.dim() - 2; axis++) {
      same &= q.size(axis) == k.size(axis) && q.size(axis) == v.size(axis);
    }
    return same;
  }

  /** The fast kernel wants the last axis without gaps. */
  private static Tensor dense(Tensor t) {
    return t.stride(-1) == 1 ? t : t.contiguous();
  }
}
