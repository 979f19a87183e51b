package dev.percept.methods.craft;

import dev.percept.core.Activations;
import dev.percept.core.ConceptBank;
import dev.percept.core.ConceptExtractor;
import dev.percept.core.DifferentiableHead;
import dev.percept.core.Examples;
import dev.percept.core.Importance;
import dev.percept.core.ImportanceEstimator;
import dev.percept.core.MaskedScore;
import dev.percept.core.Progress;
import dev.percept.core.Run;
import dev.percept.core.SplitModel;
import dev.percept.core.Target;
import dev.percept.core.Tensor;
import dev.percept.core.TextModel;
import dev.percept.methods.factorization.AtomBank;
import dev.percept.methods.factorization.Factorization;
import dev.percept.methods.factorization.Nmf;
import dev.percept.methods.importance.AutoImportance;
import dev.percept.methods.importance.Contributions;
import dev.percept.methods.map.CropBox;
import dev.percept.methods.map.CropSelector;
import dev.percept.methods.metric.ConceptStatistics;
import dev.percept.methods.metric.Consistency;
import dev.percept.methods.metric.DeletionInsertion;
import dev.percept.methods.metric.MaskedLogits;
import dev.percept.methods.metric.RandomBank;
import dev.percept.methods.metric.RankCurve;
import dev.percept.methods.metric.Reconstruction;
import dev.percept.methods.metric.Share;
import dev.percept.methods.metric.Stability;
import dev.percept.methods.metric.Top1;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * CRAFT for one class: finds concepts in crops of its pictures, says where they are, how much they
 * matter and how far all this can be trusted.
 *
 * <p>Fel et al., CRAFT: Concept Recursive Activation FacTorization for Explainability, CVPR 2023.
 * Where the released code errs, this follows the mathematics: exact codes for every location,
 * randomised designs, exact importance where the head is affine.
 *
 * @param extractor the factorisation; its number of concepts stands unless {@link
 *     Options#chooseConcepts()}
 * @param importance how importance is found; contributions are known only with {@link
 *     AutoImportance}, where the head is affine
 * @param options sizes that bound memory and effort
 */
public record Craft(
    ConceptExtractor extractor, ImportanceEstimator<MaskedScore> importance, Options options) {

  /** What the command line does: NMF, exact or sampled importance, the default sizes. */
  public static Craft of(int concepts) {
    return new Craft(Nmf.of(concepts), AutoImportance.defaults(), Options.DEFAULT);
  }

  /**
   * Sizes that bound memory and effort.
   *
   * @param batch pictures that go through the model at once
   * @param shown how many pictures are looked at in depth
   * @param refits fits from other starts, for stability
   * @param randomOrders random orders of concepts a picture, for the baseline of the curves
   * @param crops how many crops are shown of each concept and quantile
   * @param chooseConcepts whether the number of concepts is chosen by a {@link RankCurve}
   */
  public record Options(
      int batch, int shown, int refits, int randomOrders, int crops, boolean chooseConcepts) {
    /** What the command line uses. */
    public static final Options DEFAULT = new Options(8, 24, 4, 20, 4, false);

    public Options {
      positive("batch", batch);
      positive("shown", shown);
      positive("refits", refits);
      positive("randomOrders", randomOrders);
      positive("crops", crops);
    }

    /** With another batch. */
    public Options withBatch(int batch) {
      return new Options(batch, shown, refits, randomOrders, crops, chooseConcepts);
    }

    /** With the number of concepts chosen for each class, or taken from the extractor. */
    public Options withChooseConcepts(boolean choose) {
      return new Options(batch, shown, refits, randomOrders, crops, choose);
    }

    private static void positive(String name, int value) {
      if (value < 1) {
        throw new IllegalArgumentException(name + ": at least 1, found " + value);
      }
    }
  }

  /**
   * The concepts of a class, without the checks. Concepts are in the order of their importance.
   *
   * @param bank the concepts
   * @param activations m x p, of the crops that they were found in
   * @param pictureActivations n x L x p, of every location of every picture; null where they are
   *     too large to be kept
   * @param codes n x L x r, of every location of every picture
   * @param importance global and per picture
   * @param contributions n x r, what each concept adds to the logit; null where the head is not
   *     affine
   * @param rankCurve how their number was chosen; null where it was given
   * @param random concepts by chance
   * @param logits what the model says
   * @param rebuilt what it says with activations replaced by U W
   * @param randomlyRebuilt what it says with activations rebuilt by random concepts
   * @param reconstruction of the activations at all locations of all pictures
   * @param randomReconstruction the same by random concepts
   */
  public record Concepts(
      AtomBank bank,
      Tensor activations,
      @Nullable Tensor pictureActivations,
      Tensor codes,
      Importance importance,
      @Nullable Tensor contributions,
      @Nullable RankCurve rankCurve,
      ConceptBank random,
      Tensor logits,
      Tensor rebuilt,
      Tensor randomlyRebuilt,
      Reconstruction reconstruction,
      Reconstruction randomReconstruction) {

    /** The score of {@code target} in every picture under concept masks. */
    public List<CodeScore> scores(SplitModel model, Target target) {
      return Craft.scores(model, bank, codes, target);
    }

    /** The same with gradients by the masks, from a model that has them, cut at the same place. */
    public List<DifferentiableCodeScore> scores(DifferentiableHead model, Target target) {
      return IntStream.range(0, codes.rows())
          .mapToObj(
              i ->
                  new DifferentiableCodeScore(
                      model, bank.dictionary(), codes.row(i), target.index()))
          .toList();
    }

    /**
     * All logits of every picture under masks: sums of contributions where the head is affine, and
     * passes of the model where it is not.
     */
    public List<? extends MaskedLogits> logits(SplitModel model, Target target, Run run) {
      List<CodeScore> scores = scores(model, target);
      return contributions == null ? scores : AffineLogits.of(scores, run);
    }
  }

  /**
   * Finds the concepts of one class, where they are and how much they matter.
   *
   * @param pictures of the class
   * @param crops of these pictures
   * @param boxes where each crop was taken
   * @throws IllegalArgumentException if activations are unfit for the extractor, or the number of
   *     concepts is to be chosen and there are fewer than 2 pictures
   */
  public Concepts find(
      SplitModel model,
      Examples pictures,
      Examples crops,
      List<CropBox> boxes,
      Target target,
      Run run) {
    if (boxes.size() != crops.size()) {
      throw new IllegalArgumentException(
          "boxes: one a crop, " + crops.size() + ", found " + boxes.size());
    }
    Tensor activations = Passes.pooled(model, crops, options.batch(), run);
    RankCurve curve =
        options.chooseConcepts()
            ? RankCurve.measure(extractor, activations, groups(boxes), run)
            : null;
    AtomBank bank =
        atoms(
            (curve == null ? extractor : extractor.withConcepts(curve.chosen()))
                .fit(activations, run));
    AtomBank random = RandomBank.like(bank, run.random("craft.random-concepts"));
    PictureCodes codes = PictureCodes.of(model, pictures, bank, random, options.batch(), run);
    List<CodeScore> scores = scores(model, bank, codes.codes(), target);
    AutoImportance.Explained found =
        importance instanceof AutoImportance auto
            ? auto.explain(scores, run)
            : new AutoImportance.Explained(importance.estimate(scores, run), null);
    Ranking ranking = Ranking.of(found.importance());
    Contributions contributions = found.contributions();
    return new Concepts(
        ranking.apply(bank),
        activations,
        codes.activations(),
        ranking.columns(codes.codes()),
        ranking.apply(found.importance()),
        contributions == null ? null : ranking.columns(contributions.values()),
        curve,
        random,
        codes.logits(),
        codes.rebuilt(),
        codes.random(),
        codes.reconstruction(),
        codes.randomReconstruction());
  }

  /**
   * Explains one class: finds its concepts, and checks how far they can be trusted.
   *
   * @param pictures of the class
   * @param crops of these pictures
   * @param boxes where each crop was taken
   * @throws IllegalArgumentException if activations are unfit for the extractor
   */
  public CraftResult explain(
      SplitModel model,
      Examples pictures,
      Examples crops,
      List<CropBox> boxes,
      Target target,
      Run run) {
    Concepts concepts = find(model, pictures, crops, boxes, target, run);
    Tensor activations = concepts.activations();
    Tensor cropCodes = concepts.bank().encode(activations, run);
    List<Integer> order = helpfulFirst(concepts.importance());
    Stability stability = stability(concepts, boxes, run);
    return new CraftResult(
        target,
        concepts.bank(),
        concepts.codes(),
        cropCodes,
        concepts.importance(),
        Reconstruction.of(activations, concepts.bank(), run),
        Reconstruction.of(activations, concepts.random(), run),
        concepts.reconstruction(),
        concepts.randomReconstruction(),
        answers(concepts, target),
        stability,
        stability.concepts().get(0).halves().isPresent() ? options.refits() + 2 : options.refits(),
        statistics(model, concepts, cropCodes, target, run),
        order,
        curves(model, concepts, order, target, run),
        CropSelector.of(options.crops())
            .select(cropCodes, activations, concepts.bank().dictionary().atoms(), boxes),
        deep(model, pictures, concepts, target, run),
        concepts.rankCurve());
  }

  private DeletionInsertion curves(
      SplitModel model, Concepts concepts, List<Integer> order, Target target, Run run) {
    List<? extends MaskedLogits> logits = concepts.logits(model, target, run);
    int[] going = order.stream().mapToInt(Integer::intValue).toArray();
    return DeletionInsertion.measure(
        logits,
        Collections.nCopies(logits.size(), going),
        target.index(),
        options.randomOrders(),
        run);
  }

  /** The bank behind a fit, which can be put in another order. */
  static AtomBank atoms(ConceptBank bank) {
    if (bank instanceof Factorization fit) {
      return fit.bank();
    }
    if (bank instanceof AtomBank atoms) {
      return atoms;
    }
    throw new IllegalArgumentException(
        "extractor: expected one whose banks can be put in another order (AtomBank), found "
            + bank.getClass().getName());
  }

  private static List<CodeScore> scores(
      SplitModel model, ConceptBank bank, Tensor codes, Target target) {
    return IntStream.range(0, codes.rows())
        .mapToObj(i -> new CodeScore(model, bank.dictionary(), codes.row(i), target.index()))
        .toList();
  }

  private Stability stability(Concepts concepts, List<CropBox> boxes, Run run) {
    ConceptExtractor sized = extractor.withConcepts(concepts.bank().concepts());
    return Stability.measure(
        concepts.bank(), sized, concepts.activations(), groups(boxes), options.refits(), run);
  }

  private static int[] groups(List<CropBox> boxes) {
    return boxes.stream().mapToInt(CropBox::picture).toArray();
  }

  private static CraftResult.Answers answers(Concepts concepts, Target target) {
    int index = target.index();
    return new CraftResult.Answers(
        share(concepts.logits(), index),
        share(concepts.rebuilt(), index),
        share(concepts.randomlyRebuilt(), index),
        Logits.agreement(concepts.logits(), concepts.rebuilt()),
        Logits.agreement(concepts.logits(), concepts.randomlyRebuilt()));
  }

  private static double share(Tensor logits, int target) {
    return Top1.share(logits, target).value().orElse(0);
  }

  private static List<CraftResult.OfConcept> statistics(
      SplitModel model, Concepts concepts, Tensor cropCodes, Target target, Run run) {
    int[] answers = Top1.of(concepts.logits());
    boolean[] predicted = new boolean[answers.length];
    for (int i = 0; i < answers.length; i++) {
      predicted[i] = answers[i] == target.index();
    }
    Tensor effects =
        concepts.contributions() != null
            ? concepts.contributions()
            : Effects.of(scores(model, concepts.bank(), concepts.codes(), target), run);
    List<Share> prevalence =
        ConceptStatistics.prevalence(
            ConceptStatistics.strongest(model.grid().ofPlaces(concepts.codes())));
    List<Share> reliability = ConceptStatistics.reliability(effects, predicted);
    List<Consistency> consistency = Consistency.of(concepts.activations(), cropCodes);
    return IntStream.range(0, prevalence.size())
        .mapToObj(
            k ->
                new CraftResult.OfConcept(
                    prevalence.get(k), reliability.get(k), consistency.get(k)))
        .toList();
  }

  /** What raises the logit most goes first; what lowers it most goes last. */
  private static List<Integer> helpfulFirst(Importance importance) {
    return IntStream.range(0, importance.concepts().size())
        .boxed()
        .sorted(
            Comparator.comparingDouble(
                k -> -importance.concepts().get(k).sign() * importance.concepts().get(k).total()))
        .toList();
  }

  /** Pictures from the surest to the least sure, evenly spread, so that weak ones are seen too. */
  private List<Integer> choose(Tensor logits, Target target) {
    int n = logits.rows();
    List<Integer> byLogit =
        IntStream.range(0, n)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -logits.get(i, target.index())))
            .toList();
    int count = Math.min(options.shown(), n);
    List<Integer> chosen = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      chosen.add(byLogit.get(count == 1 ? 0 : (int) ((long) i * (n - 1) / (count - 1))));
    }
    return chosen;
  }

  private static String shown(SplitModel model) {
    return model instanceof TextModel ? "shown texts" : "shown pictures";
  }

  private List<ShownPicture> deep(
      SplitModel model, Examples pictures, Concepts concepts, Target target, Run run) {
    List<Integer> chosen = choose(concepts.logits(), target);
    ShownPicture[] result = new ShownPicture[chosen.size()];
    try (Progress.Stage stage = run.stage(shown(model), chosen.size())) {
      run.parallel(
          result.length,
          i -> {
            int picture = chosen.get(i);
            Tensor kept = concepts.pictureActivations();
            Activations a =
                kept == null
                    ? model.activations(pictures.batch(picture, picture + 1))
                    : new Activations(kept.slice(picture, picture + 1), model.grid());
            result[i] =
                ShownPicture.of(
                    model,
                    picture,
                    a,
                    concepts.codes().row(picture),
                    concepts.bank().dictionary(),
                    target.index(),
                    concepts.contributions() != null);
            stage.advance(1);
          });
    }
    return List.of(result);
  }
}
