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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Which importance agrees best with what the model uses: rank correlation of every estimator's
 * importance with the causal effect of the part that a concept shows, on the same concepts.
 */
public final class ImportanceExam {
  private final SplitModel model;
  private final Rater rater;
  private final Exam.Options options;

  /**
   * An exam that is about to begin.
   *
   * @param model a model of {@link Creatures}
   * @param rater who takes it
   * @param options scenes and split; there are no sticker trials here
   */
  public ImportanceExam(SplitModel model, Rater rater, Exam.Options options) {
    this.model = model;
    this.rater = rater;
    this.options = options;
  }

  /**
   * The marks of one estimator.
   *
   * @param estimator its name; {@code random} for numbers drawn by chance
   * @param byConcept over the concepts of all classes
   * @param byPart over the parts of all classes: the importance of all concepts that show it
   * @param stickerRank rank, from 1, of the concept that shows the sticker best, in its class
   */
  public record Mark(
      String estimator, RankCorrelation byConcept, RankCorrelation byPart, int stickerRank) {}

  /** What has been seen of one estimator. */
  private static final class Tally {
    private final String estimator;
    private final Pairs concepts = new Pairs();
    private final Pairs parts = new Pairs();
    private int stickerRank;

    Tally(String estimator) {
      this.estimator = estimator;
    }

    void add(Species species, Explained explained, Marks marks, Map<Part, Double> effects) {
      concepts.addConcepts(explained, marks, effects);
      parts.addParts(explained, marks, effects);
      if (species == Creatures.STICKER_SPECIES) {
        double own = explained.importance().get(marks.bestAuroc(Part.STICKER).concept());
        stickerRank = 1 + (int) explained.importance().stream().filter(v -> v > own).count();
      }
    }

    Mark mark(Run run) {
      return new Mark(estimator, concepts.correlation(run), parts.correlation(run), stickerRank);
    }
  }

  /** Holds it: one mark an estimator, then that of random numbers. */
  public List<Mark> take(Run run) {
    List<Tally> tallies = new ArrayList<>();
    try (Progress.Stage stage = run.stage("exam", Species.values().length)) {
      for (Species species : Species.values()) {
        run.throwIfCancelled();
        List<Scene> scenes = Creatures.scenes(options.split(), species, 0, options.scenes());
        Rated rated =
            rater.rate(
                new SceneExamples(scenes), new Target(species.index(), species.label()), run);
        prepare(tallies, rated);
        PartLabels labels = PartLabels.of(scenes, run);
        Marks marks = Marks.of(rated.by(0), labels, run);
        Map<Part, Double> effects =
            CausalEffects.of(model, scenes, labels.parts(), species.index(), run);
        for (int i = 0; i < rated.ratings().size(); i++) {
          tallies.get(i).add(species, rated.by(i), marks, effects);
        }
        tallies
            .get(rated.ratings().size())
            .add(species, chance(rated, species, run), marks, effects);
        stage.advance(1);
      }
    }
    return tallies.stream().map(t -> t.mark(run)).toList();
  }

  private static void prepare(List<Tally> tallies, Rated rated) {
    List<String> names = new ArrayList<>(rated.estimators());
    names.add("random");
    if (tallies.isEmpty()) {
      names.forEach(name -> tallies.add(new Tally(name)));
    }
    List<String> before = tallies.stream().map(t -> t.estimator).toList();
    if (!before.equals(names)) {
      throw new IllegalArgumentException(
          "ratings: the same estimators for every class, " + before + ", found " + names);
    }
  }

  private static Explained chance(Rated rated, Species species, Run run) {
    List<Double> values =
        run.random("exam.chance." + species.index())
            .doubles(rated.by(0).concepts())
            .boxed()
            .toList();
    return new Explained(rated.codes(), rated.grid(), values);
  }
}
