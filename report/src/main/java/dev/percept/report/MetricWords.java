package dev.percept.report;

import dev.percept.bundle.Evaluation;

/** What a metric of attribution asks, in plain words. */
final class MetricWords {
  private MetricWords() {}

  static EvaluationModel.Fact of(Evaluation.Metric metric) {
    String better = metric.better().equals("lower") ? "Lower is better." : "Higher is better.";
    String settings = metric.settings().isEmpty() ? "" : " (" + metric.settings() + ".)";
    return new EvaluationModel.Fact(
        metric.name(), question(metric.name()) + " " + better + settings);
  }

  private static String question(String name) {
    return switch (name) {
      case "deletion-logit" ->
          "How high does the score stay while the pixels that the map calls most important are"
              + " replaced by the baseline first? Area under that curve.";
      case "deletion-probability" ->
          "The same on the softmax probability. Once another class wins it says nothing more.";
      case "insertion-logit" ->
          "How fast does the score rise while those pixels are put back first? Area under that"
              + " curve.";
      case "insertion-probability" ->
          "The same on the softmax probability, which saturates as soon as the class wins.";
      case "mufidelity" ->
          "Over random sets of cells: does the sum of the map in a set go with how far the score"
              + " falls without it? A correlation.";
      case "average-stability" ->
          "How far does the map move, relative to its own length, when the picture is changed a"
              + " little? Mean over perturbations.";
      case "sensitivity-max" -> "The same, the largest of the perturbations.";
      case "sparseness" ->
          "How few pixels hold the map? Gini index: 0 all alike, near 1 a single one. It says how a"
              + " map looks, not whether it is right.";
      case "complexity" ->
          "How many pixels does one have to look at? Entropy of the map in nats. It says how a map"
              + " looks, not whether it is right.";
      case "pointing-game" ->
          "Does the strongest pixel lie on the thing? The share of pictures in which it does.";
      case "relevance-mass" -> "Which share of the positive part of the map lies on the thing?";
      case "relevance-rank" ->
          "Of as many of the strongest pixels as the thing has, which share lies on it?";
      case "model-randomisation" ->
          "How alike are the maps of the network and of a copy with random weights?";
      case "random-logit" ->
          "How alike are the maps of this class and of another, drawn at random?";
      default -> "A metric that this page has no words for.";
    };
  }
}
