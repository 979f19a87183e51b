package dev.percept.methods.importance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.percept.testkit.Npy;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against totals that deel-ai/Craft gives for stored outputs. */
class TotalEstimatorTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "y_halton_ishigami|JANSEN|0.254306 0.511097 0.312289",
        "y_halton_ishigami|HOMMA|0.192305 0.456396 0.331912",
        "y_halton_ishigami|JANON|0.286812 0.538763 0.348443",
        "y_halton_ishigami|GLEN|0.21376 0.490692 0.282867",
        "y_halton_ishigami|SALTELLI|0.192305 0.456396 0.331912",
        "y_halton_linear|JANSEN|0.033927 0.122401 0.265781 0.496281 0.0",
        "y_halton_linear|HOMMA|0.175185 0.216605 0.466887 0.760825 0.03125",
        "y_halton_linear|JANON|0.256029 0.334949 0.430488 0.579761 0.234366",
        "y_halton_linear|GLEN|0.002236 0.10042 0.238745 0.441338 -0.032258",
        "y_halton_linear|SALTELLI|0.175185 0.216605 0.466887 0.760825 0.03125",
        "y_sobol_ishigami|JANSEN|0.728219 0.564411 0.3053",
        "y_sobol_ishigami|HOMMA|0.875448 0.416293 -0.03455",
        "y_sobol_ishigami|JANON|0.732362 0.52367 0.283218",
        "y_sobol_ishigami|GLEN|0.697278 0.468672 0.185976",
        "y_sobol_linear|JANSEN|0.030217 0.122308 0.271955 0.466209 0.0",
        "y_sobol_linear|HOMMA|0.041322 0.104635 0.281621 0.44278 0.03125",
        "y_sobol_linear|JANON|0.26232 0.326434 0.447855 0.582679 0.242448",
        "y_sobol_linear|GLEN|-0.000924 0.090751 0.251032 0.437169 -0.032258",
      })
  void publishedTotalsAreReproduced(String outputs, TotalEstimator estimator, String expected) {
    float[] y = Npy.resource(getClass(), "sobol/" + outputs + ".npy").floats();
    double[] totals = estimator.totals(y, 32);
    String[] values = expected.split(" ", -1);
    assertEquals(values.length, totals.length);
    for (int i = 0; i < totals.length; i++) {
      assertEquals(Double.parseDouble(values[i]), totals[i], 1e-5, "index " + i);
    }
  }

  @Test
  void constantOutputsGiveZero() {
    float[] y = new float[40];
    Arrays.fill(y, 3.5f);
    for (TotalEstimator estimator : TotalEstimator.values()) {
      assertArrayEquals(new double[2], estimator.totals(y, 10), estimator.name());
    }
  }

  @Test
  void shiftAndScaleOfTheScoreChangeNothing() {
    float[] y = Npy.resource(getClass(), "sobol/y_sobol_ishigami.npy").floats();
    float[] other = new float[y.length];
    for (int i = 0; i < y.length; i++) {
      other[i] = 5 - 3 * y[i];
    }
    // Homma's and Saltelli's are not invariant at 32 designs; Jansen's is.
    assertArrayEquals(
        TotalEstimator.JANSEN.totals(y, 32), TotalEstimator.JANSEN.totals(other, 32), 1e-5);
  }

  @Test
  void outputsThatAreNoDesignAreRefused() {
    assertThrows(
        IllegalArgumentException.class, () -> TotalEstimator.JANSEN.totals(new float[10], 4));
    assertThrows(
        IllegalArgumentException.class, () -> TotalEstimator.JANSEN.totals(new float[10], 1));
    assertThrows(
        IllegalArgumentException.class, () -> TotalEstimator.JANSEN.totals(new float[8], 4));
  }
}
