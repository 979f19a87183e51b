package dev.percept.app.exam;

import dev.percept.core.ConceptBank;
import dev.percept.core.Dictionary;
import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;

/**
 * Every feature is a concept: what single channels say, to compare with.
 *
 * @param features p
 */
record FeatureBank(@Override int features) implements ConceptBank {
  @Override
  public Dictionary dictionary() {
    float[] unit = new float[features * features];
    for (int j = 0; j < features; j++) {
      unit[j * features + j] = 1;
    }
    return new Dictionary(Tensor.wrap(Shape.of(features, features), unit), null);
  }

  @Override
  public Tensor encode(Tensor activations, Run run) {
    return activations;
  }
}
