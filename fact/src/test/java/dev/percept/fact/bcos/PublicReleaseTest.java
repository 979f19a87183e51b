package dev.percept.fact.bcos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.bundle.JsonFile;
import dev.percept.core.DynamicLinearModel;
import dev.percept.core.Grid;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The architectures of the public B-cos v2, at full size, with random weights. */
class PublicReleaseTest {
  @TempDir Path folder;

  private static BcosSpec spec(String name) {
    return switch (name) {
      case "resnet_18" -> BcosSpec.resNet18(1000);
      case "resnet_34" -> BcosSpec.resNet34(1000);
      case "resnet_50" -> BcosSpec.resNet50(1000);
      case "densenet_121" -> BcosSpec.of(DenseNetSpec.of121(), 224, 224, 1000);
      case "bcos_simple_vit_ti_patch16_224" -> BcosSpec.of(VitSpec.tiny(), 224, 224, 1000);
      case "bcos_vitc_ti_patch1_14" -> BcosSpec.of(VitSpec.convolutionalTiny(), 224, 224, 1000);
      default -> throw new IllegalArgumentException(name);
    };
  }

  /** The release says how many millions of parameters each has. */
  @ParameterizedTest
  @CsvSource({"resnet_18, 11.69", "resnet_34, 21.80", "resnet_50, 25.54", "densenet_121, 7.95"})
  void theyHaveAsManyParametersAsTheReleaseSays(String name, double millions) {
    long learnt =
        spec(name).weights().entrySet().stream()
            .filter(e -> !e.getKey().contains("running_"))
            .mapToLong(e -> e.getValue().size())
            .sum();
    assertEquals(millions, Math.round(learnt / 1e4) / 100.0, 1e-9);
  }

  @ParameterizedTest
  @CsvSource({
    "resnet_18, conv1.linear.weight, 64 x 6 x 7 x 7",
    "resnet_18, layer2.0.downsample.0.linear.weight, 128 x 64 x 1 x 1",
    "resnet_18, layer4.1.bn2.running_mean, 512",
    "resnet_34, layer3.5.conv2.linear.weight, 256 x 256 x 3 x 3",
    "resnet_50, layer1.0.downsample.0.linear.weight, 256 x 64 x 1 x 1",
    "resnet_50, layer1.0.downsample.1.running_var, 256",
    "resnet_50, layer4.2.conv3.linear.weight, 2048 x 512 x 1 x 1",
    "resnet_50, layer4.2.bn3.weight, 2048",
    "resnet_50, fc.linear.weight, 1000 x 2048 x 1 x 1",
    "densenet_121, features.conv0.linear.weight, 64 x 6 x 7 x 7",
    "densenet_121, features.norm0.running_var, 64",
    "densenet_121, features.denseblock1.denselayer6.norm1.weight, 224",
    "densenet_121, features.denseblock4.denselayer16.conv2.linear.weight, 32 x 128 x 3 x 3",
    "densenet_121, features.transition3.conv.linear.weight, 512 x 1024 x 1 x 1",
    "densenet_121, features.norm5.weight, 1024",
    "densenet_121, classifier.linear.weight, 1000 x 1024 x 1 x 1",
    "bcos_simple_vit_ti_patch16_224, 0.to_patch_embedding.linear.linear.weight, 192 x 1536",
    "bcos_simple_vit_ti_patch16_224, 0.transformer.encoder_11.attn.norm.weight, 192",
    "bcos_simple_vit_ti_patch16_224, 0.transformer.encoder_11.attn.to_qkv.weight, 576 x 192",
    "bcos_simple_vit_ti_patch16_224, 0.transformer.encoder_0.attn.to_out.linear.weight, 192 x 192",
    "bcos_simple_vit_ti_patch16_224, 0.transformer.encoder_0.ff.net.linear1.linear.weight,"
        + " 768 x 192",
    "bcos_simple_vit_ti_patch16_224, 0.linear_head.norm.weight, 192",
    "bcos_simple_vit_ti_patch16_224, 0.linear_head.linear.linear.weight, 1000 x 192",
    "bcos_vitc_ti_patch1_14, 0.to_patch_embedding.conv_stem.0.linear.weight, 24 x 6 x 3 x 3",
    "bcos_vitc_ti_patch1_14, 0.to_patch_embedding.conv_stem.10.weight, 192",
    "bcos_vitc_ti_patch1_14, 0.to_patch_embedding.linear.linear.weight, 192 x 192"
  })
  void namesAndShapesAreThoseOfTheRelease(String network, String name, String shape) {
    assertEquals(shape, String.valueOf(spec(network).weights().get(name)));
  }

