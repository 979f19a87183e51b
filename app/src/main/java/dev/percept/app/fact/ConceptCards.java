package dev.percept.app.fact;

import dev.percept.bundle.FactConcept;
import dev.percept.core.Progress;
import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import dev.percept.fact.DeletionStudy;
import dev.percept.methods.metric.LabelEntropy;
import dev.percept.methods.metric.c2.SpatialSize;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What is known of each concept that is named somewhere, and of those that it is made of. */
final class ConceptCards {
  /** Pictures of a concept, and of one at an earlier cut. */
  private static final int SIGHTS = 6;

  private static final int EARLY_SIGHTS = 4;
  private static final int SERVES = 5;

  private final FactSubject subject;
  private final FactSample sample;
  private final Origins origins;
  private final Run run;
  private final Map<Long, Plan> plans = new LinkedHashMap<>();

  /**
   * What will be shown of a concept.
   *
   * @param cut of the stack, the last one being 0
   * @param byPresence pictures
   * @param byContribution pictures
   */
  record Plan(
      int cut,
      int id,
      List<Integer> byPresence,
      List<Integer> byContribution,
      FactConcept.@Nullable Origin origin) {}

  ConceptCards(FactSubject subject, FactSample sample, Run run) {
    this.subject = subject;
    this.sample = sample;
    this.origins = new Origins(subject, run);
    this.run = run;
  }

  /** Plans cards of concepts of the last cut, and of what they are made of down to the first. */
  List<Plan> plan(Set<Integer> concepts) {
    Set<Integer> now = concepts;
    for (int cut = 0; cut < subject.banks().size(); cut++) {
      Set<Integer> next = new LinkedHashSet<>();
      try (Progress.Stage stage = run.stage("what concepts are made of", now.size())) {
        for (int id : now) {
          run.throwIfCancelled();
          Plan plan = plan(cut, id);
          plans.put(((long) cut << 32) | id, plan);
          if (plan.origin() != null) {
            plan.origin().sources().forEach(s -> next.add(s.concept()));
          }
          stage.advance(1);
        }
      }
      now = next;
    }
    return List.copyOf(plans.values());
  }

  private Plan plan(int cut, int id) {
    Tensor there = sample.cuts().get(cut).presence();
    List<Integer> active =
        IntStream.range(0, sample.size()).filter(i -> there.get(i, id) != 0).boxed().toList();
    List<Integer> strongest =
        largest(active, i -> there.get(i, id), cut == 0 ? SIGHTS : EARLY_SIGHTS);
    return new Plan(
        cut,
        id,
        strongest,
        cut == 0
            ? largest(active, i -> Math.abs(sample.contributions().get(i, id)), SIGHTS)
            : List.of(),
        origins.of(cut, id, strongest));
  }

  private static List<Integer> largest(
      List<Integer> pictures, IntToDoubleFunction value, int count) {
    return pictures.stream()
        .sorted(Comparator.comparingDouble(i -> -value.applyAsDouble(i)))
        .limit(count)
        .toList();
  }

  /**
   * The cards.
   *
   * @param shown number of a picture among those that are shown, by its number in the sample
   * @param alike C² of concepts of the last cut, where it was measured
   * @param stability of concepts of the last cut, where it is known
   */
  List<FactConcept> cards(
      MapImages maps,
      Map<Integer, Integer> shown,
      Map<Integer, FactConcept.Against> alike,
      Map<Integer, FactConcept.Against> stability) {
    Map<Integer, FactConcept.Against> entropy = entropy();
    List<FactConcept> cards = new ArrayList<>();
    try (Progress.Stage stage = run.stage("input maps", plans.size())) {
      for (Plan plan : plans.values()) {
        cards.add(card(plan, maps, shown, entropy, alike, stability));
        stage.advance(1);
      }
    }
    return cards;
  }

