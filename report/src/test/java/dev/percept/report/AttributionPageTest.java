package dev.percept.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.bundle.AttributionFolder;
import dev.percept.bundle.AttributionMaps;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AttributionPageTest {
  private static final String EVIL = "</script><img src=x onerror=alert(1)>";

  private static AttributionMaps.Method method(String name, boolean signed) {
    return new AttributionMaps.Method(
        name,
        "About " + name,
        "",
        signed ? "zero after preprocessing" : null,
        false,
        signed,
        10,
        0,
        0.5,
        signed ? List.of(new AttributionMaps.Gap(1.5, 2)) : null);
  }

  private static AttributionFolder folder(Path dir) throws IOException {
    Path picture = Files.write(dir.resolve("0000.jpg"), new byte[] {1, 2, 3});
    AttributionMaps maps =
        new AttributionMaps(
            AttributionMaps.SCHEMA,
            "net.onnx",
            "0123456789abcdef",
            "features",
            0,
            Map.of("baseline", "zero"),
            Map.of("percept", "0"),
            List.of(
                new AttributionMaps.Picture(EVIL, "pictures/0000.jpg", 1, EVIL, 3.25, 2, "other")),
            List.of(method("up", true), method("size", false)),
            List.of(EVIL));
    return new AttributionFolder(
        maps,
        Map.of(
            "up", Tensor.of(Shape.of(1, 2, 1, 4), 1, 0, -2, 0, 3, 0, -2, 0),
            "size", Tensor.of(Shape.of(1, 1, 1, 4), 4, 0, 2, 1)),
        List.of(picture));
  }

  @Test
  void whatIsWrittenIsTextAndTheSameEachTime(@TempDir Path dir) throws IOException {
    byte[] page = AttributionPage.render(folder(dir));
    String text = new String(page, StandardCharsets.UTF_8);
    assertFalse(text.contains("<img src=x"), "a label is never markup");
    assertTrue(text.contains("default-src 'none'; img-src data:; style-src 'sha256-"));
    assertFalse(text.contains("http://") && !text.contains("www.w3.org"), "no network");
    assertTrue(text.contains("In 1 of 1 picture the model answers something else"), "the caution");
    assertArrayEquals(page, AttributionPage.render(folder(dir)));
  }

  @Test
  void aSignedMapHasItsZeroInTheMiddle(@TempDir Path dir) throws IOException {
    AttributionFolder folder = folder(dir);
    AttributionMaps.Method up = folder.maps().methods().get(0);
    Heat heat = Heat.of(up, folder.of(up), 0);
    // Means over channels: 2, 0, -2, 0.
    assertArrayEquals(
        new byte[] {(byte) 255, (byte) 128, 1, (byte) 128},
        Base64.getDecoder().decode(heat.bytes()));
    assertEquals(2, heat.scale());
    AttributionMaps.Method size = folder.maps().methods().get(1);
    assertArrayEquals(
        new byte[] {(byte) 255, 0, (byte) 128, 64},
        Base64.getDecoder().decode(Heat.of(size, folder.of(size), 0).bytes()));
    Heat nothing = Heat.of(up, Tensor.zeros(Shape.of(1, 1, 3, 3)), 0);
    assertEquals(0, nothing.scale());
  }

  @Test
  void fineMapsAreAveraged() {
    float[] values = new float[224 * 224];
    values[1] = 4;
    Tensor map = Tensor.wrap(Shape.of(1, 1, 224, 224), values);
    Heat heat = Heat.of(method("size", false), map, 0);
    assertEquals(112, heat.rows());
    // More than 99 % are 0, so the scale is the largest: a mean of four values.
    assertEquals(1, heat.scale());
  }

  @Test
  void agreementIsRankCorrelation() {
    assertArrayEquals(new double[] {0, 2.5, 2.5, 1}, Agreement.ranks(new double[] {-1, 5, 5, 0}));
    assertEquals(1, Agreement.correlation(new double[] {0, 1, 2}, new double[] {3, 4, 5}), 1e-12);
    assertEquals(-1, Agreement.correlation(new double[] {0, 1, 2}, new double[] {2, 1, 0}), 1e-12);
    assertTrue(Double.isNaN(Agreement.correlation(new double[] {1, 1}, new double[] {0, 1})));
  }
}
