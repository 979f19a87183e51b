package dev.percept.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.core.PerceptException;
import dev.percept.core.Shape;
import java.awt.image.BufferedImage;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreprocessingTest {
  /** Sizes and offsets that torchvision's Resize and CenterCrop give. */
  @ParameterizedTest
  @CsvSource({
    "CROP, 224, 500, 375, 341, 256, 58, 16", // 58.5 rounds to even
    "CROP, 224, 375, 500, 256, 341, 16, 58",
    "CROP, 224, 224, 224, 256, 256, 16, 16",
    "FIT, 224, 500, 375, 298, 224, 37, 0",
    "FIT, 224, 224, 224, 224, 224, 0, 0",
    "FIT, 224, 100, 300, 224, 672, 0, 224",
    "CROP, 299, 640, 480, 456, 342, 78, 22", // 78.5 and 21.5 round to even
    "SQUASH, 224, 500, 375, 224, 224, 0, 0",
  })
  void geometryIsThatOfTorchvision(
      ResizeMode mode, int size, int w, int h, int resizedW, int resizedH, int left, int top) {
    assertEquals(
        new Geometry.Plan(resizedW, resizedH, left, top),
        new Geometry(size, size, mode, true).plan(w, h));
  }

  @Test
  void theCentreIsKeptAlsoOfATurnedPicture() {
    // A white column in a black picture, right of the centre once upright.
    BufferedImage image = TestPictures.plain(20, 41, 0);
    for (int x = 0; x < 20; x++) {
      image.setRGB(x, 15, 0xffffff); // EXIF 6: row y becomes column 40 - y = 25
    }
    View view =
        new Geometry(20, 20, ResizeMode.FIT, true)
            .apply(new DecodedPicture(image, Orientation.ofExif(6)));
    // 41 - 20 = 21, half of it rounds to even: 10 columns are cut away at the left.
    for (int x = 0; x < 20; x++) {
      assertEquals(x == 25 - 10 ? 255 : 0, view.value(x, 7, 0), "column " + x);
    }
  }

  @Test
  void presetsAreWhatTheirModelsWereTrainedWith() {
    assertEquals((255 / 255.0 - 0.485) / 0.229, Normalization.IMAGENET.apply(0, 255), 1e-6);
    assertEquals((51 / 255.0 - 0.406) / 0.225, Normalization.IMAGENET.apply(2, 51), 1e-6);
    assertEquals(-1, Normalization.MINUS_ONE_ONE.apply(1, 0), 1e-7);
    assertEquals(1, Normalization.MINUS_ONE_ONE.apply(1, 255), 1e-7);
    assertEquals(0.2, Normalization.UNIT.apply(0, 51), 1e-7);
    assertEquals(51, Normalization.RAW255.apply(0, 51));
    assertEquals((1 - 0.4465) / 0.2616, Normalization.CIFAR10.apply(2, 255), 1e-6);
  }

  @Test
  void presetsAreFoundByName() {
    for (Normalization preset : Normalization.presets()) {
      assertEquals(preset, Normalization.parse(preset.name()));
    }
    assertEquals(Normalization.MINUS_ONE_ONE, Normalization.parse("Minus_One_One"));
    String message = refusal(() -> Normalization.parse("imagnet"));
    assertTrue(message.contains("imagenet, minus-one-one, unit, raw255, cifar10"), message);
    assertTrue(message.endsWith("found 'imagnet' (did you mean imagenet?)"), message);
    assertTrue(refusal(() -> Normalization.parse("xyz")).endsWith("found 'xyz'"));
    assertEquals(ResizeMode.SQUASH, ResizeMode.parse("Squash"));
    assertEquals(
        "resize: one of crop, fit, squash, found 'stretch'",
        refusal(() -> ResizeMode.parse("stretch")));
  }

  @Test
  void aNormalisationOfOnesOwnIsChecked() {
    assertEquals(List.of(0.5, 0.5, 0.5), Normalization.parseTriple("mean", "0.5"));
    assertEquals(List.of(1.0, 2.0, 3.0), Normalization.parseTriple("mean", "1, 2,3"));
    assertEquals(
        "std: one number or three separated by commas, found '1,2'",
        refusal(() -> Normalization.parseTriple("std", "1,2")));
    refusal(() -> Normalization.parseTriple("std", "a"));
    List<Double> one = List.of(1.0, 1.0, 1.0);
    List<Double> caffe = List.of(104.0, 117.0, 124.0);
    assertEquals(0, Normalization.custom(true, 1, caffe, one).apply(0, 104));
    assertEquals(
        "mean: within the scaled pixels, 0 to 1.000, found [104.0, 117.0, 124.0]; means of pixels from"
            + " 0 to 255 want scale 1",
        refusal(() -> Normalization.custom(true, 1 / 255.0, caffe, one)));
    refusal(() -> Normalization.custom(false, 0, one, one));
    refusal(() -> Normalization.custom(false, 1, one, List.of(1.0, 0.0, 1.0)));
    refusal(() -> Normalization.custom(false, 1, List.of(1.0), one));
    refusal(() -> Normalization.custom(false, 1, List.of(Double.NaN, 1.0, 1.0), one));
  }

  @Test
  void onlyChannelsFirstIsTaken() {
    assertEquals(
        Shape.of(3, 32, 48),
        Preprocessing.of(Shape.of(3, 32, 48), ResizeMode.FIT, Normalization.UNIT).shape());
    String message =
        String.valueOf(
            assertThrows(
                    PerceptException.class,
                    () ->
                        Preprocessing.of(Shape.of(224, 224, 3), ResizeMode.FIT, Normalization.UNIT))
                .getMessage());
    assertTrue(message.endsWith("takes 224 x 224 x 3; export it with channels first"), message);
    refusal(() -> new Geometry(0, 5, ResizeMode.FIT, true));
    refusal(() -> new Geometry(5, 100_000, ResizeMode.FIT, true));
  }

  private static String refusal(Executable call) {
    return String.valueOf(assertThrows(IllegalArgumentException.class, call).getMessage());
  }
}
