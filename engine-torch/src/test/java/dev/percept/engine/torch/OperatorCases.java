package dev.percept.engine.torch;

import dev.percept.onnx.TensorData;
import dev.percept.onnx.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Operators with the attributes that change what they do. The input is N x 3 x 7 x 6. */
final class OperatorCases {
  private OperatorCases() {}

  private static Map<String, Object> map(Object... pairs) {
    Map<String, Object> all = new TreeMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      all.put((String) pairs[i], pairs[i + 1]);
    }
    return all;
  }

  private static long[] l(long... values) {
    return values;
  }

  private static OperatorCase with(String type, int opset, Object... attributes) {
    String name = type + " " + List.of(attributes.length == 0 ? new Object[] {""} : attributes);
    return OperatorCase.of(
        name.replaceAll("\\[J@\\w+", "longs" + java.util.Arrays.deepHashCode(attributes)),
        opset,
        (m, x) -> x.op(type, "y", map(attributes)));
  }

  /** Windows and sizes of pictures. */
  static Stream<OperatorCase> places() {
    List<OperatorCase> all = new ArrayList<>();
    for (Object[] a :
        new Object[][] {
          {"pads", l(1, 0, 2, 1)},
          {"auto_pad", "SAME_UPPER", "strides", l(2, 2)},
          {"auto_pad", "SAME_LOWER", "strides", l(2, 3)},
          {"auto_pad", "VALID"},
          {"dilations", l(2, 1), "pads", l(2, 1, 2, 1)},
          {"strides", l(3, 2), "pads", l(1, 1, 1, 1), "group", 3},
        }) {
      int in = a[a.length - 1].equals(3) ? 1 : 3;
      all.add(
          OperatorCase.of(
              "Conv" + all.size(),
              13,
              (m, x) ->
                  x.op(
                      "Conv",
                      "y",
                      map(a),
                      m.constant("w", m.weights(6, in, 3, 3)),
                      m.constant("b", m.weights(6)))));
    }
    for (Object[] a :
        new Object[][] {
          {"strides", l(2, 2)},
          {"strides", l(2, 2), "pads", l(1, 0, 0, 1)},
          {"strides", l(2, 2), "pads", l(1, 1, 1, 1), "output_padding", l(1, 1)},
          {"strides", l(2, 3), "auto_pad", "SAME_UPPER"},
          {"strides", l(2, 2), "output_shape", l(14, 13)},
        }) {
      all.add(
          OperatorCase.of(
              "ConvTranspose" + all.size(),
              13,
              (m, x) ->
                  x.op("ConvTranspose", "y", map(a), m.constant("w", m.weights(3, 4, 3, 3)))));
    }
    for (Object[] a :
        new Object[][] {
          {"kernel_shape", l(3, 3), "strides", l(2, 2)},
          {"kernel_shape", l(3, 3), "strides", l(2, 2), "ceil_mode", 1},
          {"kernel_shape", l(3, 3), "strides", l(2, 2), "pads", l(1, 1, 1, 1)},
          {"kernel_shape", l(3, 2), "strides", l(2, 2), "pads", l(0, 0, 1, 1)},
          {"kernel_shape", l(2, 2), "strides", l(2, 2), "auto_pad", "SAME_UPPER"},
        }) {
      all.add(OperatorCase.of("MaxPool" + all.size(), 13, (m, x) -> x.op("MaxPool", "y", map(a))));
      for (int counted = 0; counted < 2; counted++) {
        Map<String, Object> b = map(a);
        b.put("count_include_pad", counted);
        all.add(
            OperatorCase.of("AveragePool" + all.size(), 19, (m, x) -> x.op("AveragePool", "y", b)));
        all.add(
            OperatorCase.of("AveragePool" + all.size(), 13, (m, x) -> x.op("AveragePool", "y", b)));
      }
    }
    all.add(with("MaxPool", 12, "kernel_shape", l(2, 2), "dilations", l(2, 2)));
    all.add(with("GlobalMaxPool", 13));
    all.add(with("GlobalAveragePool", 13));
    all.add(with("LRN", 13, "size", 3, "alpha", 0.3f, "beta", 0.6f, "bias", 1.5f));
    all.add(with("DepthToSpace", 13, "blocksize", 1));
    all.add(with("SpaceToDepth", 13, "blocksize", 1));
    all.addAll(resizes());
    all.addAll(pads());
    return all.stream();
  }

  private static List<OperatorCase> resizes() {
    List<OperatorCase> all = new ArrayList<>();
    String[][] modes = {
      {"nearest", "asymmetric", "floor"},
      {"nearest", "half_pixel", "round_prefer_floor"},
      {"nearest", "half_pixel", "round_prefer_ceil"},
      {"nearest", "align_corners", "ceil"},
      {"linear", "half_pixel", "floor"},
      {"linear", "pytorch_half_pixel", "floor"},
      {"linear", "align_corners", "floor"},
      {"linear", "asymmetric", "floor"},
      {"cubic", "half_pixel", "floor"},
      {"cubic", "pytorch_half_pixel", "floor"},
      {"cubic", "align_corners", "floor"},
    };
    for (String[] how : modes) {
      Map<String, Object> a =
          map("mode", how[0], "coordinate_transformation_mode", how[1], "nearest_mode", how[2]);
      all.add(
          OperatorCase.of(
              "Resize to sizes " + String.join(" ", how),
              13,
              (m, x) -> {
                Value none = m.constant("none", m.normal(1, 0));
                Value n =
                    x.op("Shape", "s", Map.of())
                        .op("Gather", "n", Map.of("axis", 0), m.longs("z", 0));
                Value to = n.op("Concat", "to", Map.of("axis", 0), m.longs("rest", 3, 11, 4));
                return m.builder.op("Resize", "y", a, x, none, none, to);
              }));
      all.add(
          OperatorCase.of(
              "Resize by scales " + String.join(" ", how),
              17,
              (m, x) -> {
                Value none = m.constant("none", m.normal(1, 0));
                Value scales =
                    m.constant(
                        "scales",
                        dev.percept.core.Tensor.of(dev.percept.core.Shape.of(4), 1, 1, 0.6f, 2.5f));
                return m.builder.op("Resize", "y", a, x, none, scales);
              }));
    }
    Map<String, Object> antialias = map("mode", "linear", "antialias", 1);
    all.add(
        OperatorCase.of(
            "Resize antialias",
            18,
            (m, x) -> {
              Value none = m.constant("none", m.normal(1, 0));
              Value scales =
                  m.constant(
                      "scales",
                      dev.percept.core.Tensor.of(dev.percept.core.Shape.of(4), 1, 1, 1, 0.5f));
              return m.builder.op("Resize", "y", antialias, x, none, scales);
            }));
    all.add(
        OperatorCase.of(
            "Upsample",
            9,
            (m, x) ->
                x.op(
                    "Upsample",
                    "y",
                    map("mode", "nearest"),
                    m.constant(
                        "scales",
                        dev.percept.core.Tensor.of(dev.percept.core.Shape.of(4), 1, 1, 2, 3)))));
    return all;
  }

  private static List<OperatorCase> pads() {
    List<OperatorCase> all = new ArrayList<>();
    for (String mode : List.of("constant", "reflect", "edge")) {
      all.add(
          OperatorCase.of(
              "Pad " + mode,
              13,
              (m, x) -> x.op("Pad", "y", map("mode", mode), m.longs("p", 0, 0, 2, 1, 0, 0, 3, 0))));
    }
    all.add(with("Pad", 9, "pads", l(0, 1, 0, 1, 0, 0, 2, 0), "value", 0.5f));
    all.add(
        OperatorCase.of(
            "Pad axes",
            19,
            (m, x) ->
                m.builder.op(
                    "Pad",
                    "y",
                    map("mode", "wrap"),
                    x,
                    m.longs("p", 1, 2, 3, 0),
                    m.scalar("value", 0),
                    m.longs("axes", 2, -1))));
    return all;
  }

  /** Functions of values, norms, products and reductions. */
  static Stream<OperatorCase> values() {
    List<OperatorCase> all = new ArrayList<>();
    for (String type :
        List.of(
                "Abs Neg Exp Sin Cos Tan Atan Sinh Cosh Sigmoid Tanh Erf Relu LeakyRelu Elu Selu Celu"
                    + " Softplus Softsign HardSigmoid HardSwish ThresholdedRelu Mish Softmax"
                    + " LogSoftmax LpNormalization")
            .get(0)
            .split(" ", -1)) {
      all.add(with(type, 18));
    }
    for (String type : List.of("Sqrt", "Log", "Reciprocal")) {
      all.add(with(type, 13).around(3));
    }
    for (String type : List.of("Sign", "Floor", "Ceil", "Round")) {
      all.add(with(type, 13).flat());
    }
    all.add(with("Gelu", 20));
    all.add(with("Gelu", 20, "approximate", "tanh"));
    all.add(with("LeakyRelu", 13, "alpha", 0.3f));
    all.add(with("Elu", 13, "alpha", 0.7f));
    all.add(with("HardSigmoid", 13, "alpha", 0.3f, "beta", 0.4f));
    all.add(with("Softmax", 11, "axis", 2));
    all.add(with("LogSoftmax", 11));
    all.add(with("Softmax", 13, "axis", 1));
    all.add(with("Clip", 9, "min", -0.3f, "max", 0.4f));
    all.add(OperatorCase.of("PRelu", 13, (m, x) -> x.op("PRelu", "y", Map.of(), third(m))));
    for (String type : List.of("Add", "Sub", "Mul", "Div", "Max", "Min", "Sum", "Mean")) {
      all.add(OperatorCase.of(type, 13, (m, x) -> x.op(type, "y", Map.of(), third(m))));
    }
    all.add(
        OperatorCase.of("Pow", 13, (m, x) -> x.op("Pow", "y", Map.of(), m.scalar("e", 3)))
            .around(2));
    for (String type :
        List.of(
                "ReduceL1 ReduceL2 ReduceLogSumExp ReduceMax ReduceMean ReduceMin"
                    + " ReduceProd ReduceSumSquare")
            .get(0)
            .split(" ", -1)) {
      all.add(with(type, 13, "axes", l(2, -1), "keepdims", 0).around(1));
      all.add(
          OperatorCase.of(
                  type, 18, (m, x) -> x.op(type, "y", map("keepdims", 1), m.longs("axes", 1)))
              .around(1));
    }
    all.add(with("ReduceSum", 11, "axes", l(1)));
    all.add(with("ReduceLogSum", 13, "axes", l(1)).around(3));
    all.add(
        OperatorCase.of(
            "ReduceSum", 13, (m, x) -> x.op("ReduceSum", "y", map(), m.longs("axes", 3))));
    for (int flags = 0; flags < 4; flags++) {
      Map<String, Object> a = map("exclusive", flags & 1, "reverse", flags >> 1);
      all.add(
          OperatorCase.of(
              "CumSum" + flags,
              14,
              (m, x) -> x.op("CumSum", "y", a, m.builder.constant(TensorData.scalar("axis", 2)))));
    }
    norms(all);
    products(all);
    return all.stream();
  }

  private static Value third(Weights m) {
    return m.constant("c", m.normal(1, 3, 1, 1));
  }

  private static void norms(List<OperatorCase> all) {
    all.add(
        OperatorCase.of(
            "InstanceNormalization",
            13,
            (m, x) ->
                x.op(
                    "InstanceNormalization",
                    "y",
                    map("epsilon", 0.01f),
                    m.constant("s", m.weights(3)),
                    m.constant("b", m.weights(3)))));
    all.add(
        OperatorCase.of(
            "LayerNormalization",
            17,
            (m, x) ->
                x.op(
                    "LayerNormalization",
                    "y",
                    map("axis", 2),
                    m.constant("s", m.weights(7, 6)),
                    m.constant("b", m.weights(7, 6)))));
    all.add(
        OperatorCase.of(
            "GroupNormalization",
            21,
            (m, x) ->
                x.op(
                    "GroupNormalization",
                    "y",
                    map("num_groups", 3),
                    m.constant("s", m.weights(3)),
                    m.constant("b", m.weights(3)))));
    all.add(
        OperatorCase.of(
            "BatchNormalization",
            13,
            (m, x) ->
                x.batchNormalization(
                    "y", m.weights(3), m.weights(3), m.weights(3), Weights.filled(2, 3), 0.1f)));
  }

  private static void products(List<OperatorCase> all) {
    all.add(
        OperatorCase.of("MatMul", 13, (m, x) -> x.matMul("y", m.constant("w", m.matrix(6, 4)))));
    all.add(
        OperatorCase.of(
            "MatMul and Add",
            13,
            (m, x) ->
                x.matMul("p", m.constant("w", m.matrix(6, 4)))
                    .add("y", m.constant("b", m.weights(4)))));
    all.add(
        OperatorCase.of(
            "Gemm",
            13,
            (m, x) ->
                x.flatten("f")
                    .op(
                        "Gemm",
                        "y",
                        map("alpha", 0.5f, "beta", 2f),
                        m.constant("w", m.matrix(126, 4)),
                        m.constant("b", m.weights(1, 4)))));
    all.add(
        OperatorCase.of(
            "Einsum",
            13,
            (m, x) ->
                m.builder.op(
                    "Einsum",
                    "y",
                    map("equation", "nchw,wk->nkhc"),
                    x,
                    m.constant("w", m.matrix(6, 4)))));
  }

  /** Operators that move, pick and make values. */
  static Stream<OperatorCase> layouts() {
    List<OperatorCase> all = new ArrayList<>();
    all.add(with("Transpose", 13, "perm", l(0, 3, 1, 2)));
    all.add(with("Flatten", 13, "axis", 1));
    all.add(with("Slice", 9, "starts", l(1, -4), "ends", l(9, -1), "axes", l(2, 3)));
    all.add(
        OperatorCase.of(
            "Squeeze",
            11,
            (m, x) ->
                x.op("Unsqueeze", "u", map("axes", l(1, -1)))
                    .op("Squeeze", "y", map("axes", l(-1, 1)))));
    all.add(
        OperatorCase.of(
            "Slice backwards",
            13,
            (m, x) ->
                m.builder.op(
                    "Slice",
                    "y",
                    map(),
                    x,
                    m.longs("s", -1, 5),
                    m.longs("e", Long.MIN_VALUE, 1),
                    m.longs("a", 2, 3),
                    m.longs("d", -2, -1))));
    all.add(
        OperatorCase.of(
            "Gather", 13, (m, x) -> x.op("Gather", "y", map("axis", 2), m.longs("i", 0, -1, 3))));
    all.add(
        OperatorCase.of(
            "Gather one",
            13,
            (m, x) ->
                x.op(
                    "Gather",
                    "y",
                    map("axis", 1),
                    m.builder.constant(TensorData.scalar("i", -2)))));
    all.add(
        OperatorCase.of("Tile", 13, (m, x) -> x.op("Tile", "y", map(), m.longs("r", 1, 2, 1, 3))));
    all.add(
        OperatorCase.of(
            "Expand",
            13,
            (m, x) ->
                x.reduceMean("mean", true, 2).op("Expand", "y", map(), m.longs("s", 3, 4, 1))));
    all.add(OperatorCase.of("Reshape", 13, (m, x) -> x.reshape("y", 0, -1, 3)));
    all.add(OperatorCase.of("Concat", 13, (m, x) -> x.concat("y", 1, x.relu("r"))));
    all.add(OperatorCase.of("Trilu", 14, (m, x) -> x.op("Trilu", "y", map("upper", 0))));
    all.add(
        OperatorCase.of(
            "Where",
            16,
            (m, x) ->
                m.builder.op(
                    "Where",
                    "y",
                    map(),
                    x.op("Greater", "g", map(), m.scalar("h", 0.1)),
                    x,
                    m.scalar("other", 2))));
    all.add(
        OperatorCase.of("Mod", 13, (m, x) -> x.op("Mod", "y", map("fmod", 1), m.scalar("d", 0.7))));
    for (String type : List.of("Equal", "Less", "LessOrEqual", "GreaterOrEqual")) {
      all.add(
          OperatorCase.of(
              type,
              16,
              (m, x) ->
                  x.mul(
                      "y",
                      x.op(type, "c", map(), m.scalar("h", 0.1))
                          .op("Not", "n", map())
                          .op("Cast", "mask", map("to", 1)))));
    }
    all.add(
        OperatorCase.of(
            "ArgMax",
            13,
            (m, x) ->
                x.mul("y", x.op("ArgMax", "i", map("axis", 2)).op("Cast", "f", map("to", 1)))));
    return all.stream();
  }
}
