package dev.percept.report;

import dev.percept.bundle.Bundle;
import dev.percept.bundle.ClassTexts;
import dev.percept.bundle.LoadedBundle;
import dev.percept.core.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Texts of a class as the page's script reads them.
 *
 * @param unit in which concepts were found
 * @param methods ways to find words
 * @param passages texts with their words
 * @param words of each concept, by id
 */
record TextsView(
    String unit,
    List<ClassTexts.Method> methods,
    List<PassageView> passages,
    List<ClassTexts.OfConcept> words) {
  /**
   * A text.
   *
   * @param t the text itself
   * @param w start and end of each word, one after the other
   * @param v by method: values of each word for each concept, in hundredths, word by word
   * @param read how much of it the model reads
   * @param without what the model says without each sentence
   */
  record PassageView(
      String t,
      List<Integer> w,
      List<List<Integer>> v,
      int read,
      List<ClassTexts.Without> without) {}

  /** The view of a class; null for pictures. */
  static @Nullable TextsView of(LoadedBundle loaded, Bundle.ClassPart part) {
    ClassTexts texts = part.texts();
    if (texts == null) {
      return null;
    }
    List<Tensor> values = texts.methods().stream().map(m -> loaded.words(part, m)).toList();
    List<PassageView> passages = new ArrayList<>();
    int at = 0;
    for (ClassTexts.Passage passage : texts.passages()) {
      List<Integer> words = new ArrayList<>();
      passage
          .words()
          .forEach(
              w -> {
                words.add(w.start());
                words.add(w.end());
              });
      int from = at;
      int to = at + passage.words().size();
      passages.add(
          new PassageView(
              loaded.text(passage.file()),
              words,
              values.stream().map(v -> hundredths(v, from, to)).toList(),
              passage.read(),
              passage.sentences()));
      at = to;
    }
    return new TextsView(texts.unit(), texts.methods(), passages, texts.words());
  }

  /** The number of each file among the passages. */
  static Map<String, Integer> places(Bundle.ClassPart part) {
    Map<String, Integer> places = new HashMap<>();
    if (part.texts() != null) {
      for (ClassTexts.Passage passage : part.texts().passages()) {
        places.put(passage.file(), places.size());
      }
    }
    return places;
  }

  /**
   * As shares of the largest value, where that is above 1: a word alone may have far more of a
   * concept than any excerpt, and all would be tinted alike.
   */
  private static List<Integer> hundredths(Tensor values, int from, int to) {
    int r = values.shape().dim(1);
    float most = 1;
    for (int i = 0; i < values.shape().size(); i++) {
      most = Math.max(most, Math.abs(values.get(i)));
    }
    float scale = 100 / most;
    List<Integer> all = new ArrayList<>();
    for (int i = from * r; i < to * r; i++) {
      all.add(Math.round(scale * values.get(i)));
    }
    return all;
  }
}
