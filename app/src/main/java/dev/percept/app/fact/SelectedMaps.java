package dev.percept.app.fact;

import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import dev.percept.methods.metric.c2.ConceptMaps;
import java.util.Arrays;
import java.util.List;

/** Some of a method's concepts. */
record SelectedMaps(ConceptMaps all, List<Integer> chosen) implements ConceptMaps {
  SelectedMaps {
    chosen = List.copyOf(chosen);
  }

  @Override
  public Tensor presence() {
    Tensor from = all.presence();
    int r = chosen.size();
    float[] some = new float[from.rows() * r];
    for (int i = 0; i < from.rows(); i++) {
      for (int k = 0; k < r; k++) {
        some[i * r + k] = from.get(i, chosen.get(k));
      }
    }
    return Tensor.wrap(Shape.of(from.rows(), r), some);
  }

  @Override
  public Tensor maps(int picture, int[] concepts) {
    return all.maps(picture, Arrays.stream(concepts).map(chosen::get).toArray());
  }
}
