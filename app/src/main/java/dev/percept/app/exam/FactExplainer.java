package dev.percept.app.exam;

import dev.percept.core.ConceptBank;
import dev.percept.core.DynamicLinearModel;
import dev.percept.core.Examples;
import dev.percept.core.Progress;
import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Target;
import dev.percept.core.Tensor;
import dev.percept.fact.ConceptContributions;
import dev.percept.fact.Contributions;
import dev.percept.zoo.exam.Explained;
import dev.percept.zoo.exam.Explainer;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The concepts of a bank inside a dynamic linear network take the exam. Their importance is the
 * mean magnitude of what they contribute to the class, exactly, which is not estimated; nothing is
 * fitted to the pictures of the exam.
 */
public final class FactExplainer implements Explainer {
  private static final int BATCH = 16;

  private final DynamicLinearModel model;
  private final ConceptBank bank;
  private final int most;

  /**
   * The concepts of {@code bank}.
   *
   * @param model takes the pictures of the exam; see {@link dev.percept.fact.bcos.ThreeChannels}
   * @param most that are shown of a class: those of largest importance; 0 for all that contribute
   */
  public FactExplainer(DynamicLinearModel model, ConceptBank bank, int most) {
    if (most < 0) {
      throw new IllegalArgumentException("concepts: at least 0, found " + most);
    }
    this.model = model;
    this.bank = bank;
    this.most = most;
  }

  @Override
  public Explained explain(Examples pictures, Target target, Run run) {
    int n = pictures.size();
    int locations = model.grid().size();
    int r = bank.concepts();
    double[] importance = new double[r];
    float[] codes = new float[Math.multiplyExact(n * locations, r)];
    Contributions contributions = new Contributions(model, bank);
    try (Progress.Stage stage = run.stage("contributions", n)) {
      for (int from = 0; from < n; from += BATCH) {
        run.throwIfCancelled();
        int to = Math.min(n, from + BATCH);
        Tensor a = model.activations(pictures.batch(from, to)).values();
        ConceptContributions exact = contributions.to(target.index(), a, run);
        for (int i = 0; i < to - from; i++) {
          for (int k = 0; k < r; k++) {
            importance[k] += Math.abs(exact.contributions().get(i, k)) / n;
          }
        }
        int rows = (to - from) * locations;
        bank.encode(a.reshape(rows, model.features()), run)
            .copyTo(0, codes, from * locations * r, rows * r);
        stage.advance(to - from);
      }
    }
    List<Integer> shown =
        IntStream.range(0, r)
            .filter(k -> importance[k] > 0)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer k) -> -importance[k]))
            .limit(most == 0 ? r : most)
            .toList();
    if (shown.isEmpty()) {
      // A network that answers nothing: there is no order, and one concept shows as little as any.
      shown = List.of(0);
    }
    return new Explained(
        columns(codes, n, locations, r, shown),
        model.grid(),
        shown.stream().map(k -> importance[k]).toList());
  }

  private static Tensor columns(float[] codes, int n, int locations, int r, List<Integer> shown) {
    int count = shown.size();
    float[] out = new float[n * locations * count];
    for (int row = 0; row < n * locations; row++) {
      for (int c = 0; c < count; c++) {
        out[row * count + c] = codes[row * r + shown.get(c)];
      }
    }
    return Tensor.wrap(Shape.of(n, locations, count), out);
  }
}
