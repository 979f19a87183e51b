package dev.percept.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.bundle.Bundle;
import dev.percept.bundle.BundleReader;
import dev.percept.bundle.ConceptMaps;
import dev.percept.bundle.LoadedBundle;
import dev.percept.core.CutGradient;
import dev.percept.core.Dictionary;
import dev.percept.core.Run;
import dev.percept.core.ScoreGradient;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import dev.percept.engine.onnx.OnnxEngine;
import dev.percept.engine.onnx.OnnxSplitModel;
import dev.percept.engine.torch.TorchEngine;
import dev.percept.engine.torch.TorchSplitModel;
import dev.percept.methods.attribution.GradCam;
import dev.percept.methods.factorization.NonNegativeBank;
import dev.percept.methods.score.ConceptScore;
import dev.percept.methods.score.DifferentiableConceptScore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Concept maps with real engines, from the command line to the bundle. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MapsTest {
  private final Path folder;
  private final Path model;
  private final Path pictures;
  private final Path labels;

  MapsTest(@TempDir Path folder) {
    this.folder = folder;
    this.model = TinyModels.affine(folder.resolve("tiny.onnx"));
    this.pictures = TinyPictures.write(folder.resolve("pictures"), 5);
    this.labels = TinyPictures.labels(folder.resolve("labels.txt"));
  }

  private LoadedBundle explain(String name, Object... more) {
    Path out = folder.resolve(name);
    List<Object> all = new ArrayList<>(List.of("--labels", labels));
    all.addAll(List.of(more));
    Percept run = Percept.explain(model, pictures, "apple", out, all.toArray());
    assertEquals(ExitCode.OK, run.status(), run.err());
    return BundleReader.read(out);
  }

  @Test
  void mapsOfEveryKindAreWritten() {
    LoadedBundle bundle =
        explain("kinds", "--maps", "codes,saliency,grad-cam,occlusion", "--map-pictures", 3);
    Bundle.ClassPart part = bundle.bundle().classes().get(0);
    assertEquals(
        List.of("saliency", "grad-cam", "occlusion"),
        part.maps().stream().map(ConceptMaps::method).toList());
    for (ConceptMaps maps : part.maps()) {
      Tensor tensor = bundle.maps(part, maps);
      boolean coarse = maps.method().equals("grad-cam");
      assertEquals(coarse ? 8 : 32, maps.rows(), maps.method());
      assertEquals(Shape.of(3, 4, maps.rows(), maps.columns()), tensor.shape());
      float largest = 0;
      for (float v : tensor.toArray()) {
        largest = Math.max(largest, Math.abs(v));
      }
      assertTrue(largest > 0, maps.method());
      assertEquals(maps.method().equals("occlusion"), maps.dependent() == null);
    }
    String page = Written.in(folder.resolve("kinds")).text("report.html");
    assertTrue(page.contains("\"name\":\"grad-cam\""), "the page has them");
    assertEquals(
        "codes,saliency,grad-cam,occlusion", bundle.bundle().provenance().options().get("maps"));
  }

  @Test
  void theSameSeedGivesTheSameBytesOnAnyNumberOfThreads() {
    explain("one", "--maps", "saliency,rise,smoothgrad", "--map-pictures", 1, "--threads", 1);
    explain("two", "--maps", "saliency,rise,smoothgrad", "--map-pictures", 1, "--threads", 2);
    assertEquals(
        Set.of("timings.json"),
        Written.in(folder.resolve("one")).differing(Written.in(folder.resolve("two"))));
  }

  /** The whole chain in the engine: a small step along the gradient, in single precision. */
  @Test
  void theGradientOfACodeAgreesWithDifferencesThroughTheEngine() {
    try (TorchSplitModel torch = TorchEngine.open(model);
        OnnxSplitModel onnx = OnnxEngine.open(model)) {
      NonNegativeBank bank = bank(torch.features());
      Tensor inputs = inputs(3);
      for (int k = 0; k < 3; k++) {
        DifferentiableConceptScore score =
            DifferentiableConceptScore.sum(torch, bank, k, Run.of(0));
        ScoreGradient found = score.gradient(inputs);
        float[] plain = ConceptScore.sum(onnx, bank, k, Run.of(0)).score(inputs);
        for (int i = 0; i < 3; i++) {
          // Two engines, float32 sums of 64 locations.
          assertEquals(plain[i], found.scores().get(i), 1e-4 * (1 + Math.abs(plain[i])));
        }
        Tensor direction = found.gradients();
        double step = 1e-3;
        float[] up = score.score(moved(inputs, direction, step));
        float[] down = score.score(moved(inputs, direction, -step));
        int each = inputs.shape().example().size();
        for (int i = 0; i < 3; i++) {
          double square = 0;
          for (int j = 0; j < each; j++) {
            square += Math.pow(direction.get(i * each + j), 2);
          }
          // Along the gradient the score rises by its squared length, until a rectifier or a code
          // opens or shuts on the way.
          double rise = (up[i] - down[i]) / (2 * step);
          assertEquals(square, rise, 0.03 * square + 1e-3, "concept " + k + " input " + i);
        }
      }
    }
  }

  /** At its own cut a code is linear on a support: Grad-CAM's weights are those of the bank. */
  @Test
  void gradCamOfACodeAtItsOwnCut() {
    try (TorchSplitModel torch = TorchEngine.open(model)) {
      NonNegativeBank bank = bank(torch.features());
      DifferentiableConceptScore score = DifferentiableConceptScore.sum(torch, bank, 0, Run.of(0));
      Tensor inputs = inputs(2);
      Tensor map = new GradCam(true, 4).attribute(score, inputs, Run.of(0)).places();
      assertEquals(Shape.of(2, 8, 8), map.shape());
      CutGradient cut = score.atCut(inputs);
      int places = 64;
      int p = torch.features();
      for (int i = 0; i < 2; i++) {
        double[] weights = new double[p];
        for (int at = 0; at < places * p; at++) {
          weights[at % p] += cut.gradients().get(i * places * p + at) / places;
        }
        for (int l = 0; l < places; l++) {
          double sum = 0;
          for (int f = 0; f < p; f++) {
            sum += weights[f] * cut.activations().values().get((i * places + l) * p + f);
          }
          assertEquals(Math.max(0, sum), map.get(i * places + l), 1e-4);
        }
      }
    }
  }

  private static NonNegativeBank bank(int features) {
    RandomGenerator random = Run.of(2).random("atoms");
    float[] atoms = new float[3 * features];
    for (int i = 0; i < atoms.length; i++) {
      atoms[i] = random.nextFloat();
    }
    return NonNegativeBank.of(
        new Dictionary(Tensor.wrap(Shape.of(3, features), atoms), null), false);
  }

  private static Tensor inputs(int n) {
    RandomGenerator random = Run.of(4).random("inputs");
    float[] values = new float[n * 3 * 32 * 32];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat();
    }
    return Tensor.wrap(Shape.of(n, 3, 32, 32), values);
  }

  private static Tensor moved(Tensor inputs, Tensor direction, double step) {
    float[] values = inputs.toArray();
    for (int i = 0; i < values.length; i++) {
      values[i] += (float) (step * direction.get(i));
    }
    return Tensor.wrap(inputs.shape(), values);
  }
}
