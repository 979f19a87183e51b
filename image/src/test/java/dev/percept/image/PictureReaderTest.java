package dev.percept.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.SplittableRandom;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PictureReaderTest {
  private static final int RED = 0xff0000;
  private static final int GREEN = 0x00ff00;
  private static final int BLUE = 0x0000ff;
  private static final int GREY = 0x808080;

  /** 24 x 16, left half c83214, right half 1464c8, written by Chromium. */
  private static final String LOSSY_WEBP =
      "UklGRl4AAABXRUJQVlA4IFIAAADwAwCdASoYABAAPjEUiEKiISEYBAAgAwSgC7LoBQAPwArv/cAAOYoAAP7ywKv4"
          + "v3//WVk8k14r/5lU60C5k//y0IMqQj0//5aET8gKpujmCAAA";

  /** 24 x 16, left half c83214, right half transparent, lossless, written by Chromium. */
  private static final String LOSSLESS_WEBP =
      "UklGRigAAABXRUJQVlA4TBwAAAAvF8ADEA8wMoM8FPMf8BASEB74v1a3IKL/kbwA";

  /** What each EXIF value means, from the table of the standard: where the corners must end up. */
  @ParameterizedTest
  @CsvSource({
    "1, ABCD", "2, BADC", "3, DCBA", "4, CDAB", "5, ACBD", "6, CADB", "7, DBCA", "8, BDAC",
    "0, ABCD", "9, ABCD"
  })
  void aJpegStandsUprightWhateverItsOrientation(int exif, String corners) {
    int[] colours = {RED, GREEN, BLUE, GREY};
    byte[] stored =
        TestPictures.encode(TestPictures.quadrants(64, 32, RED, GREEN, BLUE, GREY), "jpeg");
    byte[] file = TestPictures.withSegment(stored, 0xe1, TestPictures.exif(exif));
    DecodedPicture picture = new PictureReader().decode(file);
    boolean turned = exif >= 5 && exif <= 8;
    assertEquals(turned ? 32 : 64, picture.uprightWidth());
    assertEquals(turned ? 64 : 32, picture.uprightHeight());
    View view = TestPictures.view(file, 16, 16);
    int[][] places = {{3, 3}, {12, 3}, {3, 12}, {12, 12}};
    for (int i = 0; i < 4; i++) {
      int expected = colours[corners.charAt(i) - 'A'];
      int found = TestPictures.rgb(view, places[i][0], places[i][1]);
      for (int shift = 0; shift <= 16; shift += 8) {
        // JPEG is not exact: 8 levels even at the highest quality.
        assertEquals((expected >> shift) & 0xff, (found >> shift) & 0xff, 8, "corner " + i);
      }
    }
  }

  @Test
  void brokenExifDoesNotSpoilASoundPicture() {
    byte[] stored = TestPictures.encode(TestPictures.plain(20, 10, GREY), "jpeg");
    byte[] exif = TestPictures.exif(6);
    exif[10] = (byte) 0xff; // the directory lies outside the segment
    DecodedPicture picture =
        new PictureReader().decode(TestPictures.withSegment(stored, 0xe1, exif));
    assertEquals(20, picture.uprightWidth());
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "bmp", "tiff"})
  void losslessFormatsGiveTheirPixels(String format) {
    BufferedImage image = TestPictures.noise(9, 7, new SplittableRandom(1));
    View view = TestPictures.view(TestPictures.encode(image, format), 9, 7);
    for (int y = 0; y < 7; y++) {
      for (int x = 0; x < 9; x++) {
        assertEquals(image.getRGB(x, y) & 0xffffff, TestPictures.rgb(view, x, y));
      }
    }
  }

  @Test
  void aProgressiveJpegIsRead() throws IOException {
    View view = TestPictures.view(TestPictures.jpeg(TestPictures.plain(40, 30, GREY), true), 4, 4);
    assertEquals(0x80, view.value(2, 2, 1), 2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "jpeg", "bmp", "tiff"})
  void greyIsTheStoredValue(String format) {
    // Java's own conversion from linear grey would turn 64 into 137.
    BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_BYTE_GRAY);
    image.getRaster().setPixels(0, 0, 8, 8, fill(64, 64));
    View view = TestPictures.view(TestPictures.encode(image, format), 8, 8);
    for (int c = 0; c < 3; c++) {
      assertEquals(64, view.value(3, 4, c), 1);
    }
  }

  @Test
  void sixteenBitsAreScaledToEight() {
    BufferedImage image = new BufferedImage(4, 4, BufferedImage.TYPE_USHORT_GRAY);
    image.getRaster().setPixels(0, 0, 4, 4, fill(16, 257 * 100));
    assertEquals(100, TestPictures.view(TestPictures.encode(image, "png"), 4, 4).value(1, 1, 2));

    BufferedImage rgb = rgb16(4, 4, 65535, 257 * 10, 0);
    View view = TestPictures.view(TestPictures.encode(rgb, "png"), 4, 4);
    assertEquals(0xff0a00, TestPictures.rgb(view, 2, 2));
  }

  @Test
  void transparencyIsLaidOverWhite() {
    BufferedImage image = new BufferedImage(3, 1, BufferedImage.TYPE_INT_ARGB);
    image.setRGB(0, 0, 0x00123456); // nothing to see
    image.setRGB(1, 0, 0x80000000); // black, half transparent: 255 * (1 - 128 / 255) = 127
    image.setRGB(2, 0, 0xff123456);
    View view = TestPictures.view(TestPictures.encode(image, "png"), 3, 1);
    assertEquals(0xffffff, TestPictures.rgb(view, 0, 0));
    assertEquals(0x7f7f7f, TestPictures.rgb(view, 1, 0));
    assertEquals(0x123456, TestPictures.rgb(view, 2, 0));
  }

  @Test
  void palettesAreLookedUp() {
    byte[] r = {0, (byte) 200, 10};
    byte[] g = {0, 100, 20};
    byte[] b = {0, 50, 30};
    byte[] a = {(byte) 255, (byte) 255, 0};
    IndexColorModel colours = new IndexColorModel(2, 3, r, g, b, a);
    BufferedImage image = new BufferedImage(3, 1, BufferedImage.TYPE_BYTE_BINARY, colours);
    image.getRaster().setSample(1, 0, 0, 1);
    image.getRaster().setSample(2, 0, 0, 2);
    View view = TestPictures.view(TestPictures.encode(image, "png"), 3, 1);
    assertEquals(0x000000, TestPictures.rgb(view, 0, 0));
    assertEquals(0xc86432, TestPictures.rgb(view, 1, 0));
    assertEquals(0xffffff, TestPictures.rgb(view, 2, 0), "transparent");
  }

  @Test
  void anEmbeddedColourProfileChangesNothing() {
    byte[] plain = TestPictures.encode(TestPictures.plain(16, 16, 0x204060), "jpeg");
    byte[] profile = ICC_Profile.getInstance(ColorSpace.CS_LINEAR_RGB).getData();
    ByteArrayOutputStream payload = new ByteArrayOutputStream();
    payload.writeBytes(new byte[] {'I', 'C', 'C', '_', 'P', 'R', 'O', 'F', 'I', 'L', 'E', 0, 1, 1});
    payload.writeBytes(profile);
    byte[] profiled = TestPictures.withSegment(plain, 0xe2, payload.toByteArray());
    assertEquals(
        TestPictures.rgb(TestPictures.view(plain, 4, 4), 1, 1),
        TestPictures.rgb(TestPictures.view(profiled, 4, 4), 1, 1));
  }

  @ParameterizedTest
  @CsvSource({
    "jpeg, 30",
    "jpeg, 60",
    "jpeg, 95",
    "png, 30",
    "png, 60",
    "png, 95",
    "bmp, 30",
    "bmp, 60",
    "bmp, 95",
    "tiff, 30",
    "tiff, 60",
    "tiff, 95"
  })
  void aFileCutShortIsRefused(String format, int percent) {
    byte[] whole = TestPictures.encode(TestPictures.noise(60, 40, new SplittableRandom(2)), format);
    byte[] cut = Arrays.copyOf(whole, whole.length * percent / 100);
    assertThrows(UnreadablePictureException.class, () -> TestPictures.view(cut, 8, 8));
  }

  @ParameterizedTest
  @ValueSource(strings = {"jpeg", "png", "bmp", "gif", "webp", "tiff"})
  void randomDamageNeverEscapesAsAnotherError(String format) {
    SplittableRandom random = new SplittableRandom(3);
    byte[] whole =
        format.equals("webp")
            ? Base64.getDecoder().decode(LOSSY_WEBP)
            : TestPictures.encode(TestPictures.noise(24, 16, random), format);
    int refused = 0;
    for (int trial = 0; trial < 200; trial++) {
      byte[] damaged = whole.clone();
      for (int k = 0; k < 8; k++) {
        damaged[random.nextInt(Math.min(damaged.length, 200))] = (byte) random.nextInt(256);
      }
      try {
        TestPictures.view(damaged, 8, 8);
      } catch (UnreadablePictureException e) {
        refused++;
      }
    }
    assertTrue(refused > 20, "damage was noticed only " + refused + " times");
  }

  @Test
  void whatIsNotAPictureSaysWhatItIs() {
    assertEquals("the file is empty", refusal(new byte[0]));
    assertTrue(
        refusal("hello, I am text".getBytes(StandardCharsets.US_ASCII)).endsWith("(it is text)"));
    assertTrue(
        refusal("II+.....".replace('.', '\0').getBytes(StandardCharsets.US_ASCII))
            .endsWith("(it is a BigTIFF)"));
    assertTrue(
        refusal(new byte[] {1, 2, 3}).endsWith("not a JPEG, PNG, BMP, GIF, WebP or TIFF file"));
  }

  @Test
  void aHugePictureIsRefusedByItsHeader() throws IOException {
    // 60,000 x 60,000 pixels in 57 bytes: decoding would take 10 GB.
    byte[] file = pngHeader(60_000, 60_000);
    assertEquals("it has 60000 x 60000 pixels, more than the limit of 100,000,000", refusal(file));
    byte[] small = TestPictures.encode(TestPictures.plain(20, 10, GREY), "png");
    assertThrows(UnreadablePictureException.class, () -> new PictureReader(199).decode(small));
    assertEquals(20, new PictureReader(200).decode(small).uprightWidth());
    assertThrows(IllegalArgumentException.class, () -> new PictureReader(0));
  }

  @Test
  void aJpegOfManyScansIsRefused() throws IOException {
    byte[] file = TestPictures.jpeg(TestPictures.plain(16, 16, GREY), true);
    int scans = JpegStructure.of(file).scans();
    assertTrue(scans > 1 && scans < 20, scans + " scans");
    byte[] scan = {(byte) 0xff, (byte) 0xda, 0, 8, 1, 1, 0, 0, 63, 0, 0};
    ByteArrayOutputStream bomb = new ByteArrayOutputStream();
    bomb.write(file, 0, file.length - 2);
    for (int i = 0; i < 200; i++) {
      bomb.writeBytes(scan);
    }
    bomb.write(file, file.length - 2, 2);
    assertTrue(refusal(bomb.toByteArray()).contains("scans, more than 100"));
  }

  @Test
  void webpIsRead() {
    View lossy = TestPictures.view(Base64.getDecoder().decode(LOSSY_WEBP), 24, 16);
    int[] left = {0xc8, 0x32, 0x14};
    int[] right = {0x14, 0x64, 0xc8};
    for (int c = 0; c < 3; c++) {
      // Lossy, at quality 0.9.
      assertEquals(left[c], lossy.value(3, 8, c), 8);
      assertEquals(right[c], lossy.value(20, 8, c), 8);
    }
    View lossless = TestPictures.view(Base64.getDecoder().decode(LOSSLESS_WEBP), 24, 16);
    assertEquals(0xc83214, TestPictures.rgb(lossless, 3, 8));
    assertEquals(0xffffff, TestPictures.rgb(lossless, 20, 8), "transparent");
  }

  @Test
  void theProfileAndOrientationOfAWebpAreHandledAsThoseOfAJpeg() {
    byte[] bitstream = chunk("VP8 ", lossyData());
    byte[] header = {0x28, 0, 0, 0, 23, 0, 0, 15, 0, 0}; // profile and EXIF; 24 x 16
    byte[] profile = ICC_Profile.getInstance(ColorSpace.CS_LINEAR_RGB).getData();
    byte[] exif = Arrays.copyOfRange(TestPictures.exif(6), 6, TestPictures.exif(6).length);
    byte[] file =
        riff(chunk("VP8X", header), chunk("ICCP", profile), bitstream, chunk("EXIF", exif));
    DecodedPicture picture = new PictureReader().decode(file);
    assertEquals(16, picture.uprightWidth());
    assertEquals(24, picture.uprightHeight());
    View upright = TestPictures.view(file, 16, 24);
    View plain = TestPictures.view(riff(bitstream), 24, 16);
    assertEquals(TestPictures.rgb(plain, 3, 8), TestPictures.rgb(upright, 7, 3), "left is up");
    assertEquals(TestPictures.rgb(plain, 20, 8), TestPictures.rgb(upright, 7, 20));
  }

  private static byte[] lossyData() {
    byte[] file = Base64.getDecoder().decode(LOSSY_WEBP);
    return Arrays.copyOfRange(file, 20, file.length);
  }

  private static byte[] riff(byte[]... chunks) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes("WEBP".getBytes(StandardCharsets.US_ASCII));
    for (byte[] chunk : chunks) {
      body.writeBytes(chunk);
    }
    return chunk("RIFF", body.toByteArray());
  }

  private static byte[] chunk(String name, byte[] data) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(name.getBytes(StandardCharsets.US_ASCII));
    for (int shift = 0; shift < 32; shift += 8) {
      out.write(data.length >> shift);
    }
    out.writeBytes(data);
    if (data.length % 2 == 1) {
      out.write(0);
    }
    return out.toByteArray();
  }

  @Test
  void gifIsRead() {
    // Eight rows: below five, Java's own writer and reader of interlaced GIF lose one.
    BufferedImage image = new BufferedImage(6, 8, BufferedImage.TYPE_BYTE_INDEXED);
    image.setRGB(2, 1, 0xffff0000);
    View view = TestPictures.view(TestPictures.encode(image, "gif"), 6, 8);
    assertEquals(0xff0000, TestPictures.rgb(view, 2, 1));
    assertEquals(0x000000, TestPictures.rgb(view, 3, 1));
  }

  @Test
  void aCmykJpegIsReadAsNearlyItsColours() throws IOException {
    // Adobe stores inverted values: 255 is no ink. Full cyan leaves green and blue.
    View view = TestPictures.view(CmykJpeg.plain(16, 0, 255, 255, 255), 4, 4);
    assertTrue(view.value(1, 1, 0) < 90, "red " + view.value(1, 1, 0));
    assertTrue(view.value(1, 1, 1) > 130, "green " + view.value(1, 1, 1));
    assertTrue(view.value(1, 1, 2) > 180, "blue " + view.value(1, 1, 2));
  }

  private static String refusal(byte[] file) {
    return String.valueOf(
        assertThrows(UnreadablePictureException.class, () -> new PictureReader().decode(file))
            .getMessage());
  }

  private static int[] fill(int count, int value) {
    int[] values = new int[count];
    Arrays.fill(values, value);
    return values;
  }

  private static BufferedImage rgb16(int width, int height, int red, int green, int blue) {
    ComponentColorModel colours =
        new ComponentColorModel(
            ColorSpace.getInstance(ColorSpace.CS_sRGB),
            false,
            false,
            Transparency.OPAQUE,
            DataBuffer.TYPE_USHORT);
    WritableRaster raster =
        Raster.createInterleavedRaster(DataBuffer.TYPE_USHORT, width, height, 3, null);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        raster.setPixel(x, y, new int[] {red, green, blue});
      }
    }
    return new BufferedImage(colours, raster, false, null);
  }

  private static byte[] pngHeader(int width, int height) throws IOException {
    ByteArrayOutputStream chunk = new ByteArrayOutputStream();
    DataOutputStream data = new DataOutputStream(chunk);
    data.writeBytes("IHDR");
    data.writeInt(width);
    data.writeInt(height);
    data.write(new byte[] {8, 2, 0, 0, 0});
    CRC32 crc = new CRC32();
    crc.update(chunk.toByteArray());
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(file);
    out.write(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
    out.writeInt(13);
    out.write(chunk.toByteArray());
    out.writeInt((int) crc.getValue());
    out.writeInt(0);
    out.writeBytes("IDAT");
    out.writeInt(0x35af061e);
    return file.toByteArray();
  }
}
