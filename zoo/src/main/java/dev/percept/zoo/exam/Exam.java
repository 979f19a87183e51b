package dev.percept.zoo.exam;

import dev.percept.core.Progress;
import dev.percept.core.Run;
import dev.percept.core.SplitModel;
import dev.percept.core.Target;
import dev.percept.zoo.Creatures;
import dev.percept.zoo.Part;
import dev.percept.zoo.Scene;
import dev.percept.zoo.SceneExamples;
import dev.percept.zoo.Species;
import dev.percept.zoo.Split;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Sets scenes, has them explained, and marks what comes back. */
public final class Exam {
  /** Sets for the sticker start here, so that they share no scene with the main questions. */
  private static final int STICKER_SCENES_FROM = 10_000;

  private final SplitModel model;
  private final Explainer explainer;
  private final Options options;

  /**
   * How the exam is held.
   *
   * @param scenes pictures of each species
   * @param stickerTrials how many fresh sets the sticker is looked for in
   * @param split {@link Split#EXAM}; {@link Split#TUNE} to try things out
   */
  public record Options(int scenes, int stickerTrials, Split split) {
    /** The exam as it counts. */
    public static final Options STANDARD = new Options(60, 10, Split.EXAM);

    public Options {
      if (scenes < 10 || scenes > STICKER_SCENES_FROM) {
        throw new IllegalArgumentException(
            "scenes: 10 to " + STICKER_SCENES_FROM + ", found " + scenes);
      }
      if (stickerTrials < 0) {
        throw new IllegalArgumentException("sticker trials: at least 0, found " + stickerTrials);
      }
      if (split != Split.EXAM && split != Split.TUNE) {
        throw new IllegalArgumentException("split: EXAM or TUNE, found " + split);
      }
    }
  }

  /**
   * An exam that is about to begin.
   *
   * @param model a model of {@link Creatures}, cut where the explainer cuts it
   * @param explainer who takes it
   */
  public Exam(SplitModel model, Explainer explainer, Options options) {
    if (!model.inputShape().equals(SceneExamples.SHAPE)
        || model.outputs() != Species.values().length) {
      throw new IllegalArgumentException(
          "model: expected inputs "
              + SceneExamples.SHAPE
              + " and "
              + Species.values().length
              + " logits, found "
              + model.inputShape()
              + " and "
              + model.outputs());
    }
    this.model = model;
    this.explainer = explainer;
    this.options = options;
  }

  /** One set of scenes with everything that is known and was said about it. */
  private record Paper(
      SceneExamples pictures,
      Explained explained,
      PartLabels labels,
      Marks marks,
      Map<Part, Double> effects) {}

  /** Holds it. */
  public ExamReport take(Run run) {
    List<SpeciesReport> reports = new ArrayList<>();
    Pairs concepts = new Pairs();
    Pairs parts = new Pairs();
    Pairs random = new Pairs();
    Pairs channels = new Pairs();
    List<StickerTrial> trials = new ArrayList<>();
    int steps = Species.values().length + options.stickerTrials();
    try (Progress.Stage stage = run.stage("exam", steps)) {
      for (Species species : Species.values()) {
        Paper paper = paper(species, 0, options.scenes(), run);
        Explained chance =
            Controls.random(
                model, paper.pictures(), species.index(), paper.explained().concepts(), run);
        Explained single = Controls.channels(model, paper.pictures(), species.index(), run);
        Marks chanceMarks = Marks.of(chance, paper.labels(), run);
        Marks singleMarks = Marks.of(single, paper.labels(), run);
        reports.add(report(species, paper, chanceMarks, singleMarks, run));
        concepts.addConcepts(paper.explained(), paper.marks(), paper.effects());
        parts.addParts(paper.explained(), paper.marks(), paper.effects());
        random.addConcepts(chance, chanceMarks, paper.effects());
        channels.addConcepts(single, singleMarks, paper.effects());
        stage.advance(1);
      }
      for (int t = 0; t < options.stickerTrials(); t++) {
        trials.add(trial(t, run.withSeed(run.seed() + 1 + t)));
        stage.advance(1);
      }
    }
    return new ExamReport(
        reports,
        concepts.correlation(run),
        parts.correlation(run),
        random.correlation(run),
        channels.correlation(run),
        trials);
  }

