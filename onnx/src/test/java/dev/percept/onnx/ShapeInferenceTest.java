package dev.percept.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.percept.core.PerceptException;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import dev.percept.onnx.proto.TensorProto;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Expected sizes are worked out by hand from the definitions of the operators. */
class ShapeInferenceTest {
  @TempDir Path folder;
  private final OnnxBuilder b = new OnnxBuilder(17);
  private final Value x = b.input("x", OnnxBuilder.DYNAMIC, 3, 10, 12);

  private OnnxModel model(OnnxBuilder builder) {
    Path file = folder.resolve("model.onnx");
    builder.writeTo(file);
    return OnnxModel.read(file);
  }

  private String shape(Value value) {
    value.output();
    return Dim.words(TensorShapes.of(model(b), CutOptions.DEFAULT).dims(value.name()));
  }

  private static Map<String, Object> window(String key, Object value) {
    return new TreeMap<>(Map.of("kernel_shape", new long[] {3, 3}, key, value));
  }

  @Test
  void convolutions() {
    assertEquals("N x 8 x 5 x 6", shape(x.conv("a", Tensors.signed(8, 3, 3, 3), null, 2, 1)));
  }

  @Test
  void dilationAndNoPadding() {
    Value w = b.constant("w", Tensors.signed(4, 3, 3, 3));
    // A span of 2 * (3 - 1) + 1 = 5 leaves 6 x 8 places.
    assertEquals(
        "N x 4 x 6 x 8", shape(x.op("Conv", "y", window("dilations", new long[] {2, 2}), w)));
  }

  @Test
  void samePadding() {
    Map<String, Object> attributes = window("strides", new long[] {3, 3});
    attributes.put("auto_pad", "SAME_UPPER");
    assertEquals("N x 3 x 4 x 4", shape(x.op("MaxPool", "y", attributes)));
  }

  @Test
  void poolingRoundedUp() {
    Map<String, Object> attributes = window("strides", new long[] {2, 2});
    attributes.put("ceil_mode", 1);
    // ceil((10 - 3) / 2) + 1 = 5; ceil((12 - 3) / 2) + 1 = 6.
    assertEquals("N x 3 x 5 x 6", shape(x.op("MaxPool", "y", attributes)));
  }

  @Test
  void transposedConvolution() {
    Value w = b.constant("w", Tensors.signed(3, 7, 3, 3));
    assertEquals(
        "N x 7 x 21 x 25",
        shape(x.op("ConvTranspose", "y", window("strides", new long[] {2, 2}), w)));
  }

  @Test
  void aBatchThatIsFoldedIntoAnotherAxis() {
    assertEquals("3N x 10 x 12", shape(x.reshape("y", -1, 10, 12)));
  }

  @Test
  void reshapeKeepsZeroAndTakesTheRest() {
    assertEquals("N x 30 x 12", shape(x.reshape("y", 0, -1, 12)));
  }

  @Test
  void matrixProductsBroadcast() {
    assertEquals("N x 3 x 10 x 5", shape(x.matMul("y", b.constant("w", Tensors.signed(12, 5)))));
  }

  @Test
  void vectorProductsDropAnAxis() {
    assertEquals("N x 3 x 10", shape(x.matMul("y", b.constant("w", Tensors.signed(12)))));
  }

  @Test
  void concatenationAddsUp() {
    assertEquals("N x 6 x 10 x 12", shape(x.concat("y", 1, x.relu("r"))));
  }

  @Test
  void resizeByScales() {
    Value scales = b.constant("s", Tensor.of(Shape.of(4), 1, 1, 2, .5f));
    assertEquals(
        "N x 3 x 20 x 6",
        shape(x.op("Resize", "y", Map.of(), b.constant("roi", Tensors.all(0, 0)), scales)));
  }

  @Test
  void sliceWithStepAndFromTheEnd() {
    Value y =
        x.op(
            "Slice",
            "y",
            Map.of(),
            b.constant("start", -1, 1),
            b.constant("end", Long.MIN_VALUE, 100),
            b.constant("axes", 2, 3),
            b.constant("steps", -3, 2));
    // 9, 6, 3, 0 along the height; 1, 3, 5, 7, 9, 11 along the width.
    assertEquals("N x 3 x 4 x 6", shape(y));
  }

