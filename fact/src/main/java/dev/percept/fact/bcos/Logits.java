package dev.percept.fact.bcos;

import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * The end of a network: the mean over places, where there are some, divided by a temperature, and
 * the same constant for every class.
 *
 * @param ofMaps whether maps n x classes x height x width come in, not n x classes
 */
record Logits(boolean ofMaps, double temperature, double bias) implements Part {
  @Override
  public List<Parameter> parameters() {
    return List.of();
  }

  @Override
  public Step with(Store store) {
    return (x, how) -> {
      Tensor y = ofMaps ? x.mean(2, 3) : x;
      Tensor cooled = temperature == 1 ? y : y.div(new Scalar(temperature));
      return cooled.add(new Scalar(bias));
    };
  }
}
