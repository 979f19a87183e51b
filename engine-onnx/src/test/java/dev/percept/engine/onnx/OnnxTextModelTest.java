package dev.percept.engine.onnx;

import dev.percept.core.TextModel;
import dev.percept.onnx.ElementType;
import dev.percept.testkit.TextModelContract;
import dev.percept.testkit.text.EncoderSpec;
import dev.percept.testkit.text.EncoderSpec.Head;
import dev.percept.testkit.text.EncoderSpec.Mask;
import dev.percept.testkit.text.TextEncoders;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** The contract on encoders that differ in what can go wrong. */
class OnnxTextModelTest {
  @TempDir static Path folder;

  private abstract static class Contract extends TextModelContract {
    private final EncoderSpec spec;
    private final Reads reads;

    Contract(EncoderSpec spec, Reads reads) {
      this.spec = spec;
      this.reads = reads;
    }

    @Override
    protected TextModel open() {
      return open(EngineOptions.DEFAULT);
    }

    @Override
    protected @Nullable TextModel open(int tokens) {
      return spec.tokens() > 0 ? null : open(EngineOptions.DEFAULT.withMaxTokens(tokens));
    }

    private TextModel open(EngineOptions options) {
      Path file = TextEncoders.write(spec, folder.resolve(getClass().getSimpleName() + ".onnx"));
      return OnnxEngine.openText(file, "auto", options);
    }

    @Override
    protected int words() {
      return spec.words();
    }

    @Override
    protected Reads reads() {
      return reads;
    }
  }

  @Nested
  class Bert extends Contract {
    Bert() {
      super(EncoderSpec.small(Head.BERT, Mask.LOWEST), Reads.FIRST);
    }
  }

  @Nested
  class RobertaOpset13Int32InAnotherOrder extends Contract {
    RobertaOpset13Int32InAnotherOrder() {
      super(
          EncoderSpec.small(Head.ROBERTA, Mask.TEN_THOUSAND)
              .withOpset(13)
              .withType(ElementType.INT32)
              .withInputs("attention_mask", "input_ids"),
          Reads.FIRST);
    }
  }

  @Nested
  class DistilBertByTorchExport extends Contract {
    DistilBertByTorchExport() {
      super(EncoderSpec.small(Head.DISTILBERT, Mask.WHERE).withOpset(18), Reads.FIRST);
    }
  }

  @Nested
  class SentenceTransformerWithPositions extends Contract {
    SentenceTransformerWithPositions() {
      super(
          EncoderSpec.small(Head.MEAN, Mask.LOWEST)
              .withInputs("segment_ids:0", "position_ids", "mask", "tokens"),
          Reads.MEAN);
    }
  }

  @Nested
  class PaddingIsPooled extends Contract {
    PaddingIsPooled() {
      super(EncoderSpec.small(Head.CARELESS_MEAN, Mask.LOWEST), Reads.MEAN);
    }
  }

  @Nested
  class NoMask extends Contract {
    NoMask() {
      super(EncoderSpec.small(Head.CARELESS_MEAN, Mask.NONE).withInputs("input_ids"), Reads.MEAN);
    }
  }

  @Nested
  class Maximum extends Contract {
    Maximum() {
      super(EncoderSpec.small(Head.MAX, Mask.LOWEST), Reads.OTHER);
    }
  }

  @Nested
  class LastToken extends Contract {
    LastToken() {
      super(EncoderSpec.small(Head.LAST, Mask.WHERE), Reads.OTHER);
    }
  }

  @Nested
  class FixedLength extends Contract {
    FixedLength() {
      super(EncoderSpec.small(Head.BERT, Mask.LOWEST).withTokens(16), Reads.FIRST);
    }
  }

  @Nested
  class FixedBatchAndLength extends Contract {
    FixedBatchAndLength() {
      super(EncoderSpec.small(Head.MEAN, Mask.LOWEST).withTokens(10).withBatch(2), Reads.MEAN);
    }
  }
}