  private FactConcept card(
      Plan plan,
      MapImages maps,
      Map<Integer, Integer> shown,
      Map<Integer, FactConcept.Against> entropy,
      Map<Integer, FactConcept.Against> alike,
      Map<Integer, FactConcept.Against> stability) {
    int id = plan.id();
    boolean last = plan.cut() == 0;
    Tensor there = sample.cuts().get(plan.cut()).presence();
    double most = plan.byPresence().isEmpty() ? 1 : there.get(plan.byPresence().get(0), id);
    List<FactConcept.Sight> strongest = new ArrayList<>();
    double size = 0;
    for (int i : plan.byPresence()) {
      String file = maps.file(plan.cut(), id, i);
      size += maps.size(file) / plan.byPresence().size();
      strongest.add(new FactConcept.Sight(number(shown, i), there.get(i, id) / most, file));
    }
    int active = sample.activeIn(plan.cut(), id);
    return new FactConcept(
        subject.banks().size() - 1 - plan.cut(),
        id,
        (double) active / sample.size(),
        active > DeletionStudy.ALWAYS_ON * sample.size(),
        last ? entropy.get(id) : null,
        plan.byPresence().isEmpty() ? null : new FactConcept.Against(size, SpatialSize.HELD),
        last ? alike.get(id) : null,
        last ? stability.get(id) : null,
        last ? serves(id) : List.of(),
        strongest,
        plan.byContribution().stream()
            .map(
                i ->
                    new FactConcept.Sight(
                        number(shown, i),
                        sample.contributions().get(i, id),
                        maps.file(plan.cut(), id, i)))
            .toList(),
        plan.origin());
  }

  private static int number(Map<Integer, Integer> shown, int picture) {
    return java.util.Objects.requireNonNull(shown.get(picture));
  }

  /** Entropy of the classes of pictures over a concept's presence, where classes are known. */
  private Map<Integer, FactConcept.Against> entropy() {
    List<Integer> known =
        IntStream.range(0, sample.size()).filter(i -> subject.truth().get(i) >= 0).boxed().toList();
    int classes = subject.labels().size();
    if (known.isEmpty() || classes < 2) {
      return Map.of();
    }
    int r = sample.concepts();
    float[] mass = new float[known.size() * (r + 1)];
    int[] labels = new int[known.size()];
    for (int n = 0; n < known.size(); n++) {
      labels[n] = subject.truth().get(known.get(n));
      for (int k = 0; k < r; k++) {
        mass[n * (r + 1) + k] = sample.presence().get(known.get(n), k);
      }
      // A concept that is in all pictures alike has the entropy of the pictures themselves.
      mass[n * (r + 1) + r] = 1;
    }
    List<LabelEntropy> all =
        LabelEntropy.of(Tensor.wrap(Shape.of(known.size(), r + 1), mass), labels, classes, run);
    Map<Integer, FactConcept.Against> entropy = new TreeMap<>();
    for (int k = 0; k < r; k++) {
      entropy.put(k, new FactConcept.Against(all.get(k).bits(), all.get(r).bits()));
    }
    return entropy;
  }

  /** What a concept adds to the logits that the network says, class by class. */
  private List<FactConcept.Serves> serves(int id) {
    Map<Integer, List<Double>> given = new TreeMap<>();
    double all = 0;
    for (int i = 0; i < sample.size(); i++) {
      double c = sample.contributions().get(i, id);
      given.computeIfAbsent(sample.predicted().get(i), k -> new ArrayList<>()).add(c);
      all += Math.abs(c);
    }
    double total = all;
    if (total == 0) {
      return List.of();
    }
    return given.entrySet().stream()
        .map(
            e ->
                new FactConcept.Serves(
                    e.getKey(),
                    e.getValue().stream().mapToDouble(Math::abs).sum() / total,
                    e.getValue().stream().mapToDouble(v -> v).average().orElse(0)))
        .filter(s -> s.share() > 0)
        .sorted(Comparator.comparingDouble(s -> -s.share()))
        .limit(SERVES)
        .toList();
  }
}
