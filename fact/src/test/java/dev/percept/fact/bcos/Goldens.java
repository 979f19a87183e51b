package dev.percept.fact.bcos;

import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import dev.percept.testkit.Npy;
import dev.percept.testkit.Npz;
import java.util.LinkedHashMap;
import java.util.Map;

/** Arrays that published programs have made. */
final class Goldens {
  private static final String ROOT = "/dev/percept/fact/golden/";

  private Goldens() {}

  static Tensor tensor(String name) {
    return tensor(Npy.resource(Goldens.class, ROOT + name + ".npy"));
  }

  private static Tensor tensor(Npy array) {
    return Tensor.wrap(Shape.of(array.dims()), array.floats());
  }

  /** The B-cos ResNet-20 of the folder {@code fact}. */
  static Map<String, Tensor> resNet20() {
    Map<String, Tensor> weights = new LinkedHashMap<>();
    Npz.resource(Goldens.class, ROOT + "fact/bcos_weights.npz")
        .forEach((name, array) -> weights.put(name, tensor(array)));
    return weights;
  }
}
