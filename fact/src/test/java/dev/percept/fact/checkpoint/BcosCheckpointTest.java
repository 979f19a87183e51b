package dev.percept.fact.checkpoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.core.PerceptException;
import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import dev.percept.fact.bcos.BcosArchitecture;
import dev.percept.fact.bcos.BcosCheckpoint;
import dev.percept.fact.bcos.BcosFile;
import dev.percept.fact.bcos.BcosNetwork;
import dev.percept.fact.bcos.BcosSpec;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@NullUnmarked // a null fails the test
class BcosCheckpointTest {
  @TempDir Path folder;

  private Path file() {
    return folder.resolve("resnet.pth");
  }

  /** Weights of the right names and shapes; variances are positive. */
  private static Map<String, Tensor> weights(BcosSpec spec) {
    RandomGenerator random = Run.of(3).random("weights");
    Map<String, Tensor> all = new LinkedHashMap<>();
    spec.weights()
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

  /** A file of the size and with the names of the public ones, counters of batches included. */
  @ParameterizedTest
  @CsvSource({
    "resnet18, 1000, 11.69",
    "resnet50, 1000, 25.54",
    "densenet121, 1000, 7.95",
    "simple-vit-ti, 1000, 5.80",
    "vitc-ti, 1000, 5.32",
    "cifar-resnet20, 10, .27"
  })
  void aFullSizeCheckpointIsReadWhole(String name, int classes, double millions) {
    BcosSpec spec = BcosArchitecture.of(name).spec(classes);
    Map<String, Tensor> weights = weights(spec);
    Map<String, Tensor> written = new LinkedHashMap<>(weights);
    written.put("bn1.num_batches_tracked", Tensor.of(Shape.of(), 450_000));
    TorchFiles.write(file(), written);

    BcosFile.Loaded loaded = BcosCheckpoint.read(file(), BcosArchitecture.of(name), List.of());
    assertEquals(spec, loaded.description().network());
    assertEquals(classes, loaded.description().labels().size());
    weights.forEach(
        (key, tensor) -> assertArrayEquals(tensor.toArray(), loaded.weights().get(key).toArray()));
    // As published with the weights: statistics of the normalisation do not count.
    double parameters =
        weights.entrySet().stream()
            .filter(e -> !e.getKey().contains("running_"))
            .mapToLong(e -> e.getValue().shape().size())
            .sum();
    assertEquals(millions, parameters / 1e6, .006);
  }

  @Test
  void aNetworkFromACheckpointAnswers() {
    BcosSpec spec = BcosSpec.cifarResNet20(10);
    TorchFiles.write(file(), weights(spec));
    Tensor input = Tensor.wrap(Shape.of(1, 6, 32, 32), new float[6 * 32 * 32]);
    try (BcosNetwork direct = BcosNetwork.of(spec, weights(spec), 1);
        BcosNetwork read =
            BcosCheckpoint.read(file(), BcosArchitecture.CIFAR_RESNET20, List.of()).network(1)) {
      String layer = direct.layers().get(direct.layers().size() - 1);
      assertArrayEquals(
          direct.cut(layer).logits(input).toArray(), read.cut(layer).logits(input).toArray());
    }
  }

  @Test
  void everyNameThatDoesNotFitIsListed() {
    Map<String, Tensor> weights = weights(BcosSpec.resNet18(4));
    weights.remove("layer3.1.bn2.weight");
    weights.put("layer1.0.conv1.bias", Tensor.zeros(Shape.of(64)));
    weights.put("bn1.weight", Tensor.zeros(Shape.of(63)));
    TorchFiles.write(file(), weights);
    String sentence = refusal(BcosArchitecture.RESNET18, List.of());
    for (String part : List.of("layer3.1.bn2.weight", "layer1.0.conv1.bias", "bn1.weight")) {
      assertTrue(sentence.contains(part), sentence);
    }
  }

  @Test
  void weightsOfSomethingElseAreRefused() {
    TorchFiles.write(file(), weights(BcosSpec.resNet18(4)));
    assertTrue(refusal(BcosArchitecture.RESNET34, List.of()).contains("layer1.2.conv1"));
    assertTrue(refusal(BcosArchitecture.RESNET18, List.of("a", "b")).contains("2 labels"));
    TorchFiles.write(file(), Map.of("encoder.weight", Tensor.zeros(Shape.of(3, 2))));
    assertTrue(refusal(BcosArchitecture.RESNET18, List.of()).contains("[encoder.weight]"));
    PerceptException e = assertThrows(PerceptException.class, () -> BcosArchitecture.of("vgg"));
    assertTrue(e.getMessage().contains("resnet50"), e.getMessage());
  }

  private String refusal(BcosArchitecture architecture, List<String> labels) {
    return assertThrows(
            PerceptException.class, () -> BcosCheckpoint.read(file(), architecture, labels))
        .getMessage();
  }
}
