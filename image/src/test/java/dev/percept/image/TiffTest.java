package dev.percept.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.SplittableRandom;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TiffTest {
  private static final int WHITE_IS_ZERO = 0;
  private static final int BLACK_IS_ZERO = 1;
  private static final int RGB = 2;
  private static final int CMYK = 5;
  private static final ByteOrder LITTLE = ByteOrder.LITTLE_ENDIAN;
  private static final ByteOrder BIG = ByteOrder.BIG_ENDIAN;

  @ParameterizedTest
  @ValueSource(strings = {"LZW", "ZLib", "Deflate", "PackBits"})
  void compressedFilesGiveTheirPixels(String compression) throws IOException {
    BufferedImage image = TestPictures.noise(37, 21, new SplittableRandom(1));
    ImageWriter writer = ImageIO.getImageWritersByFormatName("tiff").next();
    ImageWriteParam param = writer.getDefaultWriteParam();
    param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
    param.setCompressionType(compression);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), param);
    } finally {
      writer.dispose();
    }
    View view = TestPictures.view(bytes.toByteArray(), 37, 21);
    for (int y = 0; y < 21; y++) {
      for (int x = 0; x < 37; x++) {
        assertEquals(image.getRGB(x, y) & 0xffffff, TestPictures.rgb(view, x, y));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1, ABCD", "2, BADC", "3, DCBA", "4, CDAB", "5, ACBD", "6, CADB", "7, DBCA", "8, BDAC"
  })
  void itStandsUprightWhateverItsOrientation(int orientation, String corners) {
    int[] greys = {10, 80, 160, 240};
    byte[] file =
        new TestTiff(orientation % 2 == 0 ? LITTLE : BIG, 2, 2, BLACK_IS_ZERO, 8)
            .put(274, orientation)
            .pixels(greys)
            .bytes();
    View view = TestPictures.view(file, 2, 2);
    for (int i = 0; i < 4; i++) {
      assertEquals(greys[corners.charAt(i) - 'A'], view.value(i % 2, i / 2, 1), corners);
    }
  }

  @Test
  void coloursAreThoseStored() {
    byte[] rgb = new TestTiff(BIG, 1, 1, RGB, 8, 8, 8).pixels(200, 100, 50).bytes();
    assertEquals(0xc86432, TestPictures.rgb(TestPictures.view(rgb, 1, 1), 0, 0));
    byte[] deep =
        new TestTiff(LITTLE, 1, 1, RGB, 16, 16, 16).pixels(200, 200, 100, 100, 50, 50).bytes();
    assertEquals(0xc86432, TestPictures.rgb(TestPictures.view(deep, 1, 1), 0, 0));
    byte[] inverted = new TestTiff(BIG, 2, 1, WHITE_IS_ZERO, 8).pixels(0, 200).bytes();
    View view = TestPictures.view(inverted, 2, 1);
    assertEquals(0xffffff, TestPictures.rgb(view, 0, 0));
    assertEquals(0x373737, TestPictures.rgb(view, 1, 0));
    byte[] fax = new TestTiff(BIG, 8, 1, WHITE_IS_ZERO, 1).pixels(0b01000000).bytes();
    View bits = TestPictures.view(fax, 8, 1);
    assertEquals(0xffffff, TestPictures.rgb(bits, 0, 0));
    assertEquals(0x000000, TestPictures.rgb(bits, 1, 0));
  }

  @Test
  void inksAreReadAsNearlyTheirColours() {
    // Full cyan leaves green and blue; no ink leaves white.
    byte[] file =
        new TestTiff(BIG, 2, 1, CMYK, 8, 8, 8, 8).pixels(255, 0, 0, 0, 0, 0, 0, 0).bytes();
    View view = TestPictures.view(file, 2, 1);
    assertTrue(view.value(0, 0, 0) < 90, "red " + view.value(0, 0, 0));
    assertTrue(view.value(0, 0, 2) > 180, "blue " + view.value(0, 0, 2));
    assertEquals(0xffffff, TestPictures.rgb(view, 1, 0));
  }

  @Test
  void transparencyIsLaidOverWhiteMultipliedOrNot() {
    // 128 of 255 opaque, a colour of 200: 200 * .502 + 255 * .498 = 227.
    byte[] plain =
        new TestTiff(BIG, 1, 1, RGB, 8, 8, 8, 8).put(338, 2).pixels(200, 0, 0, 128).bytes();
    View view = TestPictures.view(plain, 1, 1);
    assertEquals(227, view.value(0, 0, 0), 1);
    assertEquals(127, view.value(0, 0, 1), 1);
    byte[] multiplied =
        new TestTiff(BIG, 1, 1, RGB, 8, 8, 8, 8).put(338, 1).pixels(100, 0, 0, 128).bytes();
    View same = TestPictures.view(multiplied, 1, 1);
    assertEquals(227, same.value(0, 0, 0), 1);
    assertEquals(127, same.value(0, 0, 1), 1);
  }

  @Test
  void anEmbeddedColourProfileChangesNothing() {
    byte[] profile = ICC_Profile.getInstance(ColorSpace.CS_LINEAR_RGB).getData();
    byte[] file =
        new TestTiff(LITTLE, 1, 1, RGB, 8, 8, 8).profile(profile).pixels(200, 100, 50).bytes();
    assertEquals(0xc86432, TestPictures.rgb(TestPictures.view(file, 1, 1), 0, 0));
  }

  @Test
  void theFirstOfSeveralPagesCounts() throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("tiff").next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.prepareWriteSequence(null);
      for (int colour : new int[] {0x102030, 0xffffff}) {
        writer.writeToSequence(new IIOImage(TestPictures.plain(3, 3, colour), null, null), null);
      }
      writer.endWriteSequence();
    } finally {
      writer.dispose();
    }
    View view = TestPictures.view(bytes.toByteArray(), 3, 3);
    assertEquals(0x102030, TestPictures.rgb(view, 1, 1));
  }

  @Test
  void whatIsNotReadSaysSo() {
    TestTiff huge = new TestTiff(BIG, 60_000, 60_000, BLACK_IS_ZERO, 8);
    assertEquals("it has 60000 x 60000 pixels, more than the limit of 100,000,000", refusal(huge));
    // A small picture in one enormous tile: the tile would be decoded whole.
    refused("tiles of 65536 x 65536", grey().put(322, 65536).put(323, 65536));
    refused("tiles of 1 x 1", grey().put(322, 1).put(323, 1));
    refused("65535 samples", grey().put(277, 65535));
    refused("samples of 32 bits", new TestTiff(BIG, 1, 1, BLACK_IS_ZERO, 32).put(339, 3));
    refused("no whole numbers", grey().put(339, 3));
    refused("holds a JPEG", grey().put(259, 7));
    refused("2000000 parts", grey().put(324, new int[2_000_000]));
    assertEquals(
        "the TIFF data are broken or cut short", refusal(new byte[] {'I', 'I', '*', 0, 9}));
    assertEquals(
        "the TIFF data are broken or cut short",
        refusal(new byte[] {'M', 'M', 0, '*', (byte) 0xff, 0, 0, 0}));
  }

  private static TestTiff grey() {
    return new TestTiff(BIG, 4, 4, BLACK_IS_ZERO, 8).pixels(new int[16]);
  }

  private static void refused(String why, TestTiff file) {
    String found = refusal(file);
    assertTrue(found.contains(why), found);
  }

  private static String refusal(TestTiff file) {
    return refusal(file.bytes());
  }

  private static String refusal(byte[] file) {
    return String.valueOf(
        assertThrows(UnreadablePictureException.class, () -> new PictureReader().decode(file))
            .getMessage());
  }
}