  @Test
  void namesCountAndOrderAreThoseOfAStateDict() {
    List<String> names = List.copyOf(BcosSpec.resNet50(1000).weights().keySet());
    // 53 convolutions and fc, 53 norms of 3 tensors each (the counter is not kept).
    assertEquals(54 + 53 * 3, names.size());
    assertEquals(
        List.of("conv1.linear.weight", "bn1.weight", "bn1.running_mean", "bn1.running_var"),
        names.subList(0, 4));
    assertEquals("fc.linear.weight", names.get(names.size() - 1));
    assertFalse(names.stream().anyMatch(n -> n.endsWith("bias")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "resnet_18",
        "resnet_50",
        "densenet_121",
        "bcos_simple_vit_ti_patch16_224",
        "bcos_vitc_ti_patch1_14"
      })
  void anArchitectureGoesThroughJson(String name) throws IOException {
    Path file = folder.resolve(name + ".json");
    JsonFile.write(file, spec(name));
    assertEquals(spec(name), JsonFile.read(file, BcosSpec.class, "network"));
  }

  @Test
  void resNet18IsCompleteAtEveryCut() {
    BcosSpec full = BcosSpec.resNet18(1000);
    // A smaller picture takes the same weights.
    BcosSpec spec = BcosSpec.of(java.util.Objects.requireNonNull(full.resNet()), 64, 64, 1000);
    complete(spec, 9);
  }

  @Test
  void denseNetsAreCompleteAtEveryCut() {
    DenseNetSpec body = new DenseNetSpec(12, false, 8, 2, List.of(2, 3, 1));
    complete(BcosSpec.of(body, 30, 41, 5), 9);
    complete(BcosSpec.of(new DenseNetSpec(12, true, 8, 2, List.of(2)), 9, 9, 5), 3);
  }

  @ParameterizedTest
  @CsvSource({
    "resnet_34, 17",
    "resnet_50, 17",
    "densenet_121, 62",
    "bcos_simple_vit_ti_patch16_224, 13",
    "bcos_vitc_ti_patch1_14, 12"
  })
  @Tag("slow")
  void theOthersAreCompleteAtEveryCutAtFullSize(String name, int cuts) {
    complete(spec(name), cuts);
  }

  /**
   * Without the bias of the logits: those of 1,000 classes with random weights are some 1e-4, of
   * which float32 keeps four digits beside a bias of −7.
   */
  private static void complete(BcosSpec biased, int cuts) {
    BcosSpec spec = biased.withLogits(0, 1);
    Map<String, Tensor> weights = Networks.weights(spec, 3);
    Tensor x = BcosNetworkTest.pictures(spec, 1);
    try (BcosNetwork network = BcosNetwork.of(spec, weights, 1)) {
      assertEquals(cuts, network.layers().size());
      for (String layer : network.layers()) {
        Completeness.atCut(network.cut(layer), x);
      }
      DynamicLinearModel first = network.cut(network.layers().get(0));
      if (first.completeAtInput()) {
        Completeness.atInput(first, x);
      }
    }
  }

  @Test
  void gridsOfResNet50AreAsEver() {
    BcosSpec spec = BcosSpec.resNet50(10);
    Plan plan = spec.plan();
    assertEquals(new Grid(56, 56), plan.place(plan.find("layer1")).grid());
    assertEquals(new Grid(28, 28), plan.place(plan.find("layer2")).grid());
    assertEquals(new Grid(14, 14), plan.place(plan.find("layer3.1")).grid());
    assertEquals(new Grid(7, 7), plan.place(plan.find("layer4")).grid());
    assertEquals(Shape.of(6, 224, 224), spec.inputShape());
    assertTrue(plan.completeAtInput());
  }
}
