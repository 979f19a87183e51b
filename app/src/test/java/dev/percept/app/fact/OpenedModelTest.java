package dev.percept.app.fact;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.bundle.Safetensors;
import dev.percept.core.DifferentiableSplitModel;
import dev.percept.core.PerceptException;
import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.SplitModel;
import dev.percept.core.Tensor;
import dev.percept.fact.bcos.BcosFile;
import dev.percept.fact.bcos.BcosSpec;
import dev.percept.image.Normalization;
import dev.percept.zoo.Creatures;
import dev.percept.zoo.EmbeddedModel;
import dev.percept.zoo.SceneExamples;
import dev.percept.zoo.Species;
import dev.percept.zoo.Split;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NullUnmarked // a null fails the test
class OpenedModelTest {
  private static final BcosSpec SPEC = BcosSpec.cifarResNet20(3);

  @TempDir Path folder;

  private static Map<String, Tensor> weights() {
    RandomGenerator random = Run.of(0).random("weights");
    Map<String, Tensor> all = new LinkedHashMap<>();
    SPEC.weights()
        .forEach(
            (name, shape) -> {
              float[] values = new float[shape.size()];
              for (int i = 0; i < values.length; i++) {
                values[i] = name.endsWith("running_var") ? 1 : (float) random.nextDouble() - .5f;
              }
              all.put(name, Tensor.wrap(shape, values));
            });
    return all;
  }

  private static NetworkSource source(Path file, @Nullable String architecture) {
    return new NetworkSource(file, architecture, null);
  }

  @Test
  void perceptsOwnFileAndACheckpointAreTheSameNetwork() throws IOException {
    Path own = folder.resolve("own.safetensors");
    BcosFile.write(
        own,
        SPEC,
        weights(),
        List.of("cat", "dog", "fish"),
        BcosFile.Input.STANDARD,
        new BcosFile.Origin("test", 0, Map.of()));
    Path foreign = folder.resolve("foreign.safetensors");
    Safetensors.write(foreign, weights());
    Tensor input = Tensor.zeros(Shape.of(2, 6, 32, 32));
    try (OpenedModel one = OpenedModel.open(source(own, null), 1);
        OpenedModel other = OpenedModel.open(source(foreign, "cifar_resnet20"), 1)) {
      SplitModel cut = one.cut("layer2");
      assertArrayEquals(cut.logits(input).toArray(), other.cut("layer2").logits(input).toArray());
      assertEquals(List.of("cat", "dog", "fish"), one.labels(3).names());
      assertEquals(List.of("0", "1", "2"), other.labels(3).names());
      assertEquals(Optional.of(Normalization.UNIT), one.normalization());
      // The last place where it can be cut.
      assertEquals("layer3", one.cut("auto").info().layer());
    }
  }

  @Test
  void picturesGetTheirInverseWhereTheNetworkNeedsIt() throws IOException {
    Path foreign = folder.resolve("foreign.safetensors");
    Safetensors.write(foreign, weights());
    var pictures = new SceneExamples(Creatures.scenes(Split.TUNE, Species.CAT, 0, 2));
    try (OpenedModel bcos = OpenedModel.open(source(foreign, "cifar-resnet20"), 1)) {
      assertEquals(Shape.of(6, 96, 96), bcos.inputs(pictures).shape());
    }
    try (OpenedModel plain = OpenedModel.open(source(EmbeddedModel.copyTo(folder), null), 1)) {
      assertEquals(pictures, plain.inputs(pictures));
      SplitModel cut = plain.cut(EmbeddedModel.LAYER);
      assertInstanceOf(DifferentiableSplitModel.class, cut);
      assertEquals(6, plain.labels(cut.outputs()).size());
    }
  }

  @Test
  void unfitSourcesGetASentence() throws IOException {
    Path onnx = EmbeddedModel.copyTo(folder);
    assertSentence(
        "explain this one with 'percept explain'", () -> OpenedBcos.open(source(onnx, null), 1));
    Path alone = folder.resolve("alone.safetensors");
    Safetensors.write(alone, weights());
    assertSentence("say it with --architecture", () -> OpenedModel.open(source(alone, null), 1));
    assertSentence("no B-cos architecture 'vgg'", () -> OpenedModel.open(source(alone, "vgg"), 1));
    assertSentence(
        "there is no file",
        () -> OpenedModel.open(source(folder.resolve("none.pth"), "resnet18"), 1));
    Path labels = folder.resolve("labels.txt");
    Files.writeString(labels, "a\nb\n");
    assertSentence(
        "has 3 classes, but there are 2 labels",
        () -> OpenedModel.open(new NetworkSource(alone, "cifar-resnet20", labels), 1));
  }

  private static void assertSentence(String part, Runnable opening) {
    PerceptException e = assertThrows(PerceptException.class, opening::run);
    assertTrue(e.getMessage().contains(part), e.getMessage());
  }
}
