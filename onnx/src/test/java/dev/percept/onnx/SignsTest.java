package dev.percept.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SignsTest {
  @TempDir Path folder;

  private static Arguments is(String what, UnaryOperator<Value> make) {
    return Arguments.of(what, make, true);
  }

  private static Arguments not(String what, UnaryOperator<Value> make) {
    return Arguments.of(what, make, false);
  }

  private static Value relu(Value x) {
    return x.relu("relu");
  }

  private static Value weight(Value x, String name, float value, int... dims) {
    return x.builder().constant(name, Tensors.all(value, dims));
  }

  static Stream<Arguments> cases() {
    return Stream.of(
        is("relu", x -> relu(x)),
        is("sigmoid", x -> x.sigmoid("y")),
        is("softmax", x -> x.softmax("y", 1)),
        is("exp", x -> x.op("Exp", "y", Map.of())),
        is("relu6", x -> x.clip("y", 0, 6)),
        not("clip below zero", x -> x.clip("y", -1, 6)),
        is("clip of relu", x -> relu(x).clip("y", -1, 6)),
        is("square", x -> x.mul("y", x)),
        is("even power", x -> x.op("Pow", "y", Map.of(), weight(x, "two", 2))),
        not("odd power", x -> x.op("Pow", "y", Map.of(), weight(x, "three", 3))),
        is("sum of non-negatives", x -> relu(x).add("y", x.sigmoid("s"))),
        not("sum with a signed one", x -> relu(x).add("y", x)),
        not("SiLU", x -> x.mul("y", x.sigmoid("s"))),
        not("HardSwish", x -> x.op("HardSwish", "y", Map.of())),
        not("GELU", x -> x.op("Gelu", "y", Map.of())),
        not("LeakyRelu", x -> x.op("LeakyRelu", "y", Map.of())),
        is("max with one of them", x -> x.op("Max", "y", Map.of(), relu(x))),
        not("min with one of them", x -> x.op("Min", "y", Map.of(), relu(x))),
        is("pooling", x -> relu(x).globalAveragePool("y")),
        is("moved", x -> relu(x).transpose("t", 0, 2, 3, 1).reshape("y", 0, -1, 3)),
        is("concatenation", x -> relu(x).concat("y", 1, x.sigmoid("s"))),
        not("concatenation with a signed one", x -> relu(x).concat("y", 1, x)),
        is("scaled", x -> relu(x).mul("y", weight(x, "w", 2))),
        not("scaled below zero", x -> relu(x).mul("y", weight(x, "w", -2))),
        not("shifted down", x -> relu(x).add("y", weight(x, "w", -.1f))),
        not("difference", x -> relu(x).op("Sub", "y", Map.of(), x.sigmoid("s"))),
        is("blur", x -> relu(x).conv("y", Tensors.all(.25f, 3, 1, 2, 2), null, 1, 0, 3)),
        not("convolution", x -> relu(x).conv("y", Tensors.signed(3, 3, 1, 1), null, 1, 0)),
        is("padding", x -> relu(x).op("Pad", "y", Map.of(), x.builder().constant("p", 0, 0, 1))),
        is("nearest up-sampling", x -> relu(x).op("Resize", "y", Map.of("mode", "nearest"))),
        not("cubic up-sampling", x -> relu(x).op("Resize", "y", Map.of("mode", "cubic"))),
        not(
            "batch norm",
            x ->
                relu(x)
                    .batchNormalization(
                        "y",
                        Tensors.all(1, 3),
                        Tensors.all(0, 3),
                        Tensors.all(0, 3),
                        Tensors.all(1, 3),
                        1e-5f)),
        not("the input", x -> x.identity("y")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void knowsWhatCannotBeNegative(String what, UnaryOperator<Value> make, boolean expected) {
    OnnxBuilder b = new OnnxBuilder(17);
    Value y = make.apply(b.input("x", OnnxBuilder.DYNAMIC, 3, 8, 8));
    y.output();
    Path file = folder.resolve("model.onnx");
    b.writeTo(file);
    Graph graph = OnnxModel.read(file).graph();
    assertEquals(expected, new Signs(graph).isNonNegative(y.name()), what);
  }
}
