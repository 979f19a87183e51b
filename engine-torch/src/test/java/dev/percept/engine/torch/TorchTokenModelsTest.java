package dev.percept.engine.torch;

import dev.percept.core.DifferentiableSplitModel;
import dev.percept.onnx.SwinModels;
import dev.percept.onnx.TokenModels;
import dev.percept.testkit.DifferentiableSplitModelContract;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** The contract on vision transformers whose tokens are laid out in different ways. */
class TorchTokenModelsTest {
  @TempDir static Path folder;

  private static DifferentiableSplitModel open(Path model, String layer) {
    return TorchEngine.open(model, layer, TorchOptions.DEFAULT);
  }

  @Nested
  class ClassToken extends DifferentiableSplitModelContract {
    @Override
    protected DifferentiableSplitModel open() {
      return TorchTokenModelsTest.open(TokenModels.vit(folder.resolve("vit.onnx")), "auto");
    }
  }

  @Nested
  @Tag("slow")
  class DinoV2WithRegisters extends DifferentiableSplitModelContract {
    @Override
    protected DifferentiableSplitModel open() {
      return TorchTokenModelsTest.open(
          TokenModels.dino(folder.resolve("registers.onnx"), 4), "b0.mid");
    }
  }

  @Nested
  @Tag("slow")
  class TrailingRegisters extends DifferentiableSplitModelContract {
    @Override
    protected DifferentiableSplitModel open() {
      return TorchTokenModelsTest.open(TokenModels.trailing(folder.resolve("trailing.onnx")), "b0");
    }
  }

  @Nested
  @Tag("slow")
  class FoldedWindows extends DifferentiableSplitModelContract {
    @Override
    protected DifferentiableSplitModel open() {
      return TorchTokenModelsTest.open(TokenModels.mobile(folder.resolve("mobile.onnx")), "auto");
    }
  }

  @Nested
  class ShiftedWindowsOfMaps extends DifferentiableSplitModelContract {
    @Override
    protected DifferentiableSplitModel open() {
      return TorchTokenModelsTest.open(SwinModels.maps(folder.resolve("maps.onnx")), "s0");
    }
  }

  @Nested
  @Tag("slow")
  class ShiftedWindowsOfSequences extends DifferentiableSplitModelContract {
    @Override
    protected DifferentiableSplitModel open() {
      return TorchTokenModelsTest.open(SwinModels.sequences(folder.resolve("seq.onnx")), "merged");
    }
  }
}
