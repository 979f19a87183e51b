package dev.percept.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.bundle.Comparison;
import dev.percept.bundle.ComparisonFile;
import dev.percept.core.PerceptException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComparisonPageTest {
  private static final List<String> NAMES = List.of("occlusion", "rise", "hsic");

  private final Path folder;

  ComparisonPageTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private static String page(Comparison comparison) {
    return new String(ComparisonPage.render(comparison), StandardCharsets.UTF_8);
  }

  @Test
  void theFileIsReadBackAndGivesTheSamePage() throws IOException {
    Comparison comparison = SyntheticComparison.of(5, "kite", NAMES, false);
    Path file = folder.resolve(ComparisonFile.NAME);
    Files.write(file, ComparisonFile.bytes(comparison));
    assertEquals(comparison, ComparisonFile.read(file));
    assertArrayEquals(
        ComparisonPage.render(comparison), ComparisonPage.render(ComparisonFile.read(file)));
  }

  @Test
  void sentencesFollowTheNumbers() {
    String page = page(SyntheticComparison.of(5, "kite", NAMES, false));
    // RISE is 0 behind, give or take; HSIC is not.
    assertTrue(
        page.contains(
            "Occlusion ruins the score fastest, but RISE cannot be told from it on these"
                + " pictures."));
    assertTrue(page.contains("The head is not affine"));
    assertTrue(page(SyntheticComparison.of(5, "kite", NAMES, true)).contains("The head is affine"));
    assertTrue(
        page(SyntheticComparison.of(5, "kite", List.of("hsic"), true))
            .contains("HSIC ruins the score faster than chance."));
  }

  @Test
  void textFromOutsideStaysText() {
    String page =
        page(SyntheticComparison.of(3, "</script><img src=x onerror=alert(1)>", NAMES, false));
    assertFalse(page.contains("<img"));
    assertTrue(page.contains("\\u003cimg"));
    assertTrue(page.contains("script-src 'sha256-"));
  }

  @Test
  void whatIsNoComparisonIsRefused() throws IOException {
    String good =
        new String(
            ComparisonFile.bytes(SyntheticComparison.of(3, "kite", NAMES, false)),
            StandardCharsets.UTF_8);
    for (String bad :
        List.of(
            "",
            "{}",
            good.replace("comparison/1.0", "comparison/2.0"),
            good.replace("\"pictures\" : 20", "\"pictures\" : \"20\""),
            good.replaceFirst("\"crop\" : \"", "\"crop\" : \"javascript:"),
            good.replaceFirst("\"id\" : 1", "\"id\" : 9"),
            good.replace("\"notes\"", "\"remarks\""))) {
      Path file = folder.resolve("bad.json");
      Files.writeString(file, bad);
      PerceptException e =
          assertThrows(PerceptException.class, () -> ComparisonFile.read(file), bad);
      assertTrue(String.valueOf(e.getMessage()).contains("percept importance"), e.getMessage());
    }
    assertThrows(
        PerceptException.class, () -> ComparisonFile.read(folder.resolve("no-such-file.json")));
  }
}
