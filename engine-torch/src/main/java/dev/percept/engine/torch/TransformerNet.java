package dev.percept.engine.torch;

import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/** A transformer in libtorch. To be made and used inside one PointerScope. */
final class TransformerNet {
  /** What is added to the score of padding: nothing is left of it after the softmax. */
  private static final float HIDDEN = -1e4f;

  private final TransformerSpec spec;
  private final EncoderSpec encoder;
  private final Map<String, Tensor> all = new LinkedHashMap<>();

  /**
   * A network with a copy of {@code weights}.
   *
   * @param trained whether gradients are wanted
   */
  TransformerNet(TransformerWeights weights, boolean trained) {
    spec = weights.spec();
    encoder = spec.encoder();
    weights.tensors().forEach((name, t) -> all.put(name, Tensors.of(t).set_requires_grad(trained)));
  }

  /**
   * What a network says.
   *
   * @param logits n x classes
   * @param asked n x patches x attributes; null where nothing is asked
   */
  record Answer(Tensor logits, @Nullable Tensor asked) {}

  TensorVector parameters() {
    TensorVector vector = new TensorVector();
    all.values().forEach(vector::push_back);
    return vector;
  }

  /** The weights as they are now, copied. */
  TransformerWeights weights() {
    Map<String, dev.percept.core.Tensor> copy = new LinkedHashMap<>();
    all.forEach((name, t) -> copy.put(name, Tensors.toJava(t)));
    return new TransformerWeights(spec, copy);
  }

  /** Of pictures n x channels x side x side. */
  Answer ofPictures(Tensor pictures) {
    long patch = ((TransformerSpec.Patches) spec.source()).patch();
    Tensor x =
        torch
            .conv2d(
                pictures,
                get("patches.weight"),
                new TensorOptional(get("patches.bias")),
                new long[] {patch, patch},
                new long[] {0, 0},
                new long[] {1, 1},
                1)
            .flatten(2, 3)
            .transpose(1, 2);
    if (spec.hasClassToken()) {
      TensorVector both = new TensorVector();
      both.push_back(get("class.token").expand(x.size(0), 1, encoder.width()));
      both.push_back(x);
      x = torch.cat(both, 1);
    }
    return answer(x.add(get("positions")), null);
  }

  /**
   * Of tokens n x t, both int64.
   *
   * @param mask 1 for a token, 0 for padding
   */
  Answer ofTokens(Tensor ids, Tensor types, Tensor mask) {
    Tensor x =
        torch
            .embedding(get("words"), ids)
            .add(get("positions").narrow(0, 0, ids.size(1)))
            .add(torch.embedding(get("types"), types));
    Tensor hidden =
        mask.to(torch.ScalarType.Float)
            .neg()
            .add(new Scalar(1f))
            .mul(new Scalar(HIDDEN))
            .view(mask.size(0), 1, 1, mask.size(1));
    return answer(norm("embedding.norm", x), hidden);
  }

  private Answer answer(Tensor embedded, @Nullable Tensor mask) {
    boolean before = encoder.norm() == EncoderSpec.Norm.BEFORE;
    Tensor x = embedded;
    Tensor asked = null;
    for (int i = 0; i < encoder.layers(); i++) {
      if (before) {
        Tensor seen = norm(i + ".norm1", x);
        if (i == encoder.layers() - 1 && spec.hasClassToken()) {
          asked = questions(seen.narrow(1, 1, seen.size(1) - 1));
        }
        x = x.add(attention(i + "", seen, mask));
        x = x.add(network(i + "", norm(i + ".norm2", x)));
      } else {
        x = norm(i + ".norm1", x.add(attention(i + "", x, mask)));
        x = norm(i + ".norm2", x.add(network(i + "", x)));
      }
    }
    x = before ? norm("norm", x) : x;
    if (spec.reading() == TransformerSpec.Reading.MEAN) {
      asked = questions(x);
      x = x.mean(1);
    } else {
      x = x.select(1, 0);
    }
    if (spec.reading() == TransformerSpec.Reading.FIRST_RECTIFIED) {
      x = torch.relu(dense("pooler", x));
    }
    return new Answer(dense("head", x), asked);
  }

  private @Nullable Tensor questions(Tensor tokens) {
    return spec.attributes() > 0 ? dense("attributes", tokens) : null;
  }

  private Tensor attention(String block, Tensor x, @Nullable Tensor mask) {
    long n = x.size(0);
    long t = x.size(1);
    long each = encoder.width() / encoder.heads();
    Tensor qkv =
        dense(block + ".qkv", x).view(n, t, 3, encoder.heads(), each).permute(2, 0, 3, 1, 4);
    Tensor mixed =
        torch.scaled_dot_product_attention(
            qkv.select(0, 0),
            qkv.select(0, 1),
            qkv.select(0, 2),
            mask == null ? new TensorOptional() : new TensorOptional(mask),
            0.0,
            false,
            new DoubleOptional(1 / Math.sqrt((double) each)),
            false);
    return dense(block + ".out", mixed.transpose(1, 2).reshape(n, t, encoder.width()));
  }

  private Tensor network(String block, Tensor x) {
    return dense(block + ".down", torch.gelu(dense(block + ".up", x), "none"));
  }

  private Tensor dense(String name, Tensor x) {
    return torch.linear(x, get(name + ".weight"), new TensorOptional(get(name + ".bias")));
  }

  private Tensor norm(String name, Tensor x) {
    return torch.layer_norm(
        x,
        new long[] {encoder.width()},
        new TensorOptional(get(name + ".gain")),
        new TensorOptional(get(name + ".shift")),
        EncoderSpec.EPSILON,
        false);
  }

  private Tensor get(String name) {
    Tensor found = all.get(name);
    if (found == null) {
      throw new IllegalStateException("no weight " + name);
    }
    return found;
  }
}
