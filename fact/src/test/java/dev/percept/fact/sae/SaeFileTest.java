package dev.percept.fact.sae;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.bundle.Safetensors;
import dev.percept.core.Dictionary;
import dev.percept.core.ModelInfo;
import dev.percept.core.PerceptException;
import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SaeFileTest {
  private static final ModelInfo MODEL =
      new ModelInfo("net.onnx", "ab".repeat(32), "/layer3", "Relu", true, "engine 1");
  private static final int R = 12;
  private static final int P = 7;

  @TempDir Path temp;

  private static SaeCard card(SparseAutoencoder sae) {
    return SaeCard.of(
        sae, 3, MODEL, 4, Map.of("rate", "0.001"), Map.of("r2", 0.9), Map.of("java", "17"));
  }

  private static List<SparseAutoencoder> kinds() {
    return List.of(
        Weights.random(new Gate.TopK(3), R, P),
        Weights.random(new Gate.BatchTopK(3, 0.1f), R, P),
        SparseAutoencoder.of(
            Weights.jump(R, 0.3f),
            Weights.gaussian("encoder", R, P),
            Weights.gaussian("bias", R),
            new Dictionary(Weights.gaussian("atoms", R, P), Weights.gaussian("offset", P))));
  }

  @Test
  void whatIsWrittenReadsBackToTheSameCodes() {
    Tensor rows = Weights.gaussian("rows", 20, P);
    Run run = Run.of(0);
    for (SparseAutoencoder sae : kinds()) {
      Path folder = temp.resolve(sae.gate().kind());
      SaeFile.write(folder, sae, card(sae));
      SaeFile.write(folder, sae, card(sae)); // over an older one
      SaeFile.Stored read = SaeFile.read(folder);
      assertEquals(card(sae), read.card());
      assertArrayEquals(sae.encode(rows, run).toArray(), read.bank().encode(rows, run).toArray());
      assertArrayEquals(
          sae.reconstruct(rows, run).toArray(), read.bank().reconstruct(rows, run).toArray());
      assertEquals(MODEL.layer(), read.card().layer());
      assertNotNull(read.card().k());
    }
  }

  @Test
  void theWrongModelIsNamedInOneSentence() {
    SaeCard card = card(kinds().get(0));
    card.requireFits(MODEL, P);
    ModelInfo other =
        new ModelInfo("other.onnx", "cd".repeat(32), "/layer3", "Relu", true, "engine 1");
    says("trained on net.onnx (sha256 abababababab…), not on other.onnx", card, other, P);
    ModelInfo elsewhere =
        new ModelInfo("net.onnx", "ab".repeat(32), "/layer4", "Relu", true, "engine 1");
    says("trained at layer '/layer3' (7 features), not at '/layer4' (7)", card, elsewhere, P);
    says("trained at layer '/layer3' (7 features), not at '/layer3' (8)", card, MODEL, P + 1);
  }

  private static void says(String words, SaeCard card, ModelInfo model, int width) {
    PerceptException e = assertThrows(PerceptException.class, () -> card.requireFits(model, width));
    assertTrue(String.valueOf(e.getMessage()).contains(words), e.getMessage());
  }

  @Test
  void whatIsDamagedIsRefused() throws IOException {
    SparseAutoencoder sae = kinds().get(0);
    Path folder = temp.resolve("sae");
    unfit("there is no file", folder);
    SaeFile.write(folder, sae, card(sae));
    Path json = folder.resolve(SaeFile.CARD);
    Path weights = folder.resolve(SaeFile.WEIGHTS);
    String good = Files.readString(json);
    for (String[] change :
        new String[][] {
          {"\"latents\" : 12", "\"latents\" : 13", "says topk with 13 latents"},
          {"\"kind\" : \"topk\"", "\"kind\" : \"relu\"", "kind: topk, batchtopk or jumprelu"},
          {"\"kind\" : \"topk\"", "\"kind\" : \"jumprelu\"", "thresholds belong to jumprelu"},
          {"\"k\" : 3", "\"k\" : null", "k: at least 1"},
          {"\"k\" : 3", "\"k\" : 30", "at most the number of latents"},
          {"\"schema\" : \"percept.sae/1.0\"", "\"schema\" : \"percept.sae/2.0\"", "schema"},
          {"\"seed\" : 4", "\"sead\" : 4", "seed"},
        }) {
      assertTrue(good.contains(change[0]), change[0]);
      Files.writeString(json, good.replace(change[0], change[1]));
      unfit(change[2], folder);
    }
    Files.writeString(json, good);
    Map<String, Tensor> tensors = new TreeMap<>(Safetensors.read(weights));
    tensors.put("more", Tensor.zeros(Shape.of(1)));
    Safetensors.write(weights, tensors);
    unfit("'more' is no tensor of an autoencoder", folder);
    tensors.remove("more");
    tensors.remove("encoder");
    Safetensors.write(weights, tensors);
    unfit("no tensor 'encoder'", folder);
  }

  private static void unfit(String words, Path folder) {
    PerceptException e = assertThrows(PerceptException.class, () -> SaeFile.read(folder));
    assertTrue(String.valueOf(e.getMessage()).contains(words), e.getMessage());
  }

  @Test
  void figuresThatAreNoNumbersAreRefused() {
    SaeCard card = card(kinds().get(0));
    assertEquals(2, card.withMetrics(Map.of("l0", 3.0)).metrics().size());
    assertThrows(IllegalArgumentException.class, () -> card.withMetrics(Map.of("l0", Double.NaN)));
  }
}
