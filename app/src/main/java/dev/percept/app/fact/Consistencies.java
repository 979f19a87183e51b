package dev.percept.app.fact;

import dev.percept.app.explain.ModelDefaults;
import dev.percept.app.judge.OnnxJudge;
import dev.percept.bundle.FactConcept;
import dev.percept.bundle.FactConsistency;
import dev.percept.core.ConceptBank;
import dev.percept.core.ConceptExtractor;
import dev.percept.core.PerceptException;
import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import dev.percept.fact.InputConceptMaps;
import dev.percept.image.Normalization;
import dev.percept.image.PictureReader;
import dev.percept.image.Pictures;
import dev.percept.image.Preprocessing;
import dev.percept.image.ResizeMode;
import dev.percept.methods.factorization.KMeans;
import dev.percept.methods.factorization.Nmf;
import dev.percept.methods.factorization.Pca;
import dev.percept.methods.factorization.SemiNmf;
import dev.percept.methods.metric.c2.C2Score;
import dev.percept.methods.metric.c2.CodeMaps;
import dev.percept.methods.metric.c2.ConceptMaps;
import dev.percept.methods.metric.c2.Judge;
import dev.percept.onnx.OnnxModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** C² of the explained concepts, and of other ways to find some in the same activations. */
final class Consistencies {
  /** Concepts that are judged by input maps: one pass back through the network each and picture. */
  private static final int JUDGED = 150;

  /** Concepts of CRAFT, PCA and k-means. */
  private static final int OTHERS = 40;

  /** Rows that these are fitted to at most. */
  private static final int ROWS = 20_000;

  private final FactSubject subject;
  private final Run run;
  private final int batch;
  private final long maxPixels;

  Consistencies(FactSubject subject, int batch, long maxPixels, Run run) {
    this.subject = subject;
    this.maxPixels = maxPixels;
    this.batch = batch;
    this.run = run;
  }

  /**
   * What was measured.
   *
   * @param rows of the methods
   * @param concepts each judged concept beside random maps on the same pictures
   */
  record Judged(FactConsistency rows, Map<Integer, FactConcept.Against> concepts) {}

  /**
   * Measures.
   *
   * @param layer the judge's features, null for its only output
   * @param normalization how pixel values become its inputs; null for what its file says
   * @param shown concepts of the page, which are judged in any case
   * @throws PerceptException if the judge is missing or has no places
   */
  Judged measure(
      Path file,
      @Nullable String layer,
      @Nullable Normalization normalization,
      FactSample sample,
      Set<Integer> shown) {
    ModelDefaults said = ModelDefaults.of(OnnxModel.metadata(file));
    try (OnnxJudge judge =
        OnnxJudge.open(
            file,
            layer,
            shape ->
                Pictures.open(
                    subject.folder(),
                    Preprocessing.of(
                        shape,
                        said.resize().orElse(ResizeMode.parse("fit")),
                        said.antialias().orElse(true),
                        normalization == null
                            ? said.normalization().orElse(Normalization.IMAGENET)
                            : normalization),
                    new PictureReader(maxPixels),
                    run))) {
      return judged(judge, sample, shown, judge.words());
    }
  }

  private Judged judged(Judge judge, FactSample sample, Set<Integer> shown, String name) {
    List<FactConsistency.Row> rows = new ArrayList<>();
    List<Integer> chosen = choose(sample, shown);
    ConceptMaps maps = InputConceptMaps.of(subject.model(), subject.sae(), subject.inputs(), run);
    C2Score own = score(new SelectedMaps(maps, chosen), judge);
    add(rows, "fact", own);
    Map<Integer, FactConcept.Against> each = new TreeMap<>();
    for (C2Score.OfConcept c : own.concepts()) {
      each.put(chosen.get(c.concept()), new FactConcept.Against(c.score(), c.anywhere()));
    }
    Tensor activations = activations();
    add(
        rows,
        "fact-codes",
        score(new SelectedMaps(codes(activations, subject.sae()), chosen), judge));
    for (Map.Entry<String, ConceptExtractor> other : others(activations).entrySet()) {
      ConceptBank bank = other.getValue().fit(someRows(activations), run);
      add(rows, other.getKey(), score(codes(activations, bank), judge));
    }
    add(rows, "channels", score(new CodeMaps(activations, subject.model().grid()), judge));
    return new Judged(new FactConsistency(name, rows), each);
  }

  private C2Score score(ConceptMaps maps, Judge judge) {
    return C2Score.measure(maps, judge, C2Score.Options.DEFAULT, run);
  }

  private static void add(List<FactConsistency.Row> rows, String method, C2Score score) {
    C2Score.@Nullable Overall all = score.overall();
    if (all != null) {
      rows.add(
          new FactConsistency.Row(
              method,
              all.score().mean(),
              all.score().low(),
              all.score().high(),
              all.anywhere().mean(),
              all.aboveAnywhere().low(),
              all.aboveAnywhere().high(),
              all.elsewhere().mean(),
              score.baseline().value(),
              score.concepts().size(),
              score.skipped().size()));
    }
  }

  /** The concepts of the page, and others by chance, of those that are active at all. */
  private List<Integer> choose(FactSample sample, Set<Integer> shown) {
    List<Integer> alive =
        new ArrayList<>(
            IntStream.range(0, sample.concepts())
                .filter(k -> sample.activeIn(0, k) > 0 && !shown.contains(k))
                .boxed()
                .toList());
    RandomGenerator dice = run.random("fact.judged");
    Set<Integer> chosen = new TreeSet<>(shown);
    while (chosen.size() < JUDGED && !alive.isEmpty()) {
      chosen.add(alive.remove(dice.nextInt(alive.size())));
    }
    return List.copyOf(chosen);
  }

  private Map<String, ConceptExtractor> others(Tensor activations) {
    boolean negative = false;
    for (int i = 0; i < activations.shape().size() && !negative; i++) {
      negative = activations.get(i) < 0;
    }
    Map<String, ConceptExtractor> others = new TreeMap<>();
    int concepts = Math.min(OTHERS, subject.model().features());
    others.put("craft", negative ? SemiNmf.of(concepts) : Nmf.of(concepts));
    others.put("pca", new Pca(concepts));
    others.put("k-means", KMeans.of(concepts));
    return others;
  }

  private Tensor activations() {
    int n = subject.inputs().size();
    int each = subject.model().grid().size() * subject.model().features();
    float[] all = new float[Math.multiplyExact(n, each)];
    for (int from = 0; from < n; from += batch) {
      run.throwIfCancelled();
      int to = Math.min(n, from + batch);
      subject
          .model()
          .activations(subject.inputs().batch(from, to))
          .values()
          .copyTo(0, all, from * each, (to - from) * each);
    }
    return Tensor.wrap(Shape.of(n, subject.model().grid().size(), subject.model().features()), all);
  }

  private Tensor someRows(Tensor activations) {
    int rows = activations.rows() * activations.shape().dim(1);
    int p = activations.shape().dim(2);
    int step = (rows + ROWS - 1) / ROWS;
    int some = rows / step;
    float[] values = new float[some * p];
    for (int i = 0; i < some; i++) {
      activations.copyTo(i * step * p, values, i * p, p);
    }
    return Tensor.wrap(Shape.of(some, p), values);
  }

  private CodeMaps codes(Tensor activations, ConceptBank bank) {
    int n = activations.rows();
    int places = activations.shape().dim(1);
    Tensor codes = bank.encode(activations.reshape(n * places, activations.shape().dim(2)), run);
    return new CodeMaps(codes.reshape(n, places, bank.concepts()), subject.model().grid());
  }
}
