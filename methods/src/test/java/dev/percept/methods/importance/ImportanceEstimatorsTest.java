package dev.percept.methods.importance;

import dev.percept.core.DifferentiableMaskedScore;
import dev.percept.core.Importance.Scale;
import dev.percept.core.ImportanceEstimator;
import org.junit.jupiter.api.Nested;

/** Every estimator keeps the contract. */
class ImportanceEstimatorsTest {
  /** Scores are float32: a few units in the last place of the largest. */
  private static final double ROUNDING = 2e-6;

  abstract static class Given extends ImportanceEstimatorContract {
    private final ImportanceEstimator<? super DifferentiableMaskedScore> estimator;
    private final Scale scale;
    private final double tolerance;

    Given(
        ImportanceEstimator<? super DifferentiableMaskedScore> estimator,
        Scale scale,
        double tolerance) {
      this.estimator = estimator;
      this.scale = scale;
      this.tolerance = tolerance;
    }

    @Override
    ImportanceEstimator<? super DifferentiableMaskedScore> estimator() {
      return estimator;
    }

    @Override
    Scale scale() {
      return scale;
    }

    @Override
    double tolerance() {
      return tolerance;
    }

    @Override
    boolean isRandomOnAffine() {
      return tolerance != ROUNDING;
    }
  }

  @Nested
  class Affine extends Given {
    Affine() {
      super(new AffineImportance(), Scale.VARIANCE, ROUNDING);
    }
  }

  @Nested
  class Auto extends Given {
    Auto() {
      super(AutoImportance.defaults(), Scale.VARIANCE, ROUNDING);
    }
  }

  @Nested
  class Sobol extends Given {
    Sobol() {
      // 8 x 256 even points: within a few hundredths of the variance.
      super(new SobolImportance(8, 256, 1, 0), Scale.VARIANCE, 0.03);
    }
  }

  @Nested
  class GradientCode extends Given {
    GradientCode() {
      super(new GradientTimesCode(), Scale.SCORE, ROUNDING);
    }
  }

  @Nested
  class IntegratedGradients extends Given {
    IntegratedGradients() {
      super(IntegratedGradientsImportance.defaults(), Scale.SCORE, ROUNDING);
    }
  }

  @Nested
  class SmoothGrad extends Given {
    SmoothGrad() {
      // The gradient is the same everywhere.
      super(SmoothGradImportance.defaults(), Scale.SCORE, ROUNDING);
    }
  }

  @Nested
  class Occlusion extends Given {
    Occlusion() {
      super(new OcclusionImportance(), Scale.SCORE, ROUNDING);
    }
  }

  @Nested
  class Rise extends Given {
    Rise() {
      // The other concepts scatter the score by at most 2.2; over 4,096 masks of each kind that is
      // a standard error of 0.05, 1.6 % of the largest contribution; four.
      super(new RiseImportance(8192, 0.5), Scale.SCORE, 0.065);
    }
  }

  @Nested
  class HsicOfBinaryMasks extends Given {
    HsicOfBinaryMasks() {
      // No closed form; two seeds agree within some hundredths of the largest index.
      super(new HsicImportance(true, 512, 4), Scale.DEPENDENCE, 0.1);
    }
  }

  @Nested
  class HsicOfRealMasks extends Given {
    HsicOfRealMasks() {
      super(new HsicImportance(false, 512, 4), Scale.DEPENDENCE, 0.1);
    }
  }
}
