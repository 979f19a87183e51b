package dev.percept.engine.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.core.EmbeddingPullback;
import dev.percept.core.PerceptException;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import dev.percept.core.TextModel;
import dev.percept.engine.onnx.EngineOptions;
import dev.percept.engine.onnx.OnnxEngine;
import dev.percept.engine.onnx.OnnxTextModel;
import dev.percept.engine.torch.graph.DoublePrecision;
import dev.percept.onnx.ElementType;
import dev.percept.testkit.TextModelContract;
import dev.percept.testkit.text.EncoderSpec;
import dev.percept.testkit.text.EncoderSpec.Head;
import dev.percept.testkit.text.EncoderSpec.Mask;
import dev.percept.testkit.text.TextEncoders;
import dev.percept.testkit.text.Texts;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract, agreement with ONNX Runtime, and gradients at the embeddings of words. */
class TorchTextModelTest {
  /** Two engines add in another order; what is asked for of all models. */
  private static final double ENGINES = 1e-5;

  @TempDir static Path folder;

  private static List<EncoderSpec> specs() {
    return List.of(
        EncoderSpec.small(Head.BERT, Mask.LOWEST),
        EncoderSpec.small(Head.ROBERTA, Mask.TEN_THOUSAND)
            .withOpset(13)
            .withType(ElementType.INT32),
        EncoderSpec.small(Head.DISTILBERT, Mask.WHERE).withOpset(18),
        EncoderSpec.small(Head.MEAN, Mask.LOWEST).withInputs("position_ids", "mask", "input_ids"),
        EncoderSpec.small(Head.MAX, Mask.LOWEST),
        EncoderSpec.small(Head.LAST, Mask.WHERE),
        EncoderSpec.small(Head.CARELESS_MEAN, Mask.NONE).withInputs("input_ids"),
        EncoderSpec.small(Head.BERT, Mask.LOWEST).withTokens(16),
        EncoderSpec.small(Head.ROBERTA, Mask.WHERE).withBatch(4));
  }

  private static Path write(EncoderSpec spec) {
    return TextEncoders.write(spec, folder.resolve("encoder.onnx"));
  }

  private abstract static class Contract extends TextModelContract {
    private final EncoderSpec spec;
    private final Reads reads;

    Contract(EncoderSpec spec, Reads reads) {
      this.spec = spec;
      this.reads = reads;
    }

    @Override
    protected TextModel open() {
      return open(TorchOptions.DEFAULT);
    }

    @Override
    protected @Nullable TextModel open(int tokens) {
      return spec.tokens() > 0 ? null : open(TorchOptions.DEFAULT.withMaxTokens(tokens));
    }

