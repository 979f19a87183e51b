package dev.percept.zoo.reviews;

import java.util.ArrayList;
import java.util.List;

/**
 * How well predictions agree with labels.
 *
 * @param accuracy share of texts that get their label
 * @param accuracyOfTopic share that get what they are mainly about
 * @param f1 one value a class, 0 where nothing is right
 */
record ReviewScores(double accuracy, double accuracyOfTopic, List<Double> f1) {
  ReviewScores {
    f1 = List.copyOf(f1);
  }

  static ReviewScores of(List<Review> texts, int[] predicted) {
    int classes = Topic.values().length;
    int[] hit = new int[classes];
    int[] said = new int[classes];
    int[] is = new int[classes];
    int topic = 0;
    for (int i = 0; i < predicted.length; i++) {
      int label = texts.get(i).label().index();
      said[predicted[i]]++;
      is[label]++;
      hit[label] += predicted[i] == label ? 1 : 0;
      topic += predicted[i] == texts.get(i).topic().index() ? 1 : 0;
    }
    List<Double> f1 = new ArrayList<>();
    int right = 0;
    for (int c = 0; c < classes; c++) {
      right += hit[c];
      f1.add(hit[c] == 0 ? 0 : 2.0 * hit[c] / (said[c] + is[c]));
    }
    double n = predicted.length;
    return new ReviewScores(right / n, topic / n, f1);
  }

  double macroF1() {
    return f1.stream().mapToDouble(Double::doubleValue).average().orElse(0);
  }
}
