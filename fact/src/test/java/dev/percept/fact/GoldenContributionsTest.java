package dev.percept.fact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.core.Dictionary;
import dev.percept.core.DynamicLinearModel;
import dev.percept.core.DynamicLinearStack;
import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import dev.percept.fact.bcos.BcosNetwork;
import dev.percept.fact.bcos.BcosSpec;
import dev.percept.fact.sae.Gate;
import dev.percept.fact.sae.SparseAutoencoder;
import dev.percept.testkit.Npy;
import dev.percept.testkit.Npz;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The network and the autoencoder that the published code of FaCT was run on. */
class GoldenContributionsTest {
  private static final String ROOT = "/dev/percept/fact/golden/fact/";
  private static final Run RUN = Run.of(1);

  private static BcosNetwork network;
  private static DynamicLinearModel model;
  private static SparseAutoencoder bank;
  private static Tensor x;

  @BeforeAll
  static void open() {
    Map<String, Tensor> weights = new LinkedHashMap<>();
    Npz.resource(GoldenContributionsTest.class, ROOT + "bcos_weights.npz")
        .forEach((name, array) -> weights.put(name, tensor(array)));
    network = BcosNetwork.of(BcosSpec.cifarResNet20(10), weights, 1);
    model = network.cut("layer3");
    bank =
        SparseAutoencoder.of(
            new Gate.TopK(8),
            golden("sae_enc"),
            null,
            new Dictionary(transposed(golden("sae_dec")), null));
    x = golden("x6_4");
  }

  @AfterAll
  static void close() {
    network.close();
  }

  private static Tensor golden(String name) {
    return tensor(Npy.resource(GoldenContributionsTest.class, ROOT + name + ".npy"));
  }

  private static Tensor tensor(Npy array) {
    return Tensor.wrap(Shape.of(array.dims()), array.floats());
  }

  private static Tensor transposed(Tensor m) {
    int rows = m.rows();
    int columns = m.shape().dim(1);
    float[] out = new float[rows * columns];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        out[j * rows + i] = m.get(i, j);
      }
    }
    return Tensor.wrap(Shape.of(columns, rows), out);
  }

  @Test
  void contributionsAndPresenceAreThoseOfThePaper() {
    ConceptContributions all =
        new Contributions(model, bank).toPredicted(model.activations(x).values(), RUN);
    Tensor contributions = golden("p_contribs");
    Tensor presence = golden("p_presence");
    Tensor logits = golden("logits_to_explain");
    for (int i = 0; i < 4; i++) {
      double absolute = 0;
      for (int k = 0; k < 256; k++) {
        absolute += Math.abs(contributions.get(i, k));
      }
      for (int k = 0; k < 256; k++) {
        // float32 through 19 layers on both sides.
        assertEquals(contributions.get(i, k), all.contributions().get(i, k), 1e-5 * absolute);
        assertEquals(presence.get(i, k), all.presence().get(i, k), 1e-5 * 141.9);
      }
      assertEquals(logits.get(i), all.explained().get(i), 1e-5 * absolute);
    }
    assertTrue(all.largestGap() < 1e-5, "" + all.gaps());
  }

  @Test
  void pixelsOfEveryConceptAddUpToItsPresence() {
    Tensor presence = golden("p_presence");
    InputMaps maps = new InputMaps(model, bank);
    for (int k = 0; k < 256; k += 17) {
      InputMaps.OfConcept of = maps.of(k, x, RUN);
      for (int i = 0; i < 4; i++) {
        assertEquals(presence.get(i, k), of.presence().get(i), 1e-5 * 141.9);
        assertTrue(of.gaps().get(i) < 1e-5, "concept " + k + ": " + of.gaps());
      }
    }
  }

  /** From random concepts behind layer2, which see two fifths of it, to those of the paper. */
  @Test
  void earlyConceptsAddUpToALateOneThroughAWholeStage() {
    RandomGenerator random = RUN.random("early");
    float[] encoder = new float[64 * 32];
    for (int i = 0; i < encoder.length; i++) {
      encoder[i] = (float) random.nextGaussian();
    }
    Tensor atoms = Tensor.wrap(Shape.of(64, 32), encoder);
    SparseAutoencoder early =
        SparseAutoencoder.of(new Gate.TopK(12), atoms, null, new Dictionary(atoms, null));
    DynamicLinearStack stack = network.cuts(List.of("layer3", "layer2"));
    CrossLayer layers = new CrossLayer(stack, 1, early, bank);
    Tensor a = stack.at(1).activations(x).values();
    double seen = 0;
    for (int k = 0; k < 256; k += 31) {
      ConceptContributions all = layers.to(k, a, RUN);
      assertTrue(all.largestGap() < 1e-5, "concept " + k + ": " + all.gaps());
      seen += all.outputs().get(0);
    }
    assertTrue(seen > 0, "concepts that are nowhere prove nothing");
  }

  /** Of picture 0 and the concept that is most present in it. */
  @Test
  void aConceptsPictureIsThatOfThePaper() {
    Tensor expected = golden("rgba0");
    int concept = 149;
    assertEquals(70.8356, golden("p_presence").get(0, concept), 1e-4);
    InputMaps.OfConcept of = new InputMaps(model, bank).of(concept, x.slice(0, 1), RUN);
    Tensor rgba = Rgba.FACT.of(of.weights().row(0), of.contributions().row(0));
    int pixels = 32 * 32;
    double largest = 0;
    for (float w : of.weights().toArray()) {
      largest = Math.max(largest, Math.abs(w));
    }
    for (int at = 0; at < pixels; at++) {
      assertEquals(expected.get(at * 4 + 3), rgba.get(at * 4 + 3), 1e-4);
      for (int c = 0; c < 3; c++) {
        double colour = Math.max(0, of.weights().get(c * pixels + at));
        double inverse = Math.max(0, of.weights().get((c + 3) * pixels + at));
        // A colour is a quotient: where both weights are next to nothing it is one of rounding
        // errors of float32, which are some 1e-7 of the largest weight on either side.
        double tolerance = colour + inverse < 1e-3 * largest ? 1e-3 : 1e-4;
        assertEquals(expected.get(at * 4 + c), rgba.get(at * 4 + c), tolerance);
      }
    }
  }
}
