package dev.percept.benchmarks;

import static org.bytedeco.pytorch.global.torch.cat;
import static org.bytedeco.pytorch.global.torch.conv2d;
import static org.bytedeco.pytorch.global.torch.gelu;
import static org.bytedeco.pytorch.global.torch.grad;
import static org.bytedeco.pytorch.global.torch.layer_norm;
import static org.bytedeco.pytorch.global.torch.linear;
import static org.bytedeco.pytorch.global.torch.scaled_dot_product_attention;

import dev.percept.core.Shape;
import dev.percept.engine.torch.graph.Memory;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;

/**
 * The network of {@link RandomVit} in libtorch's own operators, as PyTorch runs a vision
 * transformer: linear, layer_norm, gelu, scaled_dot_product_attention.
 */
final class DirectVit implements AutoCloseable {
  private final Map<String, Tensor> weights = new HashMap<>();

  DirectVit(RandomVit network) {
    network
        .weights()
        .forEach(
            (name, values) -> {
              Tensor t = Memory.load(values);
              // PyTorch keeps dense weights as out x in.
              boolean dense = name.endsWith(".w") && values.shape().rank() == 2;
              weights.put(name, dense && !name.startsWith("head") ? t.t().contiguous() : t);
            });
  }

  private Tensor w(String name) {
    return Objects.requireNonNull(weights.get(name), name);
  }

  @SuppressWarnings("try") // scopes are there to be closed
  dev.percept.core.Tensor logits(dev.percept.core.Tensor x) {
    try (PointerScope scope = new PointerScope();
        NoGradGuard guard = new NoGradGuard()) {
      return Memory.read(forward(Memory.load(x)), Shape.of(x.rows(), RandomVit.CLASSES));
    }
  }

  /** The gradient of half the squares of the logits, summed. */
  @SuppressWarnings("try") // scopes are there to be closed
  dev.percept.core.Tensor pull(dev.percept.core.Tensor x) {
    try (PointerScope scope = new PointerScope()) {
      Tensor in = Memory.load(x).set_requires_grad(true);
      Tensor out = forward(in);
      TensorVector gradients =
          grad(
              new TensorVector(out),
              new TensorVector(in),
              new TensorVector(out.detach()),
              new BoolOptional(),
              false,
              false);
      return Memory.read(gradients.get(0), x.shape());
    }
  }

  private Tensor forward(Tensor picture) {
    long n = picture.size(0);
    long[] stride = {RandomVit.PATCH, RandomVit.PATCH};
    Tensor x =
        conv2d(
            picture,
            w("patch.w"),
            new TensorOptional(w("patch.b")),
            stride,
            new long[] {0, 0},
            new long[] {1, 1},
            1);
    x = x.flatten(2, 3).transpose(1, 2);
    x = cat(new TensorVector(w("class").expand(n, 1, RandomVit.WIDTH), x), 1);
    x = x.add(w("positions"));
    for (int i = 0; i < RandomVit.BLOCKS; i++) {
      x = block(x, "b" + i, n);
    }
    return linear(norm(x, "norm").select(1, 0), w("head.w"), new TensorOptional(w("head.b")));
  }

  private Tensor block(Tensor x, String name, long n) {
    long each = RandomVit.WIDTH / RandomVit.HEADS;
    Tensor qkv =
        dense(norm(x, name + ".n1"), name + ".qkv")
            .reshape(n, -1, 3, RandomVit.HEADS, each)
            .permute(2, 0, 3, 1, 4);
    Tensor y = scaled_dot_product_attention(qkv.select(0, 0), qkv.select(0, 1), qkv.select(0, 2));
    y = y.transpose(1, 2).reshape(n, -1, RandomVit.WIDTH);
    x = x.add(dense(y, name + ".proj"));
    y = gelu(dense(norm(x, name + ".n2"), name + ".up"));
    return x.add(dense(y, name + ".down"));
  }

  private Tensor dense(Tensor x, String name) {
    return linear(x, w(name + ".w"), new TensorOptional(w(name + ".b")));
  }

  private Tensor norm(Tensor x, String name) {
    return layer_norm(
        x,
        new long[] {RandomVit.WIDTH},
        new TensorOptional(w(name + ".g")),
        new TensorOptional(w(name + ".b")),
        RandomVit.EPSILON,
        false);
  }

  @Override
  public void close() {
    weights.values().forEach(Tensor::close);
  }
}
