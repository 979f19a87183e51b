package dev.percept.benchmarks;

import dev.percept.bundle.Safetensors;
import dev.percept.core.Dictionary;
import dev.percept.core.Importance;
import dev.percept.core.MaskedScore;
import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import dev.percept.image.CropGrid;
import dev.percept.image.Crops;
import dev.percept.image.Normalization;
import dev.percept.image.PictureFolder;
import dev.percept.image.Pictures;
import dev.percept.image.Preprocessing;
import dev.percept.image.ResizeMode;
import dev.percept.methods.factorization.NonNegativeBank;
import dev.percept.methods.importance.AffineImportance;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What runs once a location, a crop or a picture, on one thread, at the size of a ResNet-50 with
 * ten concepts: 7 x 7 locations of 2,048 features, pictures of 224 px.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class MicroBenchmarks {
  private static final int CONCEPTS = 10;
  private static final int FEATURES = 2048;
  private static final int ROWS = 490;
  private static final int PICTURES = 100;
  private static final int SIDE = 224;

  private final Run run = Run.of(0).withThreads(1);
  private final RandomGenerator random = run.random("benchmarks.micro");
  private final List<MaskedScore> affine = affine();
  private final Tensor activations = positive(ROWS, FEATURES);
  private final NonNegativeBank bank =
      NonNegativeBank.of(new Dictionary(positive(CONCEPTS, FEATURES), null), false);
  private final Map<String, Tensor> codes = Map.of("codes", positive(PICTURES * 49, CONCEPTS));
  private final FloatBuffer input = Tensor.allocateDirect(3 * SIDE * SIDE);
  private final Path folder = temporary();
  private final Crops crops = crops();
  private int crop;

  /** Exact non-negative codes of one location: products with the dictionary, then the solver. */
  @Benchmark
  @OperationsPerInvocation(ROWS)
  public Tensor codesOfOneLocation() {
    return bank.encode(activations, run);
  }

  /** One crop of 64 px to a normalised model input of 224 px. */
  @Benchmark
  public FloatBuffer cropToInput() {
    crop = (crop + 1) % crops.size();
    crops.read(crop, input.clear());
    return input;
  }

  /** Exact importance of one picture under an affine head, with the check that it is affine. */
  @Benchmark
  @OperationsPerInvocation(PICTURES)
  public Importance affineImportanceOfOnePicture() {
    return new AffineImportance().estimate(affine, run);
  }

  /** The codes of one of 100 pictures to a file. */
  @Benchmark
  @OperationsPerInvocation(PICTURES)
  public void writeCodesOfOnePicture() throws IOException {
    Safetensors.write(folder.resolve("codes.safetensors"), codes);
  }

  /** Deletes what {@link #temporary()} made. */
  @TearDown
  public void close() throws IOException {
    Folders.delete(folder);
  }

  private Tensor positive(int rows, int columns) {
    float[] values = new float[rows * columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) Math.max(0, random.nextGaussian());
    }
    return Tensor.wrap(Shape.of(rows, columns), values);
  }

  private List<MaskedScore> affine() {
    List<MaskedScore> scores = new ArrayList<>();
    for (int i = 0; i < PICTURES; i++) {
      scores.add(new Linear(positive(1, CONCEPTS)));
    }
    return scores;
  }

  private static Path temporary() {
    try {
      return Files.createTempDirectory("percept-micro-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Crops crops() {
    Path images = folder.resolve("pictures");
    try {
      DrawnPictures.write(images, 4, SIDE, 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Preprocessing preprocessing =
        Preprocessing.of(Shape.of(3, SIDE, SIDE), ResizeMode.SQUASH, Normalization.IMAGENET);
    return new Crops(
        Pictures.open(PictureFolder.scan(images), preprocessing, run), 64, CropGrid.Layout.PAPER);
  }

  /** A score that is linear in the masks, so that only the estimator's own time is measured. */
  private record Linear(Tensor weights) implements MaskedScore {
    @Override
    public int concepts() {
      return weights.shape().dim(1);
    }

    @Override
    public float[] score(Tensor masks) {
      float[] scores = new float[masks.rows()];
      for (int i = 0; i < scores.length; i++) {
        for (int k = 0; k < concepts(); k++) {
          scores[i] += masks.get(i, k) * weights.get(k);
        }
      }
      return scores;
    }
  }
}
