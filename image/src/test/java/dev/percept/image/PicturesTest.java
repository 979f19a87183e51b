package dev.percept.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.core.Box;
import dev.percept.core.PerceptException;
import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PicturesTest {
  private static final Preprocessing PREPROCESSING =
      Preprocessing.of(Shape.of(3, 28, 28), ResizeMode.FIT, Normalization.IMAGENET);

  @TempDir Path folder;

  @Test
  void valuesAreNormalisedPlanesOfTheView() {
    TestPictures.png(folder, "a.png", TestPictures.noise(28, 28, new SplittableRandom(1)));
    Pictures pictures = open();
    assertEquals(Shape.of(3, 28, 28), pictures.shape());
    Tensor batch = pictures.batch(0, 1);
    assertEquals(Shape.of(1, 3, 28, 28), batch.shape());
    BufferedImage view = pictures.view(0);
    int rgb = view.getRGB(5, 9);
    int at = 9 * 28 + 5;
    assertEquals(((rgb >> 16 & 0xff) / 255.0 - 0.485) / 0.229, batch.get(at), 1e-6);
    assertEquals(((rgb >> 8 & 0xff) / 255.0 - 0.456) / 0.224, batch.get(784 + at), 1e-6);
    assertEquals(((rgb & 0xff) / 255.0 - 0.406) / 0.225, batch.get(2 * 784 + at), 1e-6);

    Pictures raw = pictures.with(Normalization.RAW255.withBgr(true));
    assertEquals(rgb & 0xff, raw.batch(0, 1).get(at), "blue first");
    assertEquals(rgb >> 16 & 0xff, raw.batch(0, 1).get(2 * 784 + at));
  }

  @Test
  void whatCannotBeReadIsNamedAndLeftOut() {
    TestPictures.png(folder, "b/good.png", TestPictures.plain(30, 20, 0x112233));
    TestPictures.write(folder, "b/empty.jpg", new byte[0]);
    TestPictures.write(folder, "a/text.jpg", new byte[] {'h', 'i'});
    TestPictures.write(
        folder, "c/really-a-png.jpg", TestPictures.encode(TestPictures.plain(9, 9, 0), "png"));
    Pictures pictures = open();
    assertEquals(2, pictures.size());
    assertEquals("b/good.png", pictures.name(0));
    assertEquals(Optional.of("b"), pictures.folder(0));
    assertEquals(List.of("b", "c"), pictures.folders());
    assertEquals(1, pictures.inFolder("c").size());
    assertEquals("c/really-a-png.jpg", pictures.inFolder("c").name(0));
    assertEquals(
        List.of(
            new SkippedPicture(
                "a/text.jpg", "it is not a JPEG, PNG, BMP, GIF, WebP or TIFF file (it is text)"),
            new SkippedPicture("b/empty.jpg", "the file is empty")),
        pictures.skipped());
  }

  @Test
  void onlyWhenNoneIsLeftItFails() {
    TestPictures.write(folder, "x.jpg", new byte[0]);
    TestPictures.write(folder, "y.png", new byte[0]);
    String message = String.valueOf(assertThrows(PerceptException.class, this::open).getMessage());
    assertTrue(message.startsWith("none of the 2 pictures in "), message);
    assertTrue(message.contains("(x.jpg: the file is empty; y.png: the file is empty)"), message);
  }

  @Test
  void theFingerprintIsOfNamesAndContentsWhereverTheyLie() throws IOException {
    byte[] one = TestPictures.encode(TestPictures.plain(9, 9, 1), "png");
    byte[] two = TestPictures.encode(TestPictures.plain(9, 9, 2), "png");
    TestPictures.write(folder, "here/p/a.png", one);
    TestPictures.write(folder, "here/p/b.png", two);
    TestPictures.write(folder, "there/p/a.png", one);
    TestPictures.write(folder, "there/p/b.png", two);
    TestPictures.write(folder, "swapped/p/a.png", two);
    TestPictures.write(folder, "swapped/p/b.png", one);
    TestPictures.write(folder, "renamed/p/a.png", one);
    TestPictures.write(folder, "renamed/p/c.png", two);
    String here = open("here").fingerprint();
    assertEquals(64, here.length());
    assertEquals(here, open("there").fingerprint());
    assertNotEquals(here, open("swapped").fingerprint());
    assertNotEquals(here, open("renamed").fingerprint());
    assertNotEquals(here, open("here").select(List.of(0)).fingerprint());
    assertEquals(here, open("here").with(Normalization.UNIT).fingerprint());
  }

  @Test
  void memoryForViewsIsBoundedAndChangesNothing() {
    SplittableRandom random = new SplittableRandom(2);
    for (int i = 0; i < 6; i++) {
      TestPictures.png(folder, i + ".png", TestPictures.noise(40, 30, random));
    }
    Pictures kept = open();
    for (long memory : new long[] {0, 3 * 28 * 28 * 2}) {
      Pictures small =
          Pictures.open(
              PictureFolder.scan(folder), PREPROCESSING, new PictureReader(), memory, Run.of(0));
      for (int i : new int[] {5, 0, 3, 3, 1}) {
        assertArrayEquals(kept.batch(i, i + 1).toArray(), small.batch(i, i + 1).toArray());
      }
    }
  }

  @Test
  void aPictureThatChangesMeanwhileIsNoticed() throws IOException {
    Path file = TestPictures.png(folder, "a.png", TestPictures.plain(30, 20, 1));
    Pictures pictures =
        Pictures.open(PictureFolder.scan(folder), PREPROCESSING, new PictureReader(), 0, Run.of(0));
    TestPictures.png(folder, "a.png", TestPictures.plain(30, 20, 2));
    assertTrue(refusal(pictures).startsWith("picture a.png changed while"));
    Files.delete(file);
    assertTrue(refusal(pictures).startsWith("picture a.png can no longer be read"));
  }

  @Test
  void aCropOfEverythingIsThePicture() {
    TestPictures.png(folder, "a.png", TestPictures.noise(28, 28, new SplittableRandom(3)));
    Pictures pictures = open();
    Crops crops = new Crops(pictures, 28, CropGrid.Layout.EVEN);
    assertEquals(1, crops.size());
    assertArrayEquals(pictures.batch(0, 1).toArray(), crops.batch(0, 1).toArray(), 1e-6f);
  }

  @Test
  void aCropIsThatPartOfTheViewEnlarged() {
    SplittableRandom random = new SplittableRandom(4);
    TestPictures.png(folder, "a.png", TestPictures.noise(28, 28, random));
    TestPictures.png(folder, "b.png", TestPictures.noise(28, 28, random));
    Pictures pictures = open().with(Normalization.RAW255);
    Crops crops = new Crops(pictures, 8, CropGrid.Layout.PAPER);
    assertEquals(16 * 2, crops.size()); // range(0, 21, 6) = 0, 6, 12, 18 along each side
    int index = 16 + 4 + 2; // second picture, second row, third column
    assertEquals(1, crops.picture(index));
    assertEquals(new Box(12, 6, 8, 8), crops.box(index));
    assertEquals("b.png (12, 6)", crops.name(index));
    Tensor crop = crops.batch(index, index + 1);
    BufferedImage part = crops.view(index);
    assertEquals(pictures.view(1).getRGB(12 + 3, 6 + 5), part.getRGB(3, 5));
    // Output 10 of 28 is centred at 10.5 * 8 / 28 = 3, between the samples at 2.5 and 3.5.
    double expected = (red(part, 2, 2) + red(part, 3, 2) + red(part, 2, 3) + red(part, 3, 3)) / 4.0;
    assertEquals(expected, crop.get(10 * 28 + 10), 1e-3);
    assertEquals(red(part, 0, 0), crop.get(0), 1e-4, "the corner repeats the edge");
  }

  @Test
  void threadsGetWhatOneThreadGets() {
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < 8; i++) {
      TestPictures.png(folder, i + ".png", TestPictures.noise(50, 40, random));
    }
    Pictures pictures =
        Pictures.open(
            PictureFolder.scan(folder),
            PREPROCESSING,
            new PictureReader(),
            3 * 28 * 28 * 3,
            Run.of(0).withThreads(4));
    Crops crops = new Crops(pictures, 8, CropGrid.Layout.EVEN);
    float[][] alone = new float[crops.size()][];
    for (int i = 0; i < alone.length; i++) {
      alone[i] = crops.batch(i, i + 1).toArray();
    }
    float[][] together = new float[crops.size()][];
    // A stride that jumps from picture to picture.
    Run.of(0)
        .withThreads(4)
        .parallel(
            together.length,
            i -> {
              int index = i * 37 % together.length;
              together[index] = crops.batch(index, index + 1).toArray();
            });
    for (int i = 0; i < alone.length; i++) {
      assertArrayEquals(alone[i], together[i]);
    }
  }

  private Pictures open() {
    return Pictures.open(PictureFolder.scan(folder), PREPROCESSING, Run.of(0));
  }

  private Pictures open(String sub) {
    return Pictures.open(PictureFolder.scan(folder.resolve(sub)), PREPROCESSING, Run.of(0));
  }

  private static int red(BufferedImage image, int x, int y) {
    return image.getRGB(x, y) >> 16 & 0xff;
  }

  private static String refusal(Pictures pictures) {
    return String.valueOf(
        assertThrows(PerceptException.class, () -> pictures.batch(0, 1)).getMessage());
  }
}
