package dev.percept.fact.bcos;

import dev.percept.core.Shape;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Attention of all tokens to all, n x tokens x width to the same. What is attended to is multiplied
 * by a matrix that queries and keys make; in explanation mode these are constants.
 *
 * <p>Böhle et al., B-cos Alignment for Inherently Interpretable CNNs and Vision Transformers, TPAMI
 * 2024, section 3.3.
 *
 * @param name of the linear layer that makes queries, keys and values
 * @param width values of a token
 * @param heads into how many parts they fall
 */
record Attention(String name, int width, int heads) implements Part {
  @Override
  public List<Parameter> parameters() {
    Shape shape = Shape.of(3 * width, width);
    return List.of(new Parameter(name + ".weight", shape, Parameter.Kind.LINEAR));
  }

  @Override
  public Step with(Store store) {
    Tensor weight = store.tensor(name + ".weight");
    Scalar scale = new Scalar(Math.pow((double) width / heads, -0.5));
    return (x, how) -> {
      Tensor all = torch.linear(x, weight);
      Tensor fixed = how.explains() ? all.detach() : all;
      Tensor q = part(fixed, 0);
      Tensor k = part(fixed, 1);
      Tensor v = part(all, 2);
      Tensor matrix = q.matmul(k.transpose(-1, -2)).mul(scale).softmax(-1);
      return matrix.matmul(v).transpose(1, 2).flatten(2, 3);
    };
  }

  /** Queries, keys or values: n x heads x tokens x width / heads. */
  private Tensor part(Tensor all, int index) {
    return all.narrow(2, (long) index * width, width)
        .unflatten(2, heads, width / heads)
        .transpose(1, 2);
  }
}
