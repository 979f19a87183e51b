package dev.percept.engine.torch.graph;

import java.util.Map;
import java.util.TreeMap;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/** Products of matrices. */
final class Products {
  private Products() {}

  static Map<String, Operator> operators() {
    Map<String, Operator> all = new TreeMap<>();
    all.put("MatMul", Operator.of(c -> torch.matmul(c.tensor(0), c.tensor(1))));
    all.put("Gemm", Operator.of(Products::gemm));
    all.put("Einsum", Operator.of(Products::einsum));
    return all;
  }

  /** {@code alpha A B + beta C}. */
  private static Tensor gemm(Call c) {
    double alpha = c.number("alpha", 1);
    double beta = c.number("beta", 1);
    Tensor a = c.integer("transA", 0) == 1 ? c.tensor(0).t() : c.tensor(0);
    boolean columns = c.integer("transB", 0) == 1;
    Tensor b = c.tensor(1);
    if (alpha == 1 && beta == 1 && c.has(2) && c.tensor(2).dim() == 1) {
      return torch.linear(a, columns ? b : b.t(), new TensorOptional(c.tensor(2)));
    }
    Tensor product = torch.matmul(a, columns ? b.t() : b);
    product = alpha == 1 ? product : product.mul(new Scalar(alpha));
    if (!c.has(2)) {
      return product;
    }
    return product.add(beta == 1 ? c.tensor(2) : c.tensor(2).mul(new Scalar(beta)));
  }

  private static Tensor einsum(Call c) {
    TensorVector inputs = new TensorVector();
    for (int i = 0; i < c.size(); i++) {
      inputs.push_back(c.tensor(i));
    }
    return torch.einsum(c.text("equation", ""), inputs);
  }
}
