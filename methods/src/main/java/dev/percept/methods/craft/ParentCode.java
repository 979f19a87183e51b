package dev.percept.methods.craft;

import dev.percept.core.Activations;
import dev.percept.core.ConceptBank;
import dev.percept.core.Dictionary;
import dev.percept.core.MaskedScore;
import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.StackedModel;
import dev.percept.core.Tensor;

/**
 * The code of a concept under masks of its sub-concepts: activations at the earlier cut are decoded
 * from masked codes, {@code (U∘m) W}, go on through the network to the concept's own cut, and are
 * encoded there. Summed over the locations.
 */
final class ParentCode implements MaskedScore {
  /** Decoded activations that are held at once, in values: about 16 MB. */
  private static final int HELD = 1 << 22;

  private final StackedModel stack;
  private final int from;
  private final ConceptBank bank;
  private final int concept;
  private final Dictionary dictionary;
  private final Tensor codes;
  private final Run run;

  /**
   * @param from the cut of the sub-concepts
   * @param bank of the concept, at cut {@code from − 1}
   * @param concept its number there
   * @param dictionary of the sub-concepts
   * @param codes L x r of one crop at cut {@code from}
   */
  ParentCode(
      StackedModel stack,
      int from,
      ConceptBank bank,
      int concept,
      Dictionary dictionary,
      Tensor codes,
      Run run) {
    this.stack = stack;
    this.from = from;
    this.bank = bank;
    this.concept = concept;
    this.dictionary = dictionary;
    this.codes = codes;
    this.run = run.withThreads(1);
  }

  @Override
  public int concepts() {
    return dictionary.concepts();
  }

  @Override
  public float[] score(Tensor masks) {
    int n = masks.rows();
    int locations = codes.rows();
    int p = dictionary.features();
    int step = Math.max(1, HELD / Math.multiplyExact(locations, p));
    float[] scores = new float[n];
    for (int at = 0; at < n; at += step) {
      int rows = Math.min(step, n - at);
      float[] decoded = new float[rows * locations * p];
      for (int i = 0; i < rows; i++) {
        decode(masks, at + i, decoded, i * locations * p);
      }
      float[] found = of(Tensor.wrap(Shape.of(rows, locations, p), decoded));
      System.arraycopy(found, 0, scores, at, rows);
    }
    return scores;
  }

  /** The concept's code from activations at the earlier cut, n x L x p. */
  float[] of(Tensor earlier) {
    return presence(bank, concept, stack.onward(from, earlier), run);
  }

  /** The code of a concept in n inputs, summed over the locations. */
  static float[] presence(ConceptBank bank, int concept, Activations activations, Run run) {
    Tensor codes = bank.encode(activations.matrix(), run);
    int locations = activations.grid().size();
    float[] sums = new float[activations.size()];
    for (int i = 0; i < sums.length; i++) {
      double sum = 0;
      for (int l = 0; l < locations; l++) {
        sum += codes.get(i * locations + l, concept);
      }
      sums[i] = (float) sum;
    }
    return sums;
  }

  private void decode(Tensor masks, int mask, float[] target, int at) {
    int r = concepts();
    int p = dictionary.features();
    float[] atoms = dictionary.atoms().toArray();
    Tensor offset = dictionary.offset();
    for (int l = 0; l < codes.rows(); l++) {
      for (int j = 0; j < p; j++) {
        target[at + l * p + j] = offset == null ? 0 : offset.get(j);
      }
      for (int k = 0; k < r; k++) {
        float u = codes.get(l, k) * masks.get(mask, k);
        for (int j = 0; u != 0 && j < p; j++) {
          target[at + l * p + j] += u * atoms[k * p + j];
        }
      }
    }
  }
}