  @Test
  void shapesThatAreComputed() {
    // view(x.size(0), -1) as exporters write it.
    Value n =
        x.op("Shape", "shape", Map.of())
            .op("Gather", "n", Map.of("axis", 0), b.constant(TensorData.scalar("zero", 0L)))
            .op("Unsqueeze", "n1", Map.of(), b.constant("axes", 0));
    Value to = n.op("Concat", "to", Map.of("axis", 0), b.constant("rest", -1));
    assertEquals("N x 360", shape(x.op("Reshape", "y", Map.of(), to)));
  }

  @Test
  void paddingAsPyTorchComputesIt() {
    // Pairs from the last axis backwards: reshaped to rows, reversed, transposed, flattened.
    Value pads = b.constant("pairs", 1, 2, 3, 4, 0, 0, 0, 0).reshape("rows", -1, 2);
    Value reversed =
        pads.op(
            "Slice",
            "reversed",
            Map.of(),
            b.constant("start", -1),
            b.constant("end", Long.MIN_VALUE + 1),
            b.constant("axes", 0),
            b.constant("steps", -1));
    Value flat = reversed.transpose("columns", 1, 0).reshape("flat", -1);
    assertEquals("N x 3 x 17 x 15", shape(x.op("Pad", "y", Map.of(), flat)));
  }

  @Test
  void expandAsPyTorchWritesIt() {
    Value ones =
        b.op(
            "ConstantOfShape",
            "ones",
            Map.of("value", TensorData.of("one", 1)),
            b.constant("four", 4));
    Value wanted = b.constant("wanted", -1, 3, 10, 12);
    Value minus = b.constant("minus", -1);
    Value to =
        wanted.op("Equal", "open", Map.of(), minus).op("Where", "to", Map.of(), ones, wanted);
    assertEquals("N x 3 x 10 x 12", shape(x.op("Expand", "y", Map.of(), to)));
  }

  @Test
  void reductionsAndSplits() {
    Value y = x.reduceMean("y", true, -1, 2);
    assertEquals("N x 3 x 1 x 1", shape(y));
  }

  @Test
  void whatDependsOnDataIsUnknown() {
    Value y = x.op("NonZero", "where", Map.of());
    y.output();
    assertNull(TensorShapes.of(model(b), CutOptions.DEFAULT).dims("where"));
  }

  @Test
  void aFixedBatchIsKnown() {
    OnnxBuilder fixed = new OnnxBuilder(17);
    fixed.input("x", 4, 3, 8, 8).relu("y").output();
    TensorShapes shapes = TensorShapes.of(model(fixed), CutOptions.DEFAULT);
    assertEquals(4, shapes.fixedBatch());
    assertEquals("4 x 3 x 8 x 8", Dim.words(shapes.dims("y")));
    assertEquals(true, shapes.isBatch(Dim.of(4)));
  }

  @Test
  void aSizeThatIsLeftOpenMustBeGiven() {
    OnnxBuilder open = new OnnxBuilder(17);
    open.input("x", -1, -1, -1, -1).relu("y").output();
    OnnxModel model = model(open);
    assertEquals(
        "model.onnx: input 'x' takes pictures of any size; say which with --input-size, for"
            + " example 224",
        assertThrows(PerceptException.class, () -> TensorShapes.of(model, CutOptions.DEFAULT))
            .getMessage());
    assertEquals(
        "N x 3 x 64 x 64", Dim.words(TensorShapes.of(model, new CutOptions(null, 64)).dims("y")));
    x.relu("y").output();
    OnnxModel fixed = model(b);
    assertEquals(
        "model.onnx: input 'x' is fixed at 10 pixels, --input-size says 64; leave --input-size"
            + " out",
        assertThrows(PerceptException.class, () -> TensorShapes.of(fixed, new CutOptions(null, 64)))
            .getMessage());
  }

  @Test
  void inputsOfOtherTypesAreRefused() {
    OnnxBuilder bytes = new OnnxBuilder(17);
    bytes.input("x", ElementType.UINT8, -1, 3, 8, 8).identity("y").output();
    OnnxModel model = model(bytes);
    assertEquals(
        "model.onnx: input 'x' takes uint8; a model to explain takes float32: export it" + " so",
        assertThrows(PerceptException.class, () -> TensorShapes.of(model, CutOptions.DEFAULT))
            .getMessage());
  }

  @Test
  void brokenNodesAreUnknownNotFatal() {
    Value y = x.transpose("y", 0, 9, 2, 3);
    y.output();
    assertNull(TensorShapes.of(model(b), CutOptions.DEFAULT).dims("y"));
    TensorProto none = TensorProto.newBuilder().setName("t").setDataType(8).addDims(0).build();
    assertNull(Known.of(none), "text is no number");
  }
}