    private TextModel open(TorchOptions options) {
      Path file = TextEncoders.write(spec, folder.resolve(getClass().getSimpleName() + ".onnx"));
      return TorchEngine.openText(file, "auto", options);
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
  class PaddingIsPooled extends Contract {
    PaddingIsPooled() {
      super(EncoderSpec.small(Head.CARELESS_MEAN, Mask.WHERE).withOpset(18), Reads.MEAN);
    }
  }

  @Nested
  class FixedLength extends Contract {
    FixedLength() {
      super(EncoderSpec.small(Head.MEAN, Mask.TEN_THOUSAND).withTokens(12), Reads.MEAN);
    }
  }

  @Test
  void asOnnxRuntime() {
    for (EncoderSpec spec : specs()) {
      Path file = write(spec);
      try (OnnxTextModel expected = OnnxEngine.openText(file, "auto", EngineOptions.DEFAULT);
          TorchTextModel found = TorchEngine.openText(file, "auto", TorchOptions.DEFAULT)) {
        Tensor x = Texts.batch(6, found.maxTokens(), spec.words());
        assertEquals(expected.info().layer(), found.info().layer());
        Near.assertNear(expected.logits(x), found.logits(x), ENGINES, spec + " logits");
        Tensor a = expected.activations(x).values();
        Near.assertNear(a, found.activations(x).values(), ENGINES, spec + " activations");
        Near.assertNear(expected.tokens(x), found.tokens(x), ENGINES, spec + " tokens");
        Near.assertNear(expected.head(a), found.head(a), ENGINES, spec + " head");
      }
    }
  }

  /** {@code vᵀ J} along a random direction of embeddings, in double precision. */
  @Test
  void gradientsAsFiniteDifferences() {
    for (EncoderSpec spec : specs()) {
      for (boolean fuse : new boolean[] {false, true}) {
        var cuts = TorchEngine.cuts(write(spec), TorchOptions.DEFAULT);
        Tensor x = Texts.batch(3, cuts.shapes().maxTokens(), spec.words());
        DoublePrecision.checkEmbeddings(cuts, x, fuse);
      }
    }
  }

  @Test
  void embeddingsAndGradientsAreZeroAtPaddingAndOneTextAtATime() {
    for (EncoderSpec spec : specs()) {
      try (TorchTextModel model = TorchEngine.openText(write(spec), "auto", TorchOptions.DEFAULT)) {
        Tensor x = Texts.batch(7, model.maxTokens(), spec.words());
        EmbeddingPullback all = model.pullEmbeddings(x, v -> v);
        int columns = model.maxTokens();
        assertEquals(Shape.of(7, columns, spec.width()), all.gradients().shape());
        Near.assertNear(model.pooled(x), all.values().reshape(7, model.features()), ENGINES, "g");
        for (int i = 0; i < 7; i++) {
          EmbeddingPullback one = model.pullEmbeddings(x.slice(i, i + 1), v -> v);
          String what = spec + ", text " + i;
          Near.assertNear(one.gradients(), all.gradients().slice(i, i + 1), 2e-5, what);
          Near.assertNear(one.embeddings(), all.embeddings().slice(i, i + 1), ENGINES, what);
          for (int t = 0; t < columns; t++) {
            boolean token = x.get((i * TextModel.ROWS + TextModel.MASK) * columns + t) == 1;
            double size = size(all.embeddings(), i * columns + t, spec.width());
            double slope = size(all.gradients(), i * columns + t, spec.width());
            assertEquals(token, size > 0, what + ", token " + t);
            assertTrue(token || slope == 0, what + ", token " + t);
          }
        }
      }
    }
  }

  private static double size(Tensor values, int row, int width) {
    double sum = 0;
    for (int i = 0; i < width; i++) {
      sum += Math.abs(values.get(row * width + i));
    }
    return sum;
  }

  @Test
  void theHeadHasGradientsForImportance() {
    EncoderSpec spec = EncoderSpec.small(Head.DISTILBERT, Mask.LOWEST);
    try (TorchTextModel model = TorchEngine.openText(write(spec), "auto", TorchOptions.DEFAULT)) {
      Tensor a = model.activations(Texts.batch(3, 20, spec.words())).values();
      float[] seed = new float[3 * model.outputs()];
      Arrays.fill(seed, 1);
      var pulled = model.pullHead(a, v -> Tensor.wrap(v.shape(), seed));
      // The head behind the ReLU is one linear layer: the gradient is the same for all texts.
      float[] first = pulled.gradients().row(0).toArray();
      for (int i = 1; i < 3; i++) {
        Near.assertNear(
            Tensor.wrap(Shape.of(first.length), first),
            pulled.gradients().row(i).reshape(first.length),
            ENGINES,
            "text " + i);
      }
      assertTrue(Near.distance(Tensor.zeros(a.shape()), pulled.gradients()) > 0);
    }
  }

  @Test
  void refusesWhatIsNoTextOrWrong() {
    Path file = write(EncoderSpec.small(Head.BERT, Mask.LOWEST));
    assertThrows(
        PerceptException.class, () -> TorchEngine.open(file, "auto", TorchOptions.DEFAULT));
    Path pictures = Networks.residual(folder.resolve("pictures.onnx"), 17, -1, false);
    assertThrows(
        PerceptException.class, () -> TorchEngine.openText(pictures, "auto", TorchOptions.DEFAULT));
    Tensor x = Texts.batch(2, 20, 60);
    TorchTextModel closed = TorchEngine.openText(file, "auto", TorchOptions.DEFAULT);
    try (closed) {
      assertThrows(
          IllegalArgumentException.class,
          () -> closed.pullEmbeddings(x, v -> Tensor.zeros(Shape.of(1, 1, 1))));
    }
    assertThrows(IllegalStateException.class, () -> closed.pullEmbeddings(x, v -> v));
  }
}
