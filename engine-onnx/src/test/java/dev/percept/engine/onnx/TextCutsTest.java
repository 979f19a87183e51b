package dev.percept.engine.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.core.PerceptException;
import dev.percept.core.SplitCheck;
import dev.percept.core.Tensor;
import dev.percept.onnx.Cut;
import dev.percept.onnx.Cuts;
import dev.percept.onnx.ElementType;
import dev.percept.onnx.Inspection;
import dev.percept.onnx.OnnxBuilder;
import dev.percept.onnx.Pooling;
import dev.percept.onnx.TensorData;
import dev.percept.onnx.TextInputs.Role;
import dev.percept.onnx.TextPieces;
import dev.percept.onnx.Value;
import dev.percept.testkit.text.EncoderSpec;
import dev.percept.testkit.text.EncoderSpec.Head;
import dev.percept.testkit.text.EncoderSpec.Mask;
import dev.percept.testkit.text.TextEncoders;
import dev.percept.testkit.text.Texts;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What models of texts take, what their heads read, and where they are cut. */
class TextCutsTest {
  @TempDir Path folder;

  private Path write(EncoderSpec spec) {
    return TextEncoders.write(spec, folder.resolve("encoder.onnx"));
  }

  private Cuts cuts(EncoderSpec spec) {
    return OnnxEngine.cuts(write(spec), EngineOptions.DEFAULT);
  }

  @ParameterizedTest
  @CsvSource({
    "BERT, FIRST, last_hidden_state, first, pooler",
    "ROBERTA, FIRST, last_hidden_state, first, classifier.tanh",
    "DISTILBERT, FIRST, last_hidden_state, first, relu",
    "MEAN, MASKED_MEAN, last_hidden_state, sentence, sentence",
    "CARELESS_MEAN, MEAN, last_hidden_state, sentence, sentence",
    "MAX, MAX, last_hidden_state, sentence, sentence",
    "LAST, PICKED, last_hidden_state, sentence, sentence"
  })
  void findsWhatTheHeadReads(
      Head head, Pooling.Kind kind, String before, String after, String auto) {
    for (Mask mask : List.of(Mask.LOWEST, Mask.TEN_THOUSAND, Mask.WHERE)) {
      for (int opset : new int[] {13, 17, 18}) {
        for (int tokens : new int[] {-1, 8}) {
          // Width 8 and 8 tokens: sizes alone tell nothing.
          EncoderSpec spec = EncoderSpec.small(head, mask).withOpset(opset).withTokens(tokens);
          Cuts found = cuts(spec);
          Pooling pooling = found.pooling();
          assertNotNull(pooling, spec.toString());
          assertEquals(kind, pooling.kind(), spec.toString());
          // An Identity between is seen through.
          assertTrue(pooling.before().equals("layer.0.norm2") || pooling.before().equals(before));
          assertEquals(after, pooling.after());
          Cut cut = found.auto();
          assertNotNull(cut);
          assertEquals(auto, cut.tensor(), spec.toString());
          assertEquals(head == Head.DISTILBERT, cut.nonNegative());
          assertEquals(tokens > 0 ? tokens : 20, found.shapes().maxTokens());
        }
      }
    }
  }

  @Test
  void knowsInputsByTheirNamesInAnyOrderAndType() {
    EncoderSpec spec =
        EncoderSpec.small(Head.BERT, Mask.LOWEST)
            .withType(ElementType.INT32)
            .withInputs("segment_ids:0", "input_mask", "Position-Ids", "tokens");
    var texts = cuts(spec).model().texts();
    assertNotNull(texts);
    assertEquals(
        List.of(Role.TYPES, Role.MASK, Role.POSITIONS, Role.IDS),
        texts.inputs().stream().map(i -> i.role()).toList());
    assertEquals(ElementType.INT32, texts.inputs().get(3).type());
  }

  /** The same weights under other inputs must give the same answer. */
  @Test
  void whatTheInputsAreCalledChangesNoAnswer() {
    EncoderSpec plain = EncoderSpec.small(Head.BERT, Mask.LOWEST);
    Tensor x = Texts.batch(5, 20, plain.words());
    float[] expected = logits(plain, x);
    for (EncoderSpec other :
        List.of(
            plain.withInputs("token_type_ids", "input_ids", "attention_mask"),
            plain.withInputs("a", "b_mask", "c_type").withType(ElementType.INT32),
            plain.withInputs("input_ids", "mask", "token_type_ids"),
            plain.withInputs("input_ids", "attention_mask", "token_type_ids", "position_ids"))) {
      float[] found = logits(other, x);
      for (int i = 0; i < expected.length; i++) {
        assertEquals(expected[i], found[i], 1e-5, other.inputs().toString());
      }
    }
  }

