package dev.percept.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResizerTest {
  /** Sums of a few products in float32 of values up to 255. */
  private static final float TOLERANCE = 2e-4f;

  @Test
  void doublingMixesNeighboursThreeToOne() {
    assertArrayEquals(
        new float[] {8, 6, 2, 0}, axis(new float[] {8, 0}, 4, false), TOLERANCE, "half pixels");
    assertArrayEquals(
        new float[] {8, 6, 2, 0}, axis(new float[] {8, 0}, 4, true), TOLERANCE, "antialias too");
  }

  @Test
  void halvingWithoutAntialiasTakesTheMiddleTwo() {
    assertArrayEquals(
        new float[] {5, 9}, axis(new float[] {4, 6, 8, 10}, 2, false), TOLERANCE, "mean of two");
    // 5 to 1: exactly the middle sample.
    assertArrayEquals(new float[] {7}, axis(new float[] {1, 2, 7, 4, 5}, 1, false), TOLERANCE);
  }

  @Test
  void halvingWithAntialiasWeighsByTheTriangle() {
    // Centre 1, half width 2; samples at 0.5, 1.5, 2.5 weigh 3/4, 3/4, 1/4.
    float first = (3 * 4 + 3 * 6 + 8) / 7f;
    float second = (6 + 3 * 8 + 3 * 10) / 7f;
    assertArrayEquals(
        new float[] {first, second}, axis(new float[] {4, 6, 8, 10}, 2, true), TOLERANCE);
  }

  @ParameterizedTest
  @CsvSource({
    "17, 11, 5, 7, true", "17, 11, 5, 7, false", "5, 7, 23, 16, true", "5, 7, 23, 16, false",
    "40, 3, 8, 9, true", "40, 3, 8, 9, false", "1, 1, 4, 4, true", "1, 9, 4, 2, false",
    "64, 64, 224, 224, false"
  })
  void agreesWithTheFormulaWrittenDown(int w, int h, int outW, int outH, boolean antialias) {
    float[] source = noise(w * h * 3, 4);
    float[] found = resize(source, w, h, outW, outH, antialias);
    for (int y = 0; y < outH; y++) {
      for (int x = 0; x < outW; x++) {
        for (int c = 0; c < 3; c++) {
          assertEquals(
              naive(source, w, h, outW, outH, x, y, c, antialias),
              found[3 * (y * outW + x) + c],
              TOLERANCE,
              x + ", " + y);
        }
      }
    }
  }

  @Test
  void aWindowIsAPartOfTheWhole() {
    float[] source = noise(30 * 20 * 3, 5);
    float[] whole = resize(source, 30, 20, 13, 9, true);
    Resampling across = Resampling.of(30, 13, 4, 6, true);
    Resampling down = Resampling.of(20, 9, 2, 5, true);
    float[] window = Resizer.resize(rows(source, 30), 30, across, down);
    for (int y = 0; y < 5; y++) {
      for (int x = 0; x < 18; x++) {
        assertEquals(whole[3 * ((y + 2) * 13 + 4) + x], window[18 * y + x], "same bits");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void whatIsConstantStaysSoAndMirroringCommutes(boolean antialias) {
    float[] flat = new float[31 * 17 * 3];
    Arrays.fill(flat, 201);
    for (float v : resize(flat, 31, 17, 7, 40, antialias)) {
      assertEquals(201, v, TOLERANCE);
    }
    float[] line = noise(31, 6);
    assertArrayEquals(
        reversed(axis(line, 12, antialias)), axis(reversed(line), 12, antialias), TOLERANCE);
  }

  @Test
  void anAbsurdlyLongPictureCostsNoMoreThanItsOutput() {
    // 3 x 2,000,000: a plane of the narrowed picture would take 5 GB.
    Resampling across = Resampling.of(3, 224, 0, 224, true);
    Resampling down = Resampling.of(2_000_000, 2, 0, 2, true);
    float[] out = Resizer.resize((y, row) -> Arrays.fill(row, 50), 3, across, down);
    // Two million weights of a millionth in float32 add up to 1 within 1e-3.
    assertEquals(50, out[0], 0.05);
  }

  /** The definition: a weighted mean over all pixels of the picture, in double. */
  private static double naive(
      float[] source, int w, int h, int outW, int outH, int x, int y, int c, boolean antialias) {
    double sum = 0;
    double norm = 0;
    for (int sy = 0; sy < h; sy++) {
      for (int sx = 0; sx < w; sx++) {
        double weight = weight(sx, w, outW, x, antialias) * weight(sy, h, outH, y, antialias);
        sum += weight * source[3 * (sy * w + sx) + c];
        norm += weight;
      }
    }
    return sum / norm;
  }

  private static double weight(int sample, int in, int out, int i, boolean antialias) {
    double scale = (double) in / out;
    double centre = (i + 0.5) * scale - 0.5; // in sample coordinates
    if (antialias) {
      return Math.max(0, 1 - Math.abs(sample - centre) / Math.max(1, scale));
    }
    double clamped = Math.min(Math.max(centre, 0), in - 1);
    return Math.max(0, 1 - Math.abs(sample - clamped));
  }

  private static float[] axis(float[] line, int out, boolean antialias) {
    float[] rgb = new float[3 * line.length];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = line[i / 3];
    }
    float[] wide = resize(rgb, line.length, 1, out, 1, antialias);
    float[] tall = resize(rgb, 1, line.length, 1, out, antialias);
    assertArrayEquals(wide, tall, TOLERANCE, "both axes alike");
    float[] result = new float[out];
    for (int i = 0; i < out; i++) {
      result[i] = wide[3 * i + 1];
    }
    return result;
  }

  private static float[] resize(
      float[] source, int w, int h, int outW, int outH, boolean antialias) {
    return Resizer.resize(
        rows(source, w),
        w,
        Resampling.of(w, outW, 0, outW, antialias),
        Resampling.of(h, outH, 0, outH, antialias));
  }

  private static Resizer.Rows rows(float[] source, int w) {
    return (y, row) -> System.arraycopy(source, 3 * w * y, row, 0, 3 * w);
  }

  private static float[] noise(int size, int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = random.nextInt(256);
    }
    return values;
  }

  private static float[] reversed(float[] line) {
    float[] out = new float[line.length];
    for (int i = 0; i < line.length; i++) {
      out[i] = line[line.length - 1 - i];
    }
    return out;
  }
}
