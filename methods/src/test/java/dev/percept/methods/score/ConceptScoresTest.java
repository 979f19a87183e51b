package dev.percept.methods.score;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.percept.core.Dictionary;
import dev.percept.core.Run;
import dev.percept.core.Score;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import dev.percept.methods.factorization.NonNegativeBank;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConceptScoresTest {
  private static final Run RUN = Run.of(5);

  private final PatchNetwork model = new PatchNetwork();
  private final NonNegativeBank bank = bank(PatchNetwork.FEATURES);

  private static NonNegativeBank bank(int features) {
    float[] atoms = new float[3 * features];
    for (int i = 0; i < atoms.length; i++) {
      atoms[i] = (float) Math.abs(Math.sin(1 + i * i));
    }
    return NonNegativeBank.of(new Dictionary(Tensor.of(Shape.of(3, features), atoms), null), false);
  }

  @Test
  void areTheScoresOfEachConceptFromOnePass() {
    Tensor inputs = PatchNetwork.inputs(5);
    List<Score> all = new ConceptScores(model, bank, RUN).all();
    assertEquals(3, all.size());
    float[][] expected = new float[3][];
    for (int k = 0; k < 3; k++) {
      expected[k] = ConceptScore.sum(model, bank, k, RUN).score(inputs);
    }
    model.forwards.set(0);
    for (int k = 0; k < 3; k++) {
      assertArrayEquals(expected[k], all.get(k).score(inputs));
      assertEquals("code of concept " + k, all.get(k).name());
    }
    assertEquals(5, model.forwards.get(), "one pass for all concepts");
  }

  @Test
  void anInputThatDiffersInOneValueIsAnother() {
    Tensor inputs = PatchNetwork.inputs(2);
    List<Score> all = new ConceptScores(model, bank, RUN).all();
    all.get(0).score(inputs);
    float[] changed = inputs.toArray();
    changed[100] += 1;
    Tensor other = Tensor.wrap(inputs.shape(), changed);
    assertArrayEquals(ConceptScore.sum(model, bank, 0, RUN).score(other), all.get(0).score(other));
    // The same values in another order are another batch, too.
    float[] swapped = new float[changed.length];
    System.arraycopy(inputs.toArray(), 72, swapped, 0, 72);
    System.arraycopy(inputs.toArray(), 0, swapped, 72, 72);
    Tensor turned = Tensor.wrap(inputs.shape(), swapped);
    assertArrayEquals(
        ConceptScore.sum(model, bank, 0, RUN).score(turned), all.get(0).score(turned));
  }

  @Test
  void aBankOfAnotherLayerIsRefused() {
    NonNegativeBank wide = bank(PatchNetwork.FEATURES + 1);
    assertThrows(IllegalArgumentException.class, () -> new ConceptScores(model, wide, RUN));
  }
}
