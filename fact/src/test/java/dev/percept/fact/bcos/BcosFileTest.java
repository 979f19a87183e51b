package dev.percept.fact.bcos;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.core.PerceptException;
import dev.percept.core.Run;
import dev.percept.core.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BcosFileTest {
  private static final BcosSpec SPEC =
      BcosSpec.of(
          new ResNetSpec(
              4, 3, 2, false, ResNetSpec.Block.BASIC, List.of(new ResNetSpec.Stage(1, 6, 1))),
          8,
          8,
          3);
  private static final List<String> LABELS = List.of("cat", "dog", "Fuß");
  private static final BcosFile.Origin ORIGIN =
      new BcosFile.Origin("percept zoo train", 3, Map.of("libtorch", "2"));

  @TempDir Path folder;
  private Path file = Path.of("unset");

  @BeforeEach
  void write() {
    file = folder.resolve("deep").resolve("small.safetensors");
    write(SPEC, BcosStart.of(SPEC, Run.of(3)));
  }

  private BcosFile.Description write(BcosSpec spec, Map<String, Tensor> weights) {
    return BcosFile.write(file, spec, weights, LABELS, BcosFile.Input.STANDARD, ORIGIN);
  }

  @Test
  void whatIsWrittenReadsBack() throws IOException {
    Map<String, Tensor> weights = BcosStart.of(SPEC, Run.of(3));
    BcosFile.Loaded loaded = BcosFile.read(file);
    BcosFile.Description description = loaded.description();
    assertEquals(SPEC, description.network());
    assertEquals(LABELS, description.labels());
    assertEquals(ORIGIN, description.origin());
    assertEquals(BcosFile.Input.STANDARD, description.input());
    assertEquals(weights.keySet(), loaded.weights().keySet());
    weights.forEach(
        (name, value) ->
            assertArrayEquals(
                value.toArray(), BcosWeights.get(loaded.weights(), name).toArray(), 0f, name));
    assertTrue(BcosFile.isAt(file));
    assertFalse(BcosFile.isAt(BcosFile.description(file)));
    try (Stream<Path> files = Files.list(folder.resolve("deep"))) {
      assertEquals(
          List.of("small.json", "small.safetensors"),
          files.map(f -> f.getFileName().toString()).sorted().toList());
    }
    byte[] first = Files.readAllBytes(BcosFile.description(file));
    write(SPEC, weights);
    assertArrayEquals(first, Files.readAllBytes(BcosFile.description(file)), "the same bytes");
  }

  @Test
  void theNetworkThatIsReadComputesWhatTheOneThatWasWrittenDid() {
    Tensor x = Tensor.zeros(SPEC.inputShape().batch(2));
    float[] values = x.toArray();
    for (int i = 0; i < values.length; i++) {
      values[i] = (i % 7) / 7f;
    }
    Tensor inputs = Tensor.wrap(x.shape(), values);
    try (BcosNetwork written = BcosNetwork.of(SPEC, BcosStart.of(SPEC, Run.of(3)), 1);
        BcosNetwork read = BcosFile.read(file).network(1)) {
      assertArrayEquals(
          written.cut("layer1").logits(inputs).toArray(),
          read.cut("layer1").logits(inputs).toArray(),
          0f);
    }
  }

  @Test
  void oneOfThePairIsMissing() throws IOException {
    Path description = BcosFile.description(file);
    Path away = description.resolveSibling("away");
    Files.move(description, away);
    assertFalse(BcosFile.isAt(file));
    refused("there is no file " + description);
    Files.move(away, description);
    Files.delete(file);
    refused("there is no file " + file);
  }

  @Test
  void weightsOfAnotherTrainingOrDamagedOnes() throws IOException {
    byte[] description = Files.readAllBytes(BcosFile.description(file));
    byte[] weights = Files.readAllBytes(file);
    // A kill between the two renamings leaves newer weights beside the older description.
    write(SPEC, BcosStart.of(SPEC, Run.of(4)));
    Files.write(BcosFile.description(file), description);
    refused("is not the file that small.json describes");
    weights[weights.length - 1] ^= 1;
    Files.write(file, weights);
    refused("is not the file that small.json describes");
  }

  @Test
  void anotherVersionAndDamagedDescriptions() throws IOException {
    Path description = BcosFile.description(file);
    String good = Files.readString(description);
    replace(good, "percept-bcos/1", "percept-bcos/9", "this program reads 'percept-bcos/1'");
    replace(good, "\"classes\" : 3", "\"classes\" : 1", "classes: at least 2, found 1");
    replace(good, "\"classes\" : 3", "\"classes\" : 4", "labels: one for each of 4 classes");
    replace(good, "\"dog\"", "\"cat\"", "labels: all different");
    replace(good, "\"height\" : 8", "\"hight\" : 8", "height");
    replace(good, "\"labels\"", "\"labels\" : null, \"labels2\"", "small.json is no description");
    Files.writeString(description, good.substring(0, good.length() / 2));
    refused("small.json is no description of a B-cos network");
    // A description that was edited: the weights no longer fit, and what does not is named.
    replace(good, "\"stem\" : 4", "\"stem\" : 5", "conv1.linear.weight (expected 5 x 6 x 3 x 3");
  }

  private void replace(String good, String what, String by, String why) throws IOException {
    String bad = good.replace(what, by);
    assertFalse(bad.equals(good), what);
    Files.writeString(BcosFile.description(file), bad);
    refused(why);
  }

  private void refused(String why) {
    PerceptException e = assertThrows(PerceptException.class, () -> BcosFile.read(file));
    assertTrue(String.valueOf(e.getMessage()).contains(why), e.getMessage());
  }

  @Test
  void whatDoesNotFitIsNotWritten() throws IOException {
    byte[] before = Files.readAllBytes(file);
    Map<String, Tensor> fewer = new LinkedHashMap<>(BcosStart.of(SPEC, Run.of(3)));
    fewer.remove("bn1.weight");
    PerceptException e = assertThrows(PerceptException.class, () -> write(SPEC, fewer));
    assertTrue(String.valueOf(e.getMessage()).contains("missing: bn1.weight"), e.getMessage());
    assertArrayEquals(before, Files.readAllBytes(file));
    file = folder.resolve("weights.bin");
    assertTrue(
        String.valueOf(
                assertThrows(
                        PerceptException.class, () -> write(SPEC, BcosStart.of(SPEC, Run.of(3))))
                    .getMessage())
            .contains("NAME.safetensors"));
  }
}
