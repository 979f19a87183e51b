package dev.percept.methods.attribution;

import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * What stands where a part of a picture is absent. There is no neutral choice: the baseline decides
 * what a method calls important, so it is named with every result.
 */
public sealed interface Baseline {
  /** What it is, in words, for a page: {@code zero after preprocessing}. */
  String words();

  /**
   * What stands for each input when all of it is absent. The baseline of an input depends on that
   * input and the run's seed only.
   *
   * @param inputs n x c x h x w, as the model takes them
   * @return in the same shape
   */
  Tensor of(Tensor inputs, Run run);

  /**
   * Zero as the model sees it, after preprocessing: black, grey or the training set's mean colour.
   */
  record Zero() implements Baseline {
    @Override
    public String words() {
      return "zero after preprocessing";
    }

    @Override
    public Tensor of(Tensor inputs, Run run) {
      return Tensor.zeros(inputs.shape());
    }
  }

  /**
   * A given colour.
   *
   * @param channels one value a channel, after preprocessing
   */
  record Colour(List<Float> channels) implements Baseline {
    public Colour {
      channels = List.copyOf(channels);
      if (channels.isEmpty() || channels.stream().anyMatch(v -> !Float.isFinite(v))) {
        throw new IllegalArgumentException(
            "baseline colour: a finite value a channel, found " + channels);
      }
    }

    @Override
    public String words() {
      return channels.stream().map(String::valueOf).collect(Collectors.joining(", ", "colour ", ""))
          + " after preprocessing";
    }

    @Override
    public Tensor of(Tensor inputs, Run run) {
      Shape s = inputs.shape();
      if (s.dim(1) != channels.size()) {
        throw new IllegalArgumentException(
            "baseline colour: expected " + s.dim(1) + " channels, found " + channels.size());
      }
      return Planes.map(inputs, (plane, channel, at) -> channels.get(channel));
    }
  }

  /** The mean of each channel of the picture itself. */
  record Mean() implements Baseline {
    @Override
    public String words() {
      return "the picture's mean colour";
    }

    @Override
    public Tensor of(Tensor inputs, Run run) {
      return Planes.each(
          inputs,
          plane -> {
            double sum = 0;
            for (float v : plane) {
              sum += v;
            }
            Arrays.fill(plane, (float) (sum / plane.length));
          });
    }
  }

  /**
   * The picture itself, blurred: keeps its colours and loses its detail. Large even areas stay as
   * they are, so such parts seem not to matter.
   *
   * @param sigma of the Gaussian, in pixels of the model's input
   */
  record Blur(double sigma) implements Baseline {
    public Blur {
      if (!(sigma > 0 && sigma <= 1000)) {
        throw new IllegalArgumentException(
            "baseline blur sigma: more than 0 and at most 1000, found " + sigma);
      }
    }

    @Override
    public String words() {
      return "the picture blurred, sigma " + sigma + " px";
    }

    @Override
    public Tensor of(Tensor inputs, Run run) {
      Shape s = inputs.shape();
      GaussianBlur blur = new GaussianBlur(sigma);
      return Planes.each(inputs, plane -> blur.apply(plane, s.dim(2), s.dim(3)));
    }
  }

  /** Uniform noise between the smallest and the largest value of each channel of the picture. */
  record Noise() implements Baseline {
    @Override
    public String words() {
      return "noise in the picture's own range";
    }

    @Override
    public Tensor of(Tensor inputs, Run run) {
      Shape s = inputs.shape();
      int values = s.example().size();
      // Drawn once, so that every picture gets the same noise whatever else is in the batch.
      RandomGenerator random = run.random("attribution.baseline");
      float[] uniform = new float[values];
      for (int i = 0; i < values; i++) {
        uniform[i] = random.nextFloat();
      }
      int places = s.dim(2) * s.dim(3);
      return Planes.map(
          inputs,
          (plane, channel, at) -> {
            float low = plane.low();
            return low + uniform[channel * places + at] * (plane.high() - low);
          });
    }
  }
}