  private float[] logits(EncoderSpec spec, Tensor x) {
    try (OnnxTextModel model = OnnxEngine.openText(write(spec), "auto", EngineOptions.DEFAULT)) {
      return model.logits(x).toArray();
    }
  }

  /** Positions of RoBERTa count from 2: as an input they must, too. */
  @Test
  void positionsAsAnInputAreThoseThatTheGraphWouldCount() {
    EncoderSpec counted = EncoderSpec.small(Head.ROBERTA, Mask.LOWEST).withSize(1, 8, 2, 60, 64);
    EncoderSpec given = counted.withInputs("input_ids", "attention_mask", "position_ids");
    try (OnnxTextModel model = OnnxEngine.openText(write(given), "auto", EngineOptions.DEFAULT)) {
      assertEquals(64, model.maxTokens());
    }
    Tensor x = Texts.batch(5, 64, 60);
    float[] expected = logits(counted, x);
    float[] found = logits(given, x);
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], found[i], 1e-5);
    }
  }

  @Test
  void shapesOfTextsAreInferredRightlyForAnyLength() throws Exception {
    for (Head head : Head.values()) {
      if (head == Head.LAST) {
        continue; // GatherND has no rule: that shape is measured, see OnnxTextModelTest
      }
      MeasuredShapes.assertInferredRightly(write(EncoderSpec.small(head, Mask.LOWEST)));
      MeasuredShapes.assertInferredRightly(
          write(EncoderSpec.small(head, Mask.WHERE).withOpset(13).withTokens(8)));
    }
  }

  @Test
  void inputsThatCouldBeAnythingAreRefusedWithAWayOut() {
    OnnxBuilder b = new OnnxBuilder(17);
    Value table = b.constant("table", Tensor.zeros(dev.percept.core.Shape.of(30, 4)));
    Value a = table.op("Gather", "a.rows", Map.of(), b.input("a", ElementType.INT64, -1, -1));
    Value c = table.op("Gather", "c.rows", Map.of(), b.input("c", ElementType.INT64, -1, -1));
    a.add("sum", c).reduceMean("logits", false, 1).output(4);
    Path file = folder.resolve("unclear.onnx");
    b.writeTo(file);
    assertEquals(
        "unclear.onnx reads texts by 'a', 'c', of which 'c' could be anything; name its inputs"
            + " input_ids, attention_mask, token_type_ids and position_ids, each n x tokens, or"
            + " export it with the others fixed",
        refusal(() -> OnnxEngine.cuts(file, EngineOptions.DEFAULT)));
  }

  @Test
  void aTensorOfTokensIsRefusedAndWhatTheHeadReadsIsNamed() {
    Path file = write(EncoderSpec.small(Head.BERT, Mask.LOWEST));
    assertEquals(
        "'last_hidden_state' has one row for every token (N x T x 8); the head reads the first"
            + " token of 'layer.0.norm2' (in 'first'): cut there or behind it, for example at"
            + " 'pooler'",
        refusal(() -> OnnxEngine.openText(file, "last_hidden_state", EngineOptions.DEFAULT)));
    assertEquals(
        "'layer.0.sum1' has one row for every token (N x T x 8); the head reads the first token of"
            + " 'layer.0.norm2' (in 'first'): cut there or behind it, for example at 'pooler'",
        refusal(() -> OnnxEngine.openText(file, "layer.0.sum1", EngineOptions.DEFAULT)));
    Path mean = write(EncoderSpec.small(Head.MEAN, Mask.LOWEST));
    String message =
        refusal(() -> OnnxEngine.openText(mean, "last_hidden_state", EngineOptions.DEFAULT));
    assertTrue(
        message.contains("goes around it; the head reads the mean over the tokens"), message);
  }

  /** The slip of the published experiment: the mean is explained, the first token is read. */
  @Test
  void aMeanThatTheHeadDoesNotReadIsRefused() {
    Path file = withMeanBeside(false);
    String message =
        refusal(
            () -> OnnxEngine.openText(file, "mean", EngineOptions.DEFAULT.withOutput("logits")));
    assertTrue(message.startsWith("'mean' does not lie between the input and the logits"), message);
    assertTrue(message.endsWith("the head reads the first token of 'x' (in 'first')"), message);
  }

  @Test
  void aMeanThatTheHeadReadsAmongOthersIsRefused() {
    Path file = withMeanBeside(true);
    String message = refusal(() -> OnnxEngine.openText(file, "mean", EngineOptions.DEFAULT));
    assertTrue(message.startsWith("'mean' is no clean cut: 'first' goes around it"), message);
    assertTrue(message.endsWith("the head reads several summaries of 'x' (in 'both')"), message);
    try (OnnxTextModel model = OnnxEngine.openText(file, "both", EngineOptions.DEFAULT)) {
      Tensor x = Texts.batch(4, model.maxTokens(), 30);
      assertTrue(model.check(x).passed());
      assertTrue(refusal(() -> model.tokens(x)).contains("mark words by occlusion instead"));
    }
  }

  /**
   * If it were cut there all the same, the halves would not be the model, and the check says so.
   */
  @Test
  void checkTellsHalvesThatAreNotTheModel() {
    Path file = withMeanBeside(false);
    try (OnnxTextModel model =
        OnnxEngine.openText(file, "first", EngineOptions.DEFAULT.withOutput("logits"))) {
      Tensor x = Texts.batch(6, model.maxTokens(), 30);
      SplitCheck right = model.check(x);
      assertTrue(right.passed() && right.maxAbsLogit() > 0.01, right.toString());
      // What the published code hands to the head: the mean of the tokens.
      Tensor tokens = model.tokens(x);
      int p = model.features();
      float[] mean = new float[6 * p];
      for (int i = 0; i < mean.length; i++) {
        for (int t = 0; t < model.maxTokens(); t++) {
          mean[i] += tokens.get(((i / p) * model.maxTokens() + t) * p + i % p) / model.maxTokens();
        }
      }
      Tensor wrong = Tensor.wrap(dev.percept.core.Shape.of(6, 1, p), mean);
      assertFalse(SplitCheck.of(model.logits(x), model.head(wrong)).passed());
    }
  }

  /** Rows of a table with positions; the logits read the first, or the first and the mean. */
  private Path withMeanBeside(boolean both) {
    OnnxBuilder b = new OnnxBuilder(17);
    Tensor table = Texts.batch(10, 4, 9).reshape(30, 4);
    Value rows =
        b.constant("table", table)
            .op("Gather", "rows", Map.of(), b.input("input_ids", ElementType.INT64, -1, 12));
    Value x = rows.op("Tanh", "x", Map.of());
    Value first =
        x.op("Gather", "first", Map.of("axis", 1L), b.constant(TensorData.scalar("zero", 0L)));
    Value mean = x.reduceMean("mean", false, 1);
    Value read = both ? first.concat("both", 1, mean) : first;
    Tensor weights = Texts.batch(1, both ? 8 : 4, 9);
    read.gemm("logits", weights.reshape(3, both ? 8 : 4), null).output(3);
    if (!both) {
      mean.output(4);
    }
    Path file = folder.resolve("beside.onnx");
    b.writeTo(file);
    return file;
  }

  @ParameterizedTest
  @CsvSource({
    "BERT, LOWEST, MIXED",
    "ROBERTA, TEN_THOUSAND, MIXED",
    "DISTILBERT, WHERE, MIXED",
    "MEAN, LOWEST, MIXED",
    "MAX, LOWEST, MIXED",
    "LAST, WHERE, MIXED",
    // The mask is there, but something does not heed it.
    "CARELESS_MEAN, LOWEST, EQUAL",
    "BERT, NONE, EQUAL"
  })
  void triesOutWhetherPaddingIsIgnored(Head head, Mask mask, TextPieces.Lengths expected) {
    try (OnnxTextModel model =
        OnnxEngine.openText(write(EncoderSpec.small(head, mask)), "auto", EngineOptions.DEFAULT)) {
      assertEquals(expected, model.lengths());
    }
  }

  @Test
  void piecesAreHomogeneousAndBounded() {
    Tensor x = Texts.batch(40, 20, 60);
    for (TextPieces.Lengths lengths : List.of(TextPieces.Lengths.MIXED, TextPieces.Lengths.EQUAL)) {
      List<TextPieces.Piece> pieces = TextPieces.of(x, lengths, 1, 0);
      int longest = 0;
      int texts = 0;
      for (TextPieces.Piece piece : pieces) {
        assertTrue(piece.length() >= longest, "shorter texts go first");
        longest = piece.length();
        texts += piece.rows().size();
        assertTrue(piece.rows().size() * piece.length() <= TextPieces.USUAL_TOKENS);
        Tensor in = piece.inputs();
        int full = 0;
        for (int i = 0; i < in.rows(); i++) {
          full += in.get((i * 3 + 1) * longest + longest - 1) == 1 ? 1 : 0;
        }
        assertTrue(full > 0, "a column of padding alone");
        assertTrue(lengths == TextPieces.Lengths.MIXED || full == in.rows());
      }
      assertEquals(40, texts);
    }
    assertEquals(
        List.of(20),
        TextPieces.of(x, TextPieces.Lengths.FIXED, 8, 0).stream()
            .map(TextPieces.Piece::length)
            .distinct()
            .toList());
    assertEquals(14, TextPieces.of(x, TextPieces.Lengths.MIXED, 8, 3).size());
  }

  @Test
  void askingForMoreTokensThanPositionsIsRefused() {
    Path file = write(EncoderSpec.small(Head.BERT, Mask.LOWEST));
    assertEquals(
        "encoder.onnx takes texts of 20 tokens at most, asked for are 21; ask for fewer, or leave"
            + " the number out",
        refusal(() -> OnnxEngine.cuts(file, EngineOptions.DEFAULT.withMaxTokens(21))));
  }

  @Test
  void picturesAndTextsAreNotMistakenForEachOther() {
    Path texts = write(EncoderSpec.small(Head.BERT, Mask.LOWEST));
    assertTrue(
        refusal(() -> OnnxEngine.open(texts, "auto", EngineOptions.DEFAULT))
            .contains("reads texts, not pictures"));
    Path pictures = TestModels.residual(folder.resolve("pictures.onnx"), 17, -1, false);
    assertTrue(
        refusal(() -> OnnxEngine.openText(pictures, "auto", EngineOptions.DEFAULT))
            .contains("reads no texts"));
  }

  @Test
  void aLastLayerThatLooksAtEveryPlaceLeavesNothingToCut() {
    OnnxBuilder b = new OnnxBuilder(17);
    b.constant("table", Texts.batch(10, 4, 9).reshape(30, 4))
        .op("Gather", "x", Map.of(), b.input("input_ids", ElementType.INT64, -1, 12))
        .flatten("flat")
        .gemm("logits", Texts.batch(4, 12, 9).reshape(3, 48), null)
        .output(3);
    Path file = folder.resolve("flat.onnx");
    b.writeTo(file);
    assertEquals(
        "flat.onnx: no tensor between the tokens and the logits is crossed by every path; the head"
            + " reads every place, by weights of its own, of 'flat' (in 'logits'); see 'percept"
            + " inspect' and choose one with --layer",
        refusal(() -> OnnxEngine.openText(file, "auto", EngineOptions.DEFAULT)));
  }

  @Test
  void anAnswerForEachTokenIsRefused() {
    OnnxBuilder b = new OnnxBuilder(17);
    b.constant("table", Tensor.zeros(dev.percept.core.Shape.of(30, 4)))
        .op("Gather", "logits", Map.of(), b.input("input_ids", ElementType.INT64, -1, -1))
        .output();
    Path file = folder.resolve("tags.onnx");
    b.writeTo(file);
    assertTrue(
        refusal(() -> OnnxEngine.cuts(file, EngineOptions.DEFAULT))
            .contains("one answer a token, not one a text"));
  }

  @Test
  void inspectSaysWhatGoesInAndWhatIsRead() {
    Inspection found =
        OnnxEngine.inspect(
            write(EncoderSpec.small(Head.DISTILBERT, Mask.LOWEST)), EngineOptions.DEFAULT);
    Inspection.Texts texts = found.texts();
    assertNotNull(texts);
    assertEquals(
        List.of("input_ids: ids, int64", "attention_mask: mask, int64"),
        texts.inputs().stream().map(i -> i.name() + ": " + i.role() + ", " + i.type()).toList());
    assertEquals("N x T", texts.shape());
    assertEquals(20, texts.maxTokens());
    assertEquals("the first token of 'layer.0.norm2' (in 'first')", texts.reads());
    assertEquals("relu", found.auto());
  }

  private static String refusal(Runnable what) {
    return String.valueOf(assertThrows(PerceptException.class, what::run).getMessage());
  }
}
