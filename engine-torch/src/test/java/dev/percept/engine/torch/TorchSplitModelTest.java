package dev.percept.engine.torch;

import dev.percept.core.DifferentiableSplitModel;
import dev.percept.testkit.DifferentiableSplitModelContract;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** The contracts on models that differ in what can go wrong. */
class TorchSplitModelTest {
  private static final int OPEN = -1;

  @TempDir static Path folder;

  private static DifferentiableSplitModel open(Path model, String layer) {
    return TorchEngine.open(model, layer, TorchOptions.DEFAULT);
  }

  @Nested
  class LastFeatures extends DifferentiableSplitModelContract {
    @Override
    protected DifferentiableSplitModel open() {
      Path file = folder.resolve("residual.onnx");
      return TorchSplitModelTest.open(Networks.residual(file, 17, OPEN, false), "auto");
    }
  }

  @Nested
  class MidNetworkWithSoftmaxOpset9 extends DifferentiableSplitModelContract {
    @Override
    protected DifferentiableSplitModel open() {
      Path file = folder.resolve("softmax.onnx");
      return TorchSplitModelTest.open(Networks.residual(file, 9, OPEN, true), "one");
    }
  }

  @Nested
  class FixedBatchOpset21 extends DifferentiableSplitModelContract {
    @Override
    protected DifferentiableSplitModel open() {
      Path file = folder.resolve("fixed.onnx");
      return TorchSplitModelTest.open(Networks.residual(file, 21, 4, true), "auto");
    }
  }

  @Nested
  class Mobile extends DifferentiableSplitModelContract {
    @Override
    protected DifferentiableSplitModel open() {
      return TorchSplitModelTest.open(Networks.mobile(folder.resolve("mobile.onnx")), "auto");
    }
  }

  @Nested
  class ChannelsLast extends DifferentiableSplitModelContract {
    @Override
    protected DifferentiableSplitModel open() {
      Path file = folder.resolve("last.onnx");
      return TorchSplitModelTest.open(Networks.channelsLast(file), "features");
    }
  }

  @Nested
  class SizesAcrossTheCut extends DifferentiableSplitModelContract {
    @Override
    protected DifferentiableSplitModel open() {
      Path file = folder.resolve("sizes.onnx");
      return TorchSplitModelTest.open(Networks.sizesAcrossTheCut(file), "auto");
    }
  }

  @Nested
  class MeasuredShapes extends DifferentiableSplitModelContract {
    @Override
    protected DifferentiableSplitModel open() {
      Path file = folder.resolve("einsum.onnx");
      return TorchSplitModelTest.open(Networks.unknownShapes(file), "features");
    }
  }
}
