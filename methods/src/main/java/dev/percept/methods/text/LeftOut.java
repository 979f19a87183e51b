package dev.percept.methods.text;

import dev.percept.core.ConceptBank;
import dev.percept.core.Examples;
import dev.percept.core.Progress;
import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.SplitModel;
import dev.percept.core.Tensor;

/**
 * What a concept's code loses when a part of a text is left out: occlusion, as COCKATIEL has it.
 *
 * <p>Jourdan et al., COCKATIEL: COntinuous Concept ranKed ATtribution with Interpretable ELements
 * for explaining neural net classifiers on NLP, ACL Findings 2023. A text without a word is one
 * that nobody wrote: small drops may be its oddness.
 */
public final class LeftOut {
  private LeftOut() {}

  /**
   * Drops of codes.
   *
   * @param texts n of them, whole
   * @param variants m texts, each one of these with a part left out
   * @param of which text each variant is made of, m values
   * @param batch how many go through the model at once
   * @return m x r, code of the whole less code of the variant
   */
  public static Tensor drops(
      SplitModel model,
      ConceptBank bank,
      Examples texts,
      Examples variants,
      int[] of,
      int batch,
      Run run) {
    if (of.length != variants.size()) {
      throw new IllegalArgumentException(
          "of: one a variant, " + variants.size() + ", found " + of.length);
    }
    int r = bank.concepts();
    float[] whole = codes(model, bank, texts, batch, run);
    float[] part = codes(model, bank, variants, batch, run);
    for (int v = 0; v < of.length; v++) {
      if (of[v] < 0 || of[v] >= texts.size()) {
        throw new IllegalArgumentException(
            "of: a text from 0 to " + (texts.size() - 1) + ", found " + of[v]);
      }
      for (int k = 0; k < r; k++) {
        part[v * r + k] = whole[of[v] * r + k] - part[v * r + k];
      }
    }
    return Tensor.wrap(Shape.of(of.length, r), part);
  }

  private static float[] codes(
      SplitModel model, ConceptBank bank, Examples examples, int batch, Run run) {
    int r = bank.concepts();
    int n = examples.size();
    float[] codes = new float[n * r];
    Run single = run.withThreads(1);
    try (Progress.Stage stage = run.stage("words left out", n)) {
      run.parallel(
          n / batch + (n % batch == 0 ? 0 : 1),
          b -> {
            int from = b * batch;
            int to = Math.min(n, from + batch);
            Tensor found = bank.encode(model.pooled(examples.batch(from, to)), single);
            found.copyTo(0, codes, from * r, (to - from) * r);
            stage.advance(to - from);
          });
    }
    return codes;
  }
}
