package dev.percept.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.bundle.BundleReader;
import dev.percept.bundle.LoadedBundle;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import dev.percept.onnx.TokenModels;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Vision transformers from the command line on. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TokensTest {
  private final Path folder;
  private final Path pictures;

  TokensTest(@TempDir Path folder) {
    this.folder = folder;
    this.pictures = TinyPictures.write(folder.resolve("pictures"), 4).resolve("sun");
  }

  private LoadedBundle explain(Path model, Object... more) {
    Path out = folder.resolve("out");
    Object[] all = new Object[more.length + 4];
    System.arraycopy(new Object[] {"--extractor", "semi-nmf", "--budget", 500}, 0, all, 0, 4);
    System.arraycopy(more, 0, all, 4, more.length);
    Percept run = Percept.explain(model, pictures, "2", out, all);
    assertEquals(ExitCode.OK, run.status(), run.err());
    return BundleReader.read(out);
  }

  @Test
  void codesOfPlacesAndOfOtherTokensAreWrittenApart() {
    LoadedBundle loaded = explain(TokenModels.dino(folder.resolve("dino.onnx"), 4));
    assertEquals(4, loaded.bundle().model().rows());
    assertEquals(4, loaded.bundle().model().columns());
    assertEquals(5, loaded.bundle().model().leading());
    assertEquals(0, loaded.bundle().model().trailing());
    Tensor codes = Objects.requireNonNull(loaded.codes().get("class-2/codes"));
    Tensor tokens = Objects.requireNonNull(loaded.codes().get("class-2/tokens"));
    assertEquals(Shape.of(4, 4, 4, 4), codes.shape());
    assertEquals(Shape.of(4, 5, 4), tokens.shape());
    String page = Written.in(folder.resolve("out")).text("report.html");
    assertTrue(page.contains("4 × 4 places and 5 tokens that are no place"), "the page says so");
  }

  @Test
  void aCutBehindTheLastAttentionIsExplainedWithAWarning() {
    Path vit = TokenModels.vit(folder.resolve("vit.onnx"));
    LoadedBundle auto = explain(vit);
    assertEquals("b0", auto.bundle().model().layer());
    assertEquals(List.of(), about(auto, "class token alone"));
    LoadedBundle behind = explain(vit, "--layer", "norm");
    assertEquals(1, about(behind, "class token alone").size());
  }

  @Test
  void aCountedClassTokenIsSaid() {
    LoadedBundle counted = explain(TokenModels.padded(folder.resolve("padded.onnx")));
    assertEquals(1, counted.bundle().model().leading());
    assertEquals(1, about(counted, "one more than a square").size());
  }

  private static List<String> about(LoadedBundle loaded, String words) {
    return loaded.bundle().classes().get(0).warnings().stream()
        .filter(w -> w.contains(words))
        .toList();
  }

  @Test
  void inspectShowsTheLayout() {
    String vit = Percept.run("inspect", TokenModels.vit(folder.resolve("vit.onnx"))).out();
    assertTrue(vit.lines().anyMatch(l -> l.matches("\\* +b0 .* 1 \\+ 4 x 4 +yes .*")), vit);
    assertTrue(vit.lines().anyMatch(l -> l.matches(" +norm .* 1 \\+ 4 x 4 ! +yes .*")), vit);
    assertTrue(vit.contains("the graph joins it to the patches"), vit);
    assertTrue(vit.contains("does not reach the logits"), vit);
    String padded = Percept.run("inspect", TokenModels.padded(folder.resolve("padded.onnx"))).out();
    assertTrue(padded.contains("taken for a class token"), padded);
    String mean = Percept.run("inspect", TokenModels.averaged(folder.resolve("mean.onnx"))).out();
    assertFalse(mean.contains("class token"), mean);
  }
}
