package dev.percept.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.bundle.LoadedBundle;
import dev.percept.bundle.Names;
import dev.percept.core.PerceptException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@NullUnmarked // a null fails the test
class ReportPageTest {
  private static final String HOSTILE = "</script><img src=x onerror=alert(1)>\u2028&";

  @TempDir static Path folder;
  private static LoadedBundle bundle;
  private static String page;

  @BeforeAll
  static void make() {
    bundle =
        SyntheticBundle.write(
            folder.resolve("b"),
            SyntheticBundle.Spec.plain()
                .labels(HOSTILE)
                .concepts(3)
                .pictures(6, 3)
                .map(64, 4)
                .warned(HOSTILE));
    page = new String(ReportPage.render(bundle, Names.NONE), StandardCharsets.UTF_8);
  }

  @Test
  void thePolicyAdmitsItsOwnStyleAndScriptOnly() throws Exception {
    String policy = find("Content-Security-Policy\" content=\"([^\"]*)\"");
    assertEquals(
        "default-src 'none'; img-src data:; style-src 'sha256-"
            + sha256(find("<style>(.*?)</style>"))
            + "'; script-src 'sha256-"
            + sha256(find("</script>\n<script>(.*?)</script>"))
            + "'; base-uri 'none'; form-action 'none'",
        policy);
    // What the policy would block must not be there at all.
    assertFalse(page.contains(" style=\""), "an inline style");
    assertFalse(Pattern.compile("\\son[a-z]+=\"").matcher(page).find(), "an inline handler");
    assertFalse(Pattern.compile("(src|href)=\"(http|//)").matcher(page).find(), "an address");
  }

  @Test
  void labelsAndNamesAreInertEverywhere() {
    assertFalse(page.contains("<img"), "markup from a label");
    assertEquals(2, count("</script>"), "one end for the data, one for the script");
    assertFalse(find("id=\"data\">(.*?)</script>").matches("(?s).*[\u2028\u2029<>&].*"));
    JsonNode data = data(page);
    assertEquals(HOSTILE, data.at("/classes/0/label").stringValue());
    assertEquals(HOSTILE, data.at("/notes/0").stringValue());
    assertTrue(data.at("/classes/0/pictures/1/name").stringValue().contains("</script>"));
    assertTrue(find("<title>(.*?)</title>").startsWith("Percept: &lt;/script&gt;"));
  }

  @Test
  void equalBundlesGiveEqualPages() throws Exception {
    assertArrayEquals(ReportPage.render(bundle, Names.NONE), ReportPage.render(bundle, Names.NONE));
    assertEquals(page, Files.readString(folder.resolve("b/report.html")));
    assertFalse(page.contains(folder.toString()), "a path of this machine");
    assertFalse(page.contains("{{"), "an unfilled slot");
  }

  @Test
  void givenNamesAreOnThePage() {
    Names names = Names.of(Map.of(700, Map.of(1, "a tail </script>"), 5, Map.of(0, "elsewhere")));
    String named = new String(ReportPage.render(bundle, names), StandardCharsets.UTF_8);
    JsonNode data = data(named);
    assertEquals("a tail </script>", data.at("/names/700/1").stringValue());
    assertEquals(
        "The names are for class 5, which is not explained here.",
        data.at("/notes/1").stringValue());
    assertEquals(2, count("</script>"));
  }

  @Test
  void writingReplacesThePageOrSaysWhyNot() throws Exception {
    Path file = folder.resolve("page.html");
    ReportPage.write(bundle, Names.NONE, file);
    ReportPage.write(bundle, Names.NONE, file);
    assertEquals(page, Files.readString(file));
    assertFalse(Files.exists(folder.resolve("page.html.part")));
    PerceptException e =
        assertThrows(
            PerceptException.class,
            () -> ReportPage.write(bundle, Names.NONE, file.resolve("under/a/file.html")));
    assertTrue(String.valueOf(e.getMessage()).contains("cannot write the page"), e.getMessage());
  }

  @Test
  void mapsAreSharesOfTheLargestAnywhere() {
    JsonNode concepts = data(page).at("/classes/0/concepts");
    JsonNode pictures = data(page).at("/classes/0/pictures");
    assertEquals(3, pictures.size());
    assertEquals(3, pictures.at("/0/maps").size());
    float[] codes = bundle.codes(bundle.bundle().classes().get(0), "codes").toArray();
    for (int k = 0; k < 3; k++) {
      float max = 0;
      for (int i = k; i < codes.length; i += 3) {
        max = Math.max(max, codes[i]);
      }
      byte[] map = Base64.getDecoder().decode(pictures.at("/2/maps/" + k).stringValue());
      assertEquals(16, map.length);
      for (int i = 0; i < 16; i++) {
        // Half a step of 1/255 is what rounding to a byte may lose.
        assertEquals(codes[(2 * 16 + i) * 3 + k] / max, (map[i] & 255) / 255., .5 / 255 + 1e-6);
      }
      assertEquals(
          16, Base64.getDecoder().decode(concepts.at("/" + k + "/where").stringValue()).length);
    }
  }

  static JsonNode data(String html) {
    Matcher m =
        Pattern.compile(
                "<script type=\"application/json\" id=\"data\">(.*?)</script>", Pattern.DOTALL)
            .matcher(html);
    assertTrue(m.find());
    return JsonMapper.shared().readTree(m.group(1));
  }

  private static int count(String text) {
    return page.split(Pattern.quote(text), -1).length - 1;
  }

  private static String find(String pattern) {
    Matcher m = Pattern.compile(pattern, Pattern.DOTALL).matcher(page);
    assertTrue(m.find(), pattern);
    return m.group(1);
  }

  private static String sha256(String text) throws Exception {
    return Base64.getEncoder()
        .encodeToString(
            MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
  }
}
