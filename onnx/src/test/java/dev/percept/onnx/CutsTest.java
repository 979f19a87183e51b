package dev.percept.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.core.Grid;
import dev.percept.core.PerceptException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CutsTest {
  @TempDir Path folder;
  private final OnnxBuilder b = new OnnxBuilder(17);
  private final Value x = b.input("x", OnnxBuilder.DYNAMIC, 3, 8, 8);

  private Cuts cuts() {
    return cuts(CutOptions.DEFAULT);
  }

  private Cuts cuts(CutOptions options) {
    Path file = folder.resolve("model.onnx");
    b.writeTo(file);
    return Cuts.of(OnnxModel.read(file), options);
  }

  private Value conv(Value from, String name, int in, int out) {
    return from.conv(name, Tensors.signed(out, in, 3, 3), null, 1, 1);
  }

  private void head(Value features, int channels) {
    features
        .globalAveragePool("gap")
        .flatten("flat")
        .gemm("logits", Tensors.signed(5, channels), null)
        .output(5);
  }

  private static List<String> clean(Cuts cuts) {
    return cuts.all().stream().filter(Cut::clean).map(Cut::tensor).toList();
  }

  private static @Nullable String auto(Cuts cuts) {
    Cut auto = cuts.auto();
    return auto == null ? null : auto.tensor();
  }

  private static String refusal(Cuts cuts, String layer) {
    return String.valueOf(
        assertThrows(PerceptException.class, () -> cuts.find(layer)).getMessage());
  }

  private Cuts residual() {
    Value stem = conv(x, "stem", 3, 4).relu("stem.relu");
    Value side = conv(stem, "a", 4, 4).relu("a.relu");
    head(stem.add("sum", conv(side, "b", 4, 4)).relu("features"), 4);
    return cuts();
  }

  @Test
  void aShortcutMakesWhatItGoesAroundUnclean() {
    Cuts cuts = residual();
    assertEquals(List.of("stem", "stem.relu", "sum", "features", "gap", "flat"), clean(cuts));
    assertEquals(
        List.of("stem", "stem.relu", "a", "a.relu", "b", "sum", "features", "gap", "flat"),
        cuts.all().stream().map(Cut::tensor).toList());
    assertEquals(List.of("stem.relu"), cuts.all().get(3).crossing());
    assertEquals(
        "'a.relu' is no clean cut: 'stem.relu' goes around it; see 'percept inspect' for the"
            + " clean ones, for example 'features'",
        refusal(cuts, "a.relu"));
  }

  @Test
  void autoTakesTheLastReluBeforeThePooling() {
    Cuts cuts = residual();
    Cut cut = cuts.find("auto");
    assertEquals("features", cut.tensor());
    assertEquals("Relu", cut.operator());
    assertEquals("N x 4 x 8 x 8", cut.shape());
    assertEquals(new Grid(8, 8), cut.grid());
    assertEquals(4, cut.features());
    assertTrue(cut.nonNegative());
  }

  @Test
  void autoPrefersAnEarlierNonNegativeTensorToALaterSignedOne() {
    head(conv(conv(x, "a", 3, 4).relu("relu"), "b", 4, 4), 4);
    assertEquals("relu", auto(cuts()));
  }

  @Test
  void aSoftmaxThatIsAGateIsNoAttention() {
    Value a = conv(x, "a", 3, 4).relu("relu");
    Value gate = conv(a, "scores", 4, 4).softmax("gate", 1);
    head(conv(a, "b", 4, 4).mul("gated", gate), 4);
    assertEquals("relu", auto(cuts()));
  }

  @Test
  void autoTakesASignedTensorWhereNoneIsNonNegative() {
    Value a = conv(x, "a", 3, 4);
    head(a.mul("silu", a.sigmoid("gate")), 4);
    Cuts cuts = cuts();
    assertEquals("silu", auto(cuts));
    assertEquals(false, cuts.find("auto").nonNegative());
  }

  @Test
  void autoLooksThroughOperatorsThatOnlyHandOn() {
    Value a = conv(x, "a", 3, 4).relu("relu").identity("same");
    Value pads = b.constant("pads", 0, 0, 0, 0, 0, 0, 0, 0);
    head(a.op("Dropout", "dropped", Map.of()).op("Pad", "padded", Map.of(), pads), 4);
    assertEquals("relu", auto(cuts()));
  }

  @Test
  void autoStopsAtThePooling() {
    // A decoder behind the pooling: spatial again, but its places are no places of the picture.
    Value pooled = conv(x, "a", 3, 4).relu("features").globalAveragePool("gap");
    Value again =
        pooled
            .op("ConvTranspose", "up", Map.of(), b.constant("w", Tensors.signed(4, 4, 4, 4)))
            .relu("again");
    again.flatten("flat").gemm("logits", Tensors.signed(5, 64), null).output(5);
    assertEquals("features", auto(cuts()));
  }

  @Test
  void squeezeAndExcitationBlocksNothing() {
    Value a = conv(x, "a", 3, 4).relu("relu");
    Value gate = a.globalAveragePool("squeeze").sigmoid("gate");
    head(a.mul("scaled", gate), 4);
    assertEquals(List.of("a", "relu", "scaled", "gap", "flat"), clean(cuts()));
    assertEquals("scaled", auto(cuts()));
  }

  @Test
  void theSizeOfATensorCrossesNoCut() {
    Value n =
        x.op("Shape", "size", Map.of()).op("Gather", "n", Map.of("axis", 0), b.constant("zero", 0));
    Value to = n.op("Concat", "to", Map.of("axis", 0), b.constant("rest", -1));
    conv(x, "a", 3, 4)
        .relu("features")
        .globalAveragePool("gap")
        .op("Reshape", "flat", Map.of(), to)
        .gemm("logits", Tensors.signed(5, 4), null)
        .output(5);
    assertEquals(List.of("a", "features", "gap", "flat"), clean(cuts()));
  }

  @Test
  void softmaxAtTheEndIsLeftOff() {
    Value a = conv(x, "a", 3, 4).relu("relu").globalAveragePool("gap").flatten("flat");
    a.gemm("scores", Tensors.signed(5, 4), null).softmax("p", 1).identity("output").output(5);
    Logits logits = cuts().logits();
    assertEquals(new Logits("scores", "output", "Softmax"), logits);
    assertEquals("flat", clean(cuts()).get(3));
  }

  @Test
  void theOutputOfTheClassesIsFound() {
    Value a = conv(x, "a", 3, 4).relu("relu");
    a.identity("map").output(4, 8, 8);
    head(a, 4);
    assertEquals("logits", cuts().logits().tensor());
    assertEquals(
        "model.onnx has no output 'nope'; it has 'map', 'logits', choose one with --output",
        assertThrows(PerceptException.class, () -> cuts(new CutOptions("nope", 0))).getMessage());
  }

  @Test
  void severalOutputsOfClassesMustBeChosenFrom() {
    Value flat = conv(x, "a", 3, 4).relu("relu").globalAveragePool("gap").flatten("flat");
    flat.gemm("one", Tensors.signed(2, 4), null).output(2);
    flat.gemm("two", Tensors.signed(3, 4), null).output(3);
    assertEquals(
        "model.onnx has several outputs ('one', 'two'); say which holds the classes with --output",
        assertThrows(PerceptException.class, this::cuts).getMessage());
    assertEquals("two", cuts(new CutOptions("two", 0)).logits().tensor());
  }

  @Test
  void unknownTensorsAreAnsweredWithTheNearest() {
    Cuts cuts = residual();
    assertEquals(
        "no tensor 'feature5'; nearest: features, flat, stem.relu ('percept inspect' lists all)",
        refusal(cuts, "feature5"));
    assertTrue(
        refusal(cuts, "logits")
            .startsWith("'logits' does not lie between the input and the logits"));
  }

  @Test
  void tensorsWithoutPlacesAndFeaturesAreRefused() {
    // The batch is folded into the first axis, as attention does with its heads.
    Value folded = conv(x, "a", 3, 4).reshape("folded", -1, 8, 8).relu("relu");
    head(folded.reshape("unfolded", -1, 4, 8, 8), 4);
    Cuts cuts = cuts();
    assertEquals(
        "'relu' has the shape 4N x 8 x 8, needed is a batch axis, features and locations; see"
            + " 'percept inspect' for others",
        refusal(cuts, "relu"));
    assertEquals("unfolded", auto(cuts));
  }

  @Test
  void withoutAPlaceThereIsNoAuto() {
    OnnxBuilder flat = new OnnxBuilder(17);
    flat.input("x", OnnxBuilder.DYNAMIC, 6)
        .gemm("hidden", Tensors.signed(4, 6), null)
        .relu("relu")
        .gemm("logits", Tensors.signed(3, 4), null)
        .output(3);
    Path file = folder.resolve("flat.onnx");
    flat.writeTo(file);
    Cuts cuts = Cuts.of(OnnxModel.read(file), CutOptions.DEFAULT);
    assertNull(cuts.auto());
    assertTrue(refusal(cuts, "auto").contains("choose one with --layer"));
    assertEquals(new Grid(1, 1), cuts.find("relu").grid());
  }

  @Test
  void inspectionSaysItAll() {
    Inspection i = Inspection.of(residual());
    assertEquals("model.onnx", i.file());
    assertEquals("features", i.auto());
    assertEquals("N x 3 x 8 x 8", i.inputShape());
    assertEquals("float32", i.inputType());
    assertEquals("N x 5", i.logitsShape());
    assertEquals("percept", i.producer());
    assertEquals(9 * 4 * 3 + 2 * 9 * 4 * 4 + 5 * 4 + 5, i.parameters());
    Inspection.Row row = i.cuts().stream().filter(Inspection.Row::auto).toList().get(0);
    assertEquals(
        new Inspection.Row(
            "features",
            "Relu",
            "N x 4 x 8 x 8",
            true,
            true,
            true,
            true,
            4,
            8,
            8,
            0,
            0,
            "plain",
            true),
        row);
  }
}
