package dev.percept.zoo;

import dev.percept.core.Run;
import dev.percept.core.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** How often a network names scenes of {@link Split#TEST} rightly. */
final class SceneScores {
  private static final int AT_ONCE = 50;

  private SceneScores() {}

  /**
   * The card of a network that has just been trained.
   *
   * @param logits inputs n x 3 x 96 x 96 to n x 6
   */
  static ModelCard card(
      UnaryOperator<Tensor> logits,
      ZooTrainer.Options options,
      String command,
      String sha,
      Run run) {
    List<Scene> test =
        IntStream.range(0, options.testScenes())
            .mapToObj(i -> Creatures.scene(Split.TEST, i))
            .toList();
    // The same scenes of the sticker's species with the sticker taken away: how much it relied on
    // it.
    List<Scene> bare =
        test.stream()
            .filter(s -> s.species() == Creatures.STICKER_SPECIES)
            .map(s -> s.parts().contains(Part.STICKER) ? s.without(Part.STICKER) : s)
            .toList();
    List<Double> accuracies = new ArrayList<>();
    for (Species species : Species.values()) {
      accuracies.add(
          accuracy(logits, test.stream().filter(s -> s.species() == species).toList(), run));
    }
    return new ModelCard(
        command,
        run.seed(),
        options.steps(),
        options.batch(),
        sha,
        options.testScenes(),
        accuracy(logits, test, run),
        accuracies,
        accuracy(logits, bare, run));
  }

  private static double accuracy(UnaryOperator<Tensor> network, List<Scene> scenes, Run run) {
    SceneExamples examples = new SceneExamples(scenes);
    int right = 0;
    for (int from = 0; from < scenes.size(); from += AT_ONCE) {
      run.throwIfCancelled();
      int to = Math.min(scenes.size(), from + AT_ONCE);
      Tensor logits = network.apply(examples.batch(from, to));
      for (int i = from; i < to; i++) {
        int best = 0;
        for (int c = 1; c < Species.values().length; c++) {
          best = logits.get(i - from, c) > logits.get(i - from, best) ? c : best;
        }
        right += best == scenes.get(i).species().index() ? 1 : 0;
      }
    }
    return (double) right / scenes.size();
  }
}
