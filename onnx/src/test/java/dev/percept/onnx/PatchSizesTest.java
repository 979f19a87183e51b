package dev.percept.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Patches of small graphs laid out as transformers are. */
class PatchSizesTest {
  @TempDir Path folder;
  private final OnnxBuilder b = new OnnxBuilder(17);

  private PatchSizes of() {
    Path file = folder.resolve("model.onnx");
    b.writeTo(file);
    return PatchSizes.of(Cuts.of(OnnxModel.read(file), CutOptions.DEFAULT));
  }

  /** Tokens n x t x 4 that attend to each other once. */
  private static Value attend(Value tokens, String name) {
    return tokens
        .matMul(name + ".scores", tokens.transpose(name + ".keys", 0, 2, 1))
        .softmax(name + ".weights", -1)
        .matMul(name + ".mixed", tokens);
  }

  private void head(Value tokens) {
    tokens.reduceMean("mean", false, 1).gemm("logits", Tensors.signed(3, 4), null).output(3);
  }

  @Test
  void theConvolutionThatReadsThePictureTells() {
    Value x = b.input("x", OnnxBuilder.DYNAMIC, 3, 24, 24);
    Value tokens =
        x.conv("patches", Tensors.signed(4, 3, 8, 8), null, 8, 0)
            .reshape("flat", 0, 4, 9)
            .transpose("tokens", 0, 2, 1);
    head(attend(tokens, "a"));
    assertEquals(new PatchSizes(List.of(8), PatchSizes.Source.CONVOLUTION), of());
  }

  @Test
  void whereConvolutionsOverlapTheNumberOfTokensTells() {
    Value x = b.input("x", OnnxBuilder.DYNAMIC, 3, 24, 24);
    Value fine =
        x.conv("stem", Tensors.signed(4, 3, 3, 3), null, 2, 1)
            .conv("down", Tensors.signed(4, 4, 3, 3), null, 2, 1);
    // 36 places of 4 pixels each way, then 9 of 8.
    Value first = attend(fine.reshape("f", 0, 4, 36).transpose("ft", 0, 2, 1), "a");
    Value coarse =
        first
            .transpose("back", 0, 2, 1)
            .reshape("map", 0, 4, 6, 6)
            .conv("coarse", Tensors.signed(4, 4, 3, 3), null, 2, 1);
    head(attend(coarse.reshape("c", 0, 4, 9).transpose("ct", 0, 2, 1), "b"));
    assertEquals(new PatchSizes(List.of(4, 8), PatchSizes.Source.ATTENTION), of());
  }

  @Test
  void networksWithoutAttentionHaveNone() {
    Value x = b.input("x", OnnxBuilder.DYNAMIC, 3, 24, 24);
    // Kernel and stride are equal, and yet nothing is a token.
    x.conv("stem", Tensors.signed(4, 3, 4, 4), null, 4, 0)
        .relu("r")
        .globalAveragePool("gap")
        .flatten("flat")
        .gemm("logits", Tensors.signed(5, 4), null)
        .output(5);
    assertEquals(new PatchSizes(List.of(), PatchSizes.Source.NONE), of());
  }
}
