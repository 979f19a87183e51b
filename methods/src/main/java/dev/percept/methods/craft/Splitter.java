package dev.percept.methods.craft;

import dev.percept.core.Activations;
import dev.percept.core.Examples;
import dev.percept.core.Importance;
import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.SplitModel;
import dev.percept.core.StackedModel;
import dev.percept.core.Target;
import dev.percept.core.Tensor;
import dev.percept.methods.craft.ConceptNode.Outcome;
import dev.percept.methods.factorization.AtomBank;
import dev.percept.methods.map.ConceptCrops;
import dev.percept.methods.map.CropBox;
import dev.percept.methods.map.CropSelector;
import dev.percept.methods.metric.Consistency;
import dev.percept.methods.metric.Reconstruction;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Takes the concepts of one class apart. */
final class Splitter {
  /** A crop shows a concept above this share of the concept's largest code. */
  private static final double ACTIVE = 0.05;

  /** So many crops a sub-concept there must be at least. */
  private static final int CROPS_EACH = 5;

  private static final double MAX_OVERLAP = 0.25;

  /** Early layers see crops as alike that nobody would; only the same crop twice is left out. */
  private static final double MAX_COSINE = 0.9999;

  private final Recursion recursion;
  private final StackedModel stack;
  private final Examples crops;
  private final List<CropBox> boxes;
  private final Target target;
  private final Run run;

  /** How alike random crops are at each cut; the same crops for every concept. */
  private final Map<Integer, Double> random = new TreeMap<>();

  Splitter(
      Recursion recursion,
      StackedModel stack,
      Examples crops,
      List<CropBox> boxes,
      Target target,
      Run run) {
    this.recursion = recursion;
    this.stack = stack;
    this.crops = crops;
    this.boxes = boxes;
    this.target = target;
    this.run = run;
  }

  /**
   * A concept that may be taken apart.
   *
   * @param bank that it belongs to
   * @param members crops that {@code codes} has rows for; null for all
   * @param codes of these crops, n x r
   */
  record Concept(
      List<Integer> path,
      int cut,
      AtomBank bank,
      @Nullable List<Integer> members,
      Tensor codes,
      Consistency consistency,
      List<Integer> crops,
      Importance.@Nullable OfConcept forParent,
      Importance.OfConcept forClass) {
    int id() {
      return path.get(path.size() - 1);
    }

    ConceptNode node(Outcome outcome, ConceptNode.@Nullable Split split) {
      return new ConceptNode(path, cut, consistency, crops, forParent, forClass, outcome, split);
    }
  }

  ConceptNode node(Concept concept) {
    Recursion.Options options = recursion.options();
    if (concept.consistency().agreement() >= options.threshold()) {
      return concept.node(Outcome.CONSISTENT, null);
    }
    if (concept.cut() >= options.depth()) {
      return concept.node(Outcome.DEPTH, null);
    }
    List<Integer> members = strongest(concept);
    if (members.size() < CROPS_EACH * options.concepts()) {
      return concept.node(Outcome.TOO_FEW_CROPS, null);
    }
    return concept.node(Outcome.SPLIT, split(concept, members));
  }

  /** The crops in which a concept is active, strongest first, as many as are used. */
  private List<Integer> strongest(Concept concept) {
    Tensor codes = concept.codes();
    int k = concept.id();
    double largest = 0;
    for (int i = 0; i < codes.rows(); i++) {
      largest = Math.max(largest, codes.get(i, k));
    }
    double active = ACTIVE * largest;
    List<Integer> all = concept.members();
    return IntStream.range(0, codes.rows())
        .filter(i -> codes.get(i, k) > active)
        .boxed()
        .sorted(Comparator.comparingDouble((Integer i) -> -codes.get(i, k)))
        .limit(recursion.options().members())
        .map(i -> all == null ? i : all.get(i))
        .toList();
  }

  /** The codes of a concept in its members, m x 1. */
  private static Tensor own(Concept concept, List<Integer> members) {
    List<Integer> all = concept.members();
    float[] codes = new float[members.size()];
    for (int i = 0; i < codes.length; i++) {
      int row = all == null ? members.get(i) : all.indexOf(members.get(i));
      codes[i] = concept.codes().get(row, concept.id());
    }
    return Tensor.wrap(Shape.of(codes.length, 1), codes);
  }

