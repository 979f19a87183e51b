package dev.percept.engine.onnx;

import dev.percept.core.SplitModel;
import dev.percept.onnx.SwinModels;
import dev.percept.onnx.TokenModels;
import dev.percept.testkit.SplitModelContract;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** The contract on vision transformers whose tokens are laid out in different ways. */
class OnnxTokenModelsTest {
  @TempDir static Path folder;

  private static SplitModel open(Path model, String layer) {
    return OnnxEngine.open(model, layer, EngineOptions.DEFAULT);
  }

  @Nested
  class ClassToken extends SplitModelContract {
    @Override
    protected SplitModel open() {
      return OnnxTokenModelsTest.open(TokenModels.vit(folder.resolve("vit.onnx")), "auto");
    }
  }

  @Nested
  class ClassTokenBehindTheLastAttention extends SplitModelContract {
    @Override
    protected SplitModel open() {
      return OnnxTokenModelsTest.open(TokenModels.vit(folder.resolve("vit.onnx")), "norm");
    }
  }

  @Nested
  class Distillation extends SplitModelContract {
    @Override
    protected SplitModel open() {
      return OnnxTokenModelsTest.open(TokenModels.deit(folder.resolve("deit.onnx")), "auto");
    }
  }

  @Nested
  class DinoV2 extends SplitModelContract {
    @Override
    protected SplitModel open() {
      return OnnxTokenModelsTest.open(TokenModels.dino(folder.resolve("dino.onnx"), 0), "auto");
    }
  }

  @Nested
  class DinoV2WithRegisters extends SplitModelContract {
    @Override
    protected SplitModel open() {
      return OnnxTokenModelsTest.open(
          TokenModels.dino(folder.resolve("registers.onnx"), 4), "b0.mid");
    }
  }

  @Nested
  class AveragedPatchesOfAWidePicture extends SplitModelContract {
    @Override
    protected SplitModel open() {
      return OnnxTokenModelsTest.open(TokenModels.wideAveraged(folder.resolve("wide.onnx")), "b1");
    }
  }

  @Nested
  class TrailingRegisters extends SplitModelContract {
    @Override
    protected SplitModel open() {
      return OnnxTokenModelsTest.open(TokenModels.trailing(folder.resolve("trailing.onnx")), "b0");
    }
  }

  @Nested
  class CountedClassToken extends SplitModelContract {
    @Override
    protected SplitModel open() {
      return OnnxTokenModelsTest.open(TokenModels.padded(folder.resolve("padded.onnx")), "auto");
    }
  }

  @Nested
  class FoldedWindows extends SplitModelContract {
    @Override
    protected SplitModel open() {
      return OnnxTokenModelsTest.open(TokenModels.mobile(folder.resolve("mobile.onnx")), "auto");
    }
  }

  @Nested
  class ShiftedWindowsOfMaps extends SplitModelContract {
    @Override
    protected SplitModel open() {
      return OnnxTokenModelsTest.open(SwinModels.maps(folder.resolve("maps.onnx")), "auto");
    }
  }

  @Nested
  class ShiftedWindowsOfMapsInTheMiddle extends SplitModelContract {
    @Override
    protected SplitModel open() {
      return OnnxTokenModelsTest.open(SwinModels.maps(folder.resolve("maps.onnx")), "s0");
    }
  }

  @Nested
  class ShiftedWindowsOfSequences extends SplitModelContract {
    @Override
    protected SplitModel open() {
      return OnnxTokenModelsTest.open(SwinModels.sequences(folder.resolve("seq.onnx")), "merged");
    }
  }
}
