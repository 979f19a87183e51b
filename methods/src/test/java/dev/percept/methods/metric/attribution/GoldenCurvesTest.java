package dev.percept.methods.metric.attribution;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.percept.core.Attribution;
import dev.percept.core.Run;
import dev.percept.core.Score;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import dev.percept.methods.attribution.Baseline;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Curves against those of a published implementation. */
class GoldenCurvesTest {
  private static final Run RUN = Run.of(0);
  private static final Deletion DELETION = new Deletion(new Baseline.Zero(), 10, 32);
  private static final Insertion INSERTION = new Insertion(new Baseline.Zero(), 10, 32);

  private static GoldenCnn cnn;
  private static Tensor inputs;

  @BeforeAll
  static void load() {
    cnn = new GoldenCnn();
    inputs = GoldenCnn.golden("X");
  }

  @Test
  void theNetworkIsTheOneThatWasMeasured() {
    Tensor golden = GoldenCnn.golden("logits");
    Tensor logits = cnn.logits(inputs);
    for (int i = 0; i < 16; i++) {
      // Float32 sums of up to 288 products against double ones.
      assertEquals(golden.get(i), logits.get(i), 1e-5 * 120);
    }
  }

  // Areas as values.json of the same program gives them, means over four pictures.
  @ParameterizedTest
  @CsvSource({
    "saliency, deletion, logit, 1.2789862155914307",
    "saliency, deletion, prob, 0.40411901473999023",
    "saliency, insertion, logit, 28.523305892944336",
    "saliency, insertion, prob, 0.8059056997299194",
    "sobol, deletion, logit, 4.974333763122559",
    "sobol, insertion, prob, 0.8992007374763489",
    "integrated_gradients, deletion, logit, 5.58217191696167",
    "integrated_gradients, insertion, logit, 44.086273193359375"
  })
  void curvesAreThePublishedOnes(String method, String way, String kind, double area) {
    Tensor golden = GoldenCnn.golden("curve_" + kind + "_" + way + "_" + method);
    double sum = 0;
    for (int i = 0; i < 4; i++) {
      PixelCurve curve = curve(method, way, kind, i);
      for (int step = 0; step <= 10; step++) {
        // Logits reach 200 in float32 there and in double here: 1e-5 of that.
        assertEquals(golden.get(i, step), curve.values().get(step), 2e-3, method + step);
      }
      sum += curve.area() / 4;
    }
    assertEquals(area, sum, 1e-3);
  }

  @ParameterizedTest
  @CsvSource({"deletion", "insertion"})
  void wherePlacesTieOnlyStepsBetweenTiesAreGiven(String way) {
    Tensor golden = GoldenCnn.golden("curve_logit_" + way + "_occlusion");
    for (int i = 0; i < 4; i++) {
      PixelCurve curve = curve("occlusion", way, "logit", i);
      // Step 5 of 10 ends after 18 of 36 squares.
      for (int step : new int[] {0, 5, 10}) {
        assertEquals(golden.get(i, step), curve.values().get(step), 2e-3);
      }
    }
  }

  private static PixelCurve curve(String method, String way, String kind, int i) {
    Tensor values = GoldenCnn.golden(method).slice(i, i + 1);
    if (values.shape().rank() == 3) {
      values = values.reshape(1, 1, 48, 48);
    }
    Attribution attribution = new Attribution(method, "", "zero", values, true, 0, 0, null);
    Tensor maps = Places.of(attribution, GoldenCnn.INPUT);
    assertEquals(Shape.of(1, 48, 48), maps.shape());
    Score score = kind.equals("prob") ? cnn.probability(i) : cnn.logit(i);
    Tensor input = inputs.slice(i, i + 1);
    List<PixelCurve> curves =
        way.equals("deletion")
            ? DELETION.curves(score, input, maps, RUN)
            : INSERTION.curves(score, input, maps, RUN);
    return curves.get(0);
  }
}