  private Paper paper(Species species, int from, int to, Run run) {
    run.throwIfCancelled();
    List<Scene> scenes = Creatures.scenes(options.split(), species, from, to);
    SceneExamples pictures = new SceneExamples(scenes);
    Explained explained =
        explainer.explain(pictures, new Target(species.index(), species.label()), run);
    if (explained.codes().rows() != scenes.size()) {
      throw new IllegalArgumentException(
          "codes: expected " + scenes.size() + " pictures, found " + explained.codes().rows());
    }
    PartLabels labels = PartLabels.of(scenes, run);
    Marks marks = Marks.of(explained, labels, run);
    Map<Part, Double> effects =
        CausalEffects.of(model, scenes, labels.parts(), species.index(), run);
    return new Paper(pictures, explained, labels, marks, effects);
  }

  private static SpeciesReport report(
      Species species, Paper paper, Marks chance, Marks single, Run run) {
    Marks marks = paper.marks();
    List<Double> shares = paper.explained().shares();
    List<ConceptMark> concepts = new ArrayList<>();
    for (int k = 0; k < shares.size(); k++) {
      Part part = marks.shownBy(k);
      concepts.add(
          new ConceptMark(
              k,
              shares.get(k),
              part,
              marks.auroc(k, part),
              marks.iou(k, part),
              effect(paper, part)));
    }
    List<PartMark> parts = new ArrayList<>();
    for (Part part : paper.labels().parts()) {
      double importance =
          concepts.stream()
              .filter(c -> c.part() == part)
              .mapToDouble(ConceptMark::importance)
              .sum();
      parts.add(
          new PartMark(
              part,
              effect(paper, part),
              importance,
              marks.bestAuroc(part).value(),
              marks.bestIou(part).value(),
              chance.bestAuroc(part).value(),
              chance.bestIou(part).value(),
              single.bestAuroc(part).value(),
              single.bestIou(part).value()));
    }
    Pairs byConcept = new Pairs();
    byConcept.addConcepts(paper.explained(), marks, paper.effects());
    Pairs byPart = new Pairs();
    byPart.addParts(paper.explained(), marks, paper.effects());
    return new SpeciesReport(
        species,
        paper.pictures().size(),
        parts,
        concepts,
        byConcept.correlation(run),
        byPart.correlation(run));
  }

  private static double effect(Paper paper, Part part) {
    return paper.effects().getOrDefault(part, 0.0);
  }

  private StickerTrial trial(int number, Run run) {
    Species species = Creatures.STICKER_SPECIES;
    int from = STICKER_SCENES_FROM + number * options.scenes();
    Paper paper = paper(species, from, from + options.scenes(), run);
    Marks marks = paper.marks();
    Marks.Best best = marks.bestAuroc(Part.STICKER);
    List<Double> shares = paper.explained().shares();
    double own = shares.get(best.concept());
    int rank = 1 + (int) shares.stream().filter(v -> v > own).count();
    double effect = Math.abs(effect(paper, Part.STICKER));
    int effectRank =
        1 + (int) paper.effects().values().stream().filter(v -> Math.abs(v) > effect).count();
    Explained chance =
        Controls.random(model, paper.pictures(), species.index(), shares.size(), run);
    Explained single = Controls.channels(model, paper.pictures(), species.index(), run);
    return new StickerTrial(
        number,
        found(marks),
        best.concept(),
        best.value(),
        marks.iou(best.concept(), Part.STICKER),
        rank,
        shares.size(),
        effect(paper, Part.STICKER),
        effectRank,
        found(Marks.of(chance, paper.labels(), run)),
        found(Marks.of(single, paper.labels(), run)));
  }

  private static boolean found(Marks marks) {
    for (int k = 0; k < marks.overlaps().size(); k++) {
      if (marks.shownBy(k) == Part.STICKER && marks.auroc(k, Part.STICKER) >= StickerTrial.FOUND) {
        return true;
      }
    }
    return false;
  }
}
