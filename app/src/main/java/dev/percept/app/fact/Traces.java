package dev.percept.app.fact;

import dev.percept.bundle.FactTrace;
import dev.percept.core.DynamicLinearModel;
import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import dev.percept.fact.ConceptContributions;
import dev.percept.fact.Contributions;
import dev.percept.fact.sae.SparseAutoencoder;
import dev.percept.methods.metric.Top1;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Explains pictures one by one: two logits, their largest contributions, and what if not. */
final class Traces {
  /** Concepts that have a line for what the network says, and more for the other class. */
  private static final int FIRST = 6;

  private static final int SECOND = 3;

  private final FactSubject subject;
  private final FactSample sample;
  private final MapImages maps;
  private final Run run;
  private final DynamicLinearModel model;
  private final SparseAutoencoder sae;

  /**
   * A trace and its tensor.
   *
   * @param contributions scores x r
   */
  record Traced(FactTrace trace, Tensor contributions) {}

  Traces(FactSubject subject, FactSample sample, MapImages maps, Run run) {
    this.subject = subject;
    this.sample = sample;
    this.maps = maps;
    this.run = run;
    this.model = subject.model();
    this.sae = subject.sae();
  }

  /**
   * The concepts of a picture that have lines, and the two classes that are compared.
   *
   * @param targets what the network says, then the true class or the runner-up
   * @param activations 1 x L x p
   * @param given contributions to each
   */
  record Plan(
      int picture,
      List<Integer> targets,
      Tensor activations,
      List<ConceptContributions> given,
      List<Integer> concepts) {}

  /** What will be shown of a picture. */
  Plan plan(int picture) {
    Tensor a = model.activations(subject.inputs().batch(picture, picture + 1)).values();
    List<Integer> targets = targets(picture);
    List<ConceptContributions> given =
        targets.stream().map(c -> new Contributions(model, sae).to(c, a, run)).toList();
    Set<Integer> concepts = new LinkedHashSet<>(largest(given.get(0), FIRST));
    if (given.size() > 1) {
      concepts.addAll(largest(given.get(1), SECOND));
    }
    return new Plan(picture, targets, a, given, List.copyOf(concepts));
  }

  private List<Integer> targets(int picture) {
    int said = sample.predicted().get(picture);
    int truth = subject.truth().get(picture);
    if (truth >= 0 && truth != said) {
      return List.of(said, truth);
    }
    int second = -1;
    for (int c = 0; c < model.outputs(); c++) {
      if (c != said
          && (second < 0
              || sample.logits().get(picture, c) > sample.logits().get(picture, second))) {
        second = c;
      }
    }
    return second < 0 ? List.of(said) : List.of(said, second);
  }

  private List<Integer> largest(ConceptContributions given, int count) {
    return IntStream.range(0, sae.concepts())
        .filter(k -> given.contributions().get(0, k) != 0)
        .boxed()
        .sorted(Comparator.comparingDouble(k -> -Math.abs(given.contributions().get(0, k))))
        .limit(count)
        .toList();
  }

  /**
   * Explains.
   *
   * @param shown number of the picture among those that are shown
   */
  Traced trace(Plan plan, int shown) {
    List<FactTrace.Part> parts = new ArrayList<>();
    for (int k : plan.concepts()) {
      parts.add(
          new FactTrace.Part(k, presence(plan.picture(), k), maps.file(0, k, plan.picture())));
    }
    int r = sae.concepts();
    float[] all = new float[plan.targets().size() * r];
    List<FactTrace.Score> scores = new ArrayList<>();
    for (int s = 0; s < plan.targets().size(); s++) {
      plan.given().get(s).contributions().copyTo(0, all, s * r, r);
      scores.add(score(plan, s));
    }
    return new Traced(
        new FactTrace(shown, parts, scores, removals(plan)),
        Tensor.wrap(Shape.of(scores.size(), r), all));
  }

  /** As a share of the strongest picture. */
  double presence(int picture, int concept) {
    double most = 0;
    for (int i = 0; i < sample.size(); i++) {
      most = Math.max(most, sample.presence().get(i, concept));
    }
    return most == 0 ? 0 : sample.presence().get(picture, concept) / most;
  }

  private FactTrace.Score score(Plan plan, int s) {
    ConceptContributions given = plan.given().get(s);
    int target = plan.targets().get(s);
    double logit = given.outputs().get(0, target);
    double bias = model.constants().get(target);
    double other = given.remainder().get(0);
    double added = Math.abs(other);
    int others = 0;
    for (int k = 0; k < sae.concepts(); k++) {
      double c = given.contributions().get(0, k);
      added += Math.abs(c);
      if (c != 0 && !plan.concepts().contains(k)) {
        other += c;
        others++;
      }
    }
    return new FactTrace.Score(
        target,
        logit,
        bias,
        plan.concepts().stream().map(k -> (double) given.contributions().get(0, k)).toList(),
        other,
        others,
        added,
        given.gaps().get(0));
  }

  /** The network again, without each of the shown concepts. */
  private List<FactTrace.Removal> removals(Plan plan) {
    int places = plan.activations().shape().dim(1);
    int p = plan.activations().shape().dim(2);
    int r = sae.concepts();
    Tensor codes = sae.encode(plan.activations().reshape(places, p), run);
    List<FactTrace.Removal> removals = new ArrayList<>();
    for (int k : plan.concepts()) {
      float[] less = codes.toArray();
      for (int l = 0; l < places; l++) {
        less[l * r + k] = 0;
      }
      Tensor logits =
          model.headOfCodes(Tensor.wrap(Shape.of(1, places, r), less), sae.dictionary());
      removals.add(
          new FactTrace.Removal(
              k,
              Top1.of(logits)[0],
              plan.targets().stream().map(c -> (double) logits.get(0, c)).toList()));
    }
    return removals;
  }
}