  private ConceptNode.Split split(Concept concept, List<Integer> members) {
    int cut = concept.cut() + 1;
    SplitModel model = stack.at(cut);
    Recursion.Options options = recursion.options();
    Tensor activations =
        Passes.pooled(model, new ChosenExamples(crops, members), options.batch(), run);
    AtomBank found =
        Craft.atoms(recursion.extractor().withConcepts(options.concepts()).fit(activations, run));
    Examples examples =
        new ChosenExamples(crops, members.subList(0, Math.min(options.examples(), members.size())));
    Effect effect = effect(concept, cut, found, examples);
    Ranking ranking = Ranking.of(effect.forParent());
    AtomBank bank = ranking.apply(found);
    Importance forParent = ranking.apply(effect.forParent());
    Importance forClass = ranking.apply(effect.forClass());
    Tensor codes = bank.encode(activations, run);
    List<Consistency> consistency = Consistency.of(activations, codes, random(cut));
    List<CropBox> where = members.stream().map(boxes::get).toList();
    List<ConceptCrops> shown =
        new CropSelector(List.of(1.0), options.shown(), 0, MAX_OVERLAP, MAX_COSINE)
            .select(codes, activations, bank.dictionary().atoms(), where);
    List<ConceptNode> children = new ArrayList<>();
    for (int j = 0; j < bank.concepts(); j++) {
      List<Integer> path = new ArrayList<>(concept.path());
      path.add(j);
      children.add(
          node(
              new Concept(
                  path,
                  cut,
                  bank,
                  members,
                  codes,
                  consistency.get(j),
                  shown.get(j).levels().get(0).crops().stream().map(members::get).toList(),
                  forParent.concepts().get(j),
                  forClass.concepts().get(j))));
    }
    return new ConceptNode.Split(
        bank.dictionary(),
        members,
        codes,
        Consistency.of(activations, own(concept, members), random(cut)).get(0).agreement(),
        Reconstruction.of(activations, bank, run).r2(),
        effect.kept(),
        forParent.estimator(),
        forClass.estimator(),
        examples.size(),
        children);
  }

  /** What sub-concepts do to their parent's code and to the class. */
  private record Effect(Importance forParent, Importance forClass, double kept) {}

  private Effect effect(Concept concept, int cut, AtomBank bank, Examples examples) {
    SplitModel model = stack.at(cut);
    int locations = model.grid().size();
    SplitEffect[] effects = new SplitEffect[examples.size()];
    Passes.forEachBatch(
        examples,
        recursion.options().batch(),
        "sub-concepts",
        run,
        (inputs, from) -> {
          Activations a = model.activations(inputs);
          Tensor codes = bank.encode(a.matrix(), run.withThreads(1));
          for (int i = 0; i < inputs.rows(); i++) {
            effects[from + i] =
                new SplitEffect(
                    stack,
                    cut,
                    concept.bank(),
                    concept.id(),
                    target.index(),
                    bank.dictionary(),
                    a.values().slice(i, i + 1),
                    codes.slice(i * locations, (i + 1) * locations),
                    run);
          }
        });
    List<SplitEffect> all = List.of(effects);
    double whole = all.stream().mapToDouble(SplitEffect::whole).sum();
    double rebuilt = all.stream().mapToDouble(SplitEffect::rebuilt).sum();
    return new Effect(
        recursion.importance().estimate(all.stream().map(SplitEffect::parent).toList(), run),
        recursion.importance().estimate(all.stream().map(SplitEffect::logit).toList(), run),
        whole > 0 ? rebuilt / whole : 0);
  }

  private double random(int cut) {
    return random.computeIfAbsent(
        cut,
        c -> {
          int n = Math.min(recursion.options().baseline(), crops.size());
          List<Integer> some = new ArrayList<>();
          RandomGenerator generator = run.random("recursion.random-crops");
          int[] all = IntStream.range(0, crops.size()).toArray();
          for (int i = 0; i < n; i++) {
            int other = i + generator.nextInt(all.length - i);
            int chosen = all[other];
            all[other] = all[i];
            all[i] = chosen;
            some.add(chosen);
          }
          return Consistency.random(
              Passes.pooled(
                  stack.at(c), new ChosenExamples(crops, some), recursion.options().batch(), run));
        });
  }
}
