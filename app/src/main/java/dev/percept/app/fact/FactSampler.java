package dev.percept.app.fact;

import dev.percept.core.DynamicLinearModel;
import dev.percept.core.Progress;
import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import dev.percept.fact.ConceptContributions;
import dev.percept.fact.Contributions;
import dev.percept.fact.sae.SparseAutoencoder;
import dev.percept.methods.metric.Top1;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The pass over all pictures: contributions to what the network says and to explained classes. */
final class FactSampler {
  private final DynamicLinearModel model;
  private final SparseAutoencoder sae;
  private final FactSubject subject;
  private final int batch;
  private final Run run;
  private final CutTally tally;
  private final float[] contributions;
  private final float[] logits;
  private final Map<Integer, float[]> byClass = new TreeMap<>();
  private final List<Integer> predicted = new ArrayList<>();
  private final List<Integer> plain = new ArrayList<>();
  private final List<Integer> byChance = new ArrayList<>();
  private double gap;
  private int sums;

  private FactSampler(FactSubject subject, List<Integer> classes, int batch, Run run) {
    this.subject = subject;
    this.model = subject.model();
    this.sae = subject.sae();
    this.batch = batch;
    this.run = run;
    int n = subject.inputs().size();
    this.tally = new CutTally(sae, n, run);
    this.contributions = new float[Math.multiplyExact(n, sae.concepts())];
    this.logits = new float[Math.multiplyExact(n, model.outputs())];
    classes.forEach(c -> byClass.put(c, new float[contributions.length]));
  }

  /**
   * Measures.
   *
   * @param classes indices of the explained classes
   */
  static FactSample measure(FactSubject subject, List<Integer> classes, int batch, Run run) {
    return new FactSampler(subject, classes, batch, run).measure();
  }

  private FactSample measure() {
    int n = subject.inputs().size();
    try (Progress.Stage stage = run.stage("contributions", n)) {
      for (int from = 0; from < n; from += batch) {
        run.throwIfCancelled();
        int to = Math.min(n, from + batch);
        pass(from, model.activations(subject.inputs().batch(from, to)).values());
        stage.advance(to - from);
      }
    }
    List<CutTally.Result> cuts = new ArrayList<>(List.of(tally.result()));
    for (int cut = 1; cut < subject.banks().size(); cut++) {
      cuts.add(CutTally.measure(subject, cut, batch, run));
    }
    Shape shape = Shape.of(n, sae.concepts());
    Map<Integer, Tensor> of = new TreeMap<>();
    byClass.forEach((c, values) -> of.put(c, Tensor.wrap(shape, values)));
    Tensor given = Tensor.wrap(shape, contributions);
    Tensor said = Tensor.wrap(Shape.of(n, model.outputs()), logits);
    return new FactSample(
        cuts, given, said, predicted, plain, byChance, of, gap, shuffled(given, said), sums);
  }

  private void pass(int from, Tensor activations) {
    Shape s = activations.shape();
    int n = s.dim(0);
    int r = sae.concepts();
    ConceptContributions said = new Contributions(model, sae).toPredicted(activations, run);
    said.contributions().copyTo(0, contributions, from * r, n * r);
    said.outputs().copyTo(0, logits, from * model.outputs(), n * model.outputs());
    predicted.addAll(said.targets());
    sum(said);
    plain.addAll(boxed(Top1.of(model.head(activations))));
    Tensor others = tally.add(activations).reshape(n, s.dim(1), r);
    byChance.addAll(boxed(Top1.of(model.headOfCodes(others, tally.random().dictionary()))));
    byClass.forEach(
        (c, values) -> {
          ConceptContributions to = new Contributions(model, sae).to(c, activations, run);
          to.contributions().copyTo(0, values, from * r, n * r);
          sum(to);
        });
  }

  private void sum(ConceptContributions c) {
    gap = Math.max(gap, c.largestGap());
    sums += c.size();
  }

  private static List<Integer> boxed(int[] values) {
    return Arrays.stream(values).boxed().toList();
  }

  /** How far contributions of the next picture are from the score of this one, on average. */
  private double shuffled(Tensor given, Tensor said) {
    int n = given.rows();
    double sum = 0;
    for (int i = 0; i < n; i++) {
      double added = 0;
      double all = 0;
      for (int k = 0; k < sae.concepts(); k++) {
        added += given.get((i + 1) % n, k);
        all += Math.abs(given.get((i + 1) % n, k));
      }
      int c = predicted.get(i);
      double expected = said.get(i, c) - model.constants().get(c);
      sum += all == 0 ? 1 : Math.abs(added - expected) / all;
    }
    return n < 2 ? Double.NaN : sum / n;
  }
}
