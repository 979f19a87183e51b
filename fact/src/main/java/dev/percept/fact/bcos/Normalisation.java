package dev.percept.fact.bcos;

import dev.percept.core.Shape;
import java.util.List;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;

/**
 * A normalisation of maps n x channels x height x width, or of tokens n x tokens x channels. In
 * explanation mode its variance is a constant; its mean, where it takes it off, is linear and
 * stays.
 *
 * @param name of the layer in a state dict
 * @param channels how many
 * @param norm over what
 * @param tokens whether channels are the last axis of three
 */
record Normalisation(String name, int channels, BcosNorm norm, boolean tokens) implements Part {
  private static final float EPSILON = 1e-5f;
  private static final long[] BATCH = {0, 2, 3};

  Normalisation {
    if (tokens && norm != BcosNorm.POSITION && norm != BcosNorm.POSITION_UNCENTERED) {
      throw new IllegalArgumentException("norm of tokens: by position, found " + norm);
    }
  }

  @Override
  public List<Parameter> parameters() {
    Shape each = Shape.of(channels);
    Parameter gain = new Parameter(name + ".weight", each, Parameter.Kind.GAIN);
    return switch (norm) {
      case NONE -> List.of();
      case BATCH_UNCENTERED ->
          List.of(
              gain,
              new Parameter(name + ".running_mean", each, Parameter.Kind.RUNNING_MEAN),
              new Parameter(name + ".running_var", each, Parameter.Kind.RUNNING_VARIANCE));
      default -> List.of(gain);
    };
  }

  @Override
  public Step with(Store store) {
    if (norm == BcosNorm.NONE) {
      return (x, how) -> x;
    }
    Tensor gain = store.tensor(name + ".weight");
    if (norm == BcosNorm.BATCH_UNCENTERED) {
      Tensor running = store.tensor(name + ".running_var");
      return (x, how) -> {
        Tensor variance = how.trains() ? ofBatch(x, running, how.momentum()) : running;
        return x.mul(gain.div(deviation(variance)).view(1, channels, 1, 1));
      };
    }
    long[] over = over();
    return (x, how) -> {
      Tensor variance = (how.explains() ? x.detach() : x).var(over, false, true);
      Tensor y = norm.isCentered() ? x.sub(x.mean(over, true, new ScalarTypeOptional())) : x;
      return y.div(deviation(variance)).mul(tokens ? gain : gain.view(1, channels, 1, 1));
    };
  }

  private static Tensor deviation(Tensor variance) {
    return variance.add(new Scalar(EPSILON)).sqrt();
  }

  private long[] over() {
    if (tokens) {
      return new long[] {2};
    }
    return switch (norm) {
      case POSITION, POSITION_UNCENTERED -> new long[] {1};
      case LAYER, LAYER_UNCENTERED -> new long[] {1, 2, 3};
      case INSTANCE, INSTANCE_UNCENTERED -> new long[] {2, 3};
      case NONE, BATCH_UNCENTERED -> throw new IllegalStateException(norm + " has no axes");
    };
  }

  /** The variance of this batch, which goes into the running one. */
  @SuppressWarnings("try") // the guard is there to be closed
  private static Tensor ofBatch(Tensor x, Tensor running, double momentum) {
    Tensor variance = x.var(BATCH, false, false);
    try (NoGradGuard guard = new NoGradGuard()) {
      running.lerp_(variance, new Scalar(momentum));
    }
    return variance;
  }
}
