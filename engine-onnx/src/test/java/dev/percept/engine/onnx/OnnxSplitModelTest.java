package dev.percept.engine.onnx;

import dev.percept.core.SplitModel;
import dev.percept.testkit.SplitModelContract;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** The contract on models that differ in what can go wrong. */
class OnnxSplitModelTest {
  private static final int OPEN = -1;

  @TempDir static Path folder;

  private static SplitModel open(Path model, String layer) {
    return OnnxEngine.open(model, layer, EngineOptions.DEFAULT);
  }

  @Nested
  class LastFeatures extends SplitModelContract {
    @Override
    protected SplitModel open() {
      Path file = folder.resolve("residual.onnx");
      return OnnxSplitModelTest.open(TestModels.residual(file, 17, OPEN, false), "auto");
    }
  }

  @Nested
  class MidNetworkWithSoftmaxOpset9 extends SplitModelContract {
    @Override
    protected SplitModel open() {
      Path file = folder.resolve("softmax.onnx");
      return OnnxSplitModelTest.open(TestModels.residual(file, 9, OPEN, true), "one");
    }
  }

  @Nested
  class SignedBeforeTheReluOpset21 extends SplitModelContract {
    @Override
    protected SplitModel open() {
      Path file = folder.resolve("signed.onnx");
      return OnnxSplitModelTest.open(TestModels.residual(file, 21, OPEN, false), "two.sum");
    }
  }

  @Nested
  class AVector extends SplitModelContract {
    @Override
    protected SplitModel open() {
      Path file = folder.resolve("vector.onnx");
      return OnnxSplitModelTest.open(TestModels.residual(file, 13, OPEN, false), "flat");
    }
  }

  @Nested
  class FixedBatch extends SplitModelContract {
    @Override
    protected SplitModel open() {
      Path file = folder.resolve("fixed.onnx");
      return OnnxSplitModelTest.open(TestModels.residual(file, 17, 4, true), "auto");
    }
  }

  @Nested
  class ChannelsLast extends SplitModelContract {
    @Override
    protected SplitModel open() {
      Path file = folder.resolve("last.onnx");
      return OnnxSplitModelTest.open(TestModels.channelsLast(file), "features");
    }
  }

  @Nested
  class Tokens extends SplitModelContract {
    @Override
    protected SplitModel open() {
      Path file = folder.resolve("tokens.onnx");
      return OnnxSplitModelTest.open(TestModels.tokens(file), "auto");
    }
  }

  @Nested
  class SizesAcrossTheCut extends SplitModelContract {
    @Override
    protected SplitModel open() {
      Path file = folder.resolve("sizes.onnx");
      return OnnxSplitModelTest.open(TestModels.sizesAcrossTheCut(file), "auto");
    }
  }
}
