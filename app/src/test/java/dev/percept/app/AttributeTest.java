package dev.percept.app;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.bundle.AttributionFolder;
import dev.percept.bundle.AttributionMaps;
import dev.percept.core.Tensor;
import dev.percept.report.AttributionPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code percept attribute} from the command line to the page. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AttributeTest {
  private static final String BLACK_BOXES = "occlusion,rise,sobol,hsic,lime,kernel-shap";
  private static final String GRADIENTS =
      "saliency,gradient-input,integrated-gradients,gradient-shap,smoothgrad,square-grad,var-grad,"
          + "guided-backprop,deconvnet,grad-cam,grad-cam++";

  private final Path folder;
  private final Path model;
  private final Path pictures;
  private final Path labels;

  AttributeTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    this.model = TinyModels.affine(folder.resolve("tiny.onnx"));
    this.pictures = TinyPictures.write(folder.resolve("pictures"), 3);
    this.labels = TinyPictures.labels(folder.resolve("labels.txt"));
  }

  /** With few passes, and {@code more} over that. */
  private Percept attribute(String target, Path out, Object... more) {
    List<Object> args =
        new ArrayList<>(List.of("attribute", "-m", model, "-i", pictures, "-c", target, "-o", out));
    List<Object> few =
        List.of(
            "--masks",
            80,
            "--samples",
            140,
            "--designs",
            4,
            "--copies",
            4,
            "--steps",
            40,
            "--cells",
            4,
            "--labels",
            labels,
            "--preprocess",
            "unit");
    for (int i = 0; i < few.size(); i += 2) {
      if (!Arrays.asList(more).contains(few.get(i))) {
        args.addAll(few.subList(i, i + 2));
      }
    }
    args.addAll(Arrays.asList(more));
    return Percept.run(args.toArray());
  }

  private static AttributionMaps.Method method(AttributionFolder written, String name) {
    return written.maps().methods().stream()
        .filter(m -> m.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void allMethodsOfAllClasses() {
    Path out = folder.resolve("all");
    Percept run = attribute("each", out, "--method", BLACK_BOXES + "," + GRADIENTS);
    assertEquals(0, run.status(), run.err());
    AttributionFolder written = AttributionFolder.read(out);
    assertEquals(17, written.maps().methods().size());
    assertEquals(9, written.maps().pictures().size());
    assertEquals(9, written.pictures().size());
    for (AttributionMaps.Method m : written.maps().methods()) {
      assertEquals(9, written.of(m).rows());
      assertTrue(run.out().contains(m.name()), run.out());
    }
    // The tiny network tells its classes apart.
    for (AttributionMaps.Picture p : written.maps().pictures()) {
      assertEquals(p.target(), p.top(), p.name());
      assertTrue(p.name().startsWith(p.label()), p.name());
    }
    // Exact by construction; 40 steps are enough for a network that bends at few places.
    for (AttributionMaps.Gap gap : Objects.requireNonNull(method(written, "kernel-shap").gaps())) {
      assertEquals(gap.expected(), gap.sum(), 1e-4);
    }
    for (AttributionMaps.Gap gap :
        Objects.requireNonNull(method(written, "integrated-gradients").gaps())) {
      assertEquals(gap.expected(), gap.sum(), 0.1 * Math.abs(gap.expected()));
    }
    assertArrayEquals(
        new int[] {9, 1, 8, 8}, written.of(method(written, "grad-cam")).shape().toArray());
    assertArrayEquals(
        new int[] {9, 3, 32, 32}, written.of(method(written, "saliency")).shape().toArray());
  }

  /** An apple is red; where it is not, nothing raises its class as much. */
  @Test
  void aMapFindsTheThing() throws IOException {
    Path out = folder.resolve("apple");
    Percept run = attribute("apple", out, "--method", "occlusion", "--baseline", "mean");
    assertEquals(0, run.status(), run.err());
    AttributionFolder written = AttributionFolder.read(out);
    assertEquals("the picture's mean colour", written.maps().methods().get(0).baseline());
    Tensor map = written.of(written.maps().methods().get(0));
    for (int i = 0; i < 3; i++) {
      var picture = ImageIO.read(written.pictures().get(i).toFile());
      double inside = 0;
      double outside = 0;
      int red = 0;
      for (int p = 0; p < 1024; p++) {
        int rgb = picture.getRGB(p % 32, p / 32);
        boolean apple = (rgb >> 16 & 255) > 150 && (rgb >> 8 & 255) < 100;
        red += apple ? 1 : 0;
        inside += apple ? map.get(i * 1024 + p) : 0;
        outside += apple ? 0 : map.get(i * 1024 + p);
      }
      assertTrue(inside / red > 3 * Math.max(0, outside / (1024 - red)), "picture " + i);
    }
  }

  @Test
  void blackBoxesGiveTheSameBytesWithOneThread() throws IOException {
    Path one = folder.resolve("one");
    Path four = folder.resolve("four");
    attribute("sky", one, "--method", BLACK_BOXES, "--threads", 1, "--seed", 5);
    attribute("sky", four, "--method", BLACK_BOXES, "--threads", 4, "--seed", 5);
    assertArrayEquals(
        Files.readAllBytes(one.resolve(AttributionFolder.MAPS)),
        Files.readAllBytes(four.resolve(AttributionFolder.MAPS)));
    assertArrayEquals(
        Files.readAllBytes(one.resolve(AttributionFolder.PAGE)),
        AttributionPage.render(AttributionFolder.read(one)),
        "the page is drawn from the files alone");
    // Written again over the older one.
    Percept again = attribute("sun", one, "--method", "occlusion", "--json");
    assertEquals(0, again.status(), again.err());
    assertEquals("sun", AttributionFolder.read(one).maps().pictures().get(0).label());
    assertEquals("percept-attribution/1", Written.tree(again.out()).get("schema").stringValue());
    assertTrue(Written.in(one).holding(folder.toString()).isEmpty(), "no absolute path");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "2 | --method | occlusion,rice | there is no method 'rice'; there are occlusion, rise,",
        "2 | --method | rise,rise | 'rise' stands twice",
        "2 | --baseline | black | expected one of zero, mean, blur, noise, found 'black'",
        "2 | --masks | 1 | at least 2, found 1",
        "2 | --steps | 0 | at least 1, found 0",
        "3 | --cells | 33 | cells: at most one a pixel of 32 x 32, found 33",
        "3 | --layer | average | grad-cam needs a layer with places",
        "3 | --layer | branch | branch",
        "3 | --images | nowhere | nowhere",
      })
  void refuses(int status, String option, String value, String sentence) {
    Path out = folder.resolve("refused");
    String methods = option.equals("--cells") ? "lime" : "grad-cam";
    List<Object> more = new ArrayList<>();
    if (!option.equals("--method")) {
      more.addAll(List.of("--method", methods));
    }
    more.addAll(List.of(option, value));
    Percept run =
        option.equals("--images")
            ? Percept.run(
                "attribute", "-m", model, "-i", value, "-c", "sky", "-o", out, "--labels", labels)
            : attribute("sky", out, more.toArray());
    assertEquals(status, run.status(), run.err());
    assertTrue(run.err().contains(sentence), run.err());
    assertFalse(Files.exists(out));
  }

  @Test
  void leavesOtherFoldersAlone() throws IOException {
    Path out = folder.resolve("mine");
    TinyPictures.text(out.resolve("thesis.txt"), "years of work");
    Percept run = attribute("sky", out, "--method", "occlusion");
    assertEquals(3, run.status());
    assertTrue(run.err().contains("is not empty and no result of 'percept attribute'"), run.err());
    assertEquals("years of work", Files.readString(out.resolve("thesis.txt")));
  }
}
