package dev.percept.engine.torch.graph;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Arithmetic and logic value by value, with broadcasting. */
final class Elementwise {
  private Elementwise() {}

  static Map<String, Operator> operators() {
    Map<String, Operator> all = new TreeMap<>();
    arithmetic(all);
    functions(all);
    logic(all);
    return all;
  }

  private static void arithmetic(Map<String, Operator> all) {
    binary(all, "Add", torch::add);
    binary(all, "Sub", torch::sub);
    binary(all, "Mul", torch::mul);
    binary(all, "Div", Elementwise::divide);
    all.put("Mod", Operator.of(Elementwise::modulo));
    all.put("Pow", Operator.of(Elementwise::power));
    many(all, "Max", torch::maximum);
    many(all, "Min", torch::minimum);
    many(all, "Sum", torch::add);
    all.put("Mean", Operator.of(c -> reduce(c, torch::add).div(new Scalar((double) c.size()))));
  }

  private static void functions(Map<String, Operator> all) {
    unary(all, "Abs", torch::abs);
    unary(all, "Neg", torch::neg);
    unary(all, "Sign", torch::sign);
    unary(all, "Floor", torch::floor);
    unary(all, "Ceil", torch::ceil);
    unary(all, "Round", torch::round);
    unary(all, "Sqrt", torch::sqrt);
    unary(all, "Reciprocal", torch::reciprocal);
    unary(all, "Exp", torch::exp);
    unary(all, "Log", torch::log);
    unary(all, "Erf", torch::erf);
    unary(all, "Sin", torch::sin);
    unary(all, "Cos", torch::cos);
    unary(all, "Tan", torch::tan);
    unary(all, "Asin", torch::asin);
    unary(all, "Acos", torch::acos);
    unary(all, "Atan", torch::atan);
    unary(all, "Sinh", torch::sinh);
    unary(all, "Cosh", torch::cosh);
    unary(all, "IsNaN", torch::isnan);
    unary(all, "Identity", Tensor::new);
    unary(all, "Dropout", Tensor::new);
    all.put("IsInf", Operator.of(Elementwise::isInfinite));
  }

  private static void logic(Map<String, Operator> all) {
    unary(all, "Not", torch::logical_not);
    binary(all, "And", torch::logical_and);
    binary(all, "Or", torch::logical_or);
    binary(all, "Xor", torch::logical_xor);
    binary(all, "Equal", torch::eq);
    binary(all, "Greater", torch::gt);
    binary(all, "GreaterOrEqual", torch::ge);
    binary(all, "Less", torch::lt);
    binary(all, "LessOrEqual", torch::le);
    all.put("Where", Operator.of(c -> torch.where(c.tensor(0), c.tensor(1), c.tensor(2))));
  }

  private static void unary(Map<String, Operator> all, String name, UnaryOperator<Tensor> f) {
    all.put(name, Operator.of(c -> f.apply(c.x())));
  }

  private static void binary(Map<String, Operator> all, String name, BinaryOperator<Tensor> f) {
    all.put(name, Operator.of(c -> f.apply(c.tensor(0), c.tensor(1))));
  }

  private static void many(Map<String, Operator> all, String name, BinaryOperator<Tensor> f) {
    all.put(name, Operator.of(c -> reduce(c, f)));
  }

  private static Tensor reduce(Call c, BinaryOperator<Tensor> f) {
    Tensor sum = new Tensor(c.x());
    for (int i = 1; i < c.size(); i++) {
      sum = f.apply(sum, c.tensor(i));
    }
    return sum;
  }

  /** Division of integers drops the rest, as in C. */
  private static Tensor divide(Tensor a, Tensor b) {
    if (a.is_floating_point()) {
      return torch.div(a, b);
    }
    // Exact for sizes below 2^53.
    return torch
        .trunc(torch.div(a.to(ScalarType.Double), b.to(ScalarType.Double)))
        .to(a.scalar_type().intern());
  }

  private static Tensor modulo(Call c) {
    return c.integer("fmod", 0) == 1
        ? torch.fmod(c.tensor(0), c.tensor(1))
        : torch.remainder(c.tensor(0), c.tensor(1));
  }

  private static Tensor power(Call c) {
    Tensor x = c.x();
    // The type of the base is that of the result, whatever the exponent's.
    return torch.pow(x, c.tensor(1)).to(x.scalar_type().intern());
  }

  private static Tensor isInfinite(Call c) {
    Tensor found = torch.isinf(c.x());
    Scalar zero = new Scalar(0.0);
    if (c.integer("detect_negative", 1) == 0) {
      found = found.logical_and(c.x().gt(zero));
    }
    return c.integer("detect_positive", 1) == 0 ? found.logical_and(c.x().lt(zero)) : found;
  }
}
