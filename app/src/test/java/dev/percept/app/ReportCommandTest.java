package dev.percept.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** {@code percept report}: the page again, or one sentence why not. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReportCommandTest {
  private final Path folder;
  private final Path bundle;
  private int copies;

  ReportCommandTest(@TempDir Path folder) {
    this.folder = folder;
    this.bundle = folder.resolve("bundle");
  }

  @BeforeAll
  void explain() {
    Percept run =
        Percept.explain(
            TinyModels.affine(folder.resolve("tiny.onnx")),
            TinyPictures.write(folder.resolve("pictures"), 4),
            "each",
            bundle,
            "--concepts",
            3,
            "--labels",
            TinyPictures.labels(folder.resolve("labels.txt")));
    assertEquals(ExitCode.OK, run.status(), run.err());
  }

  private Path copy() throws IOException {
    Path to = folder.resolve("copy-" + copies++);
    try (Stream<Path> walk = Files.walk(bundle)) {
      for (Path from : walk.toList()) {
        Files.copy(from, to.resolve(bundle.relativize(from).toString()));
      }
    }
    return to;
  }

  @Test
  void theSameBundleGivesTheSamePage() throws IOException {
    Path copy = copy();
    Files.delete(copy.resolve("report.html"));
    Percept run = Percept.run("report", copy);
    assertEquals(ExitCode.OK, run.status(), run.err());
    assertEquals(copy.resolve("report.html") + "\n", run.out());
    assertEquals("", run.err());
    assertEquals(Set.of(), Written.in(bundle).differing(Written.in(copy)));
  }

  @Test
  void anotherPlaceForThePageLeavesTheBundleAlone() throws IOException {
    Path page = folder.resolve("elsewhere.html");
    Written before = Written.in(bundle);
    assertEquals(ExitCode.OK, Percept.run("report", bundle, "-o", page).status());
    assertEquals(before.text("report.html"), Files.readString(page));
    assertEquals(Set.of(), before.differing(Written.in(bundle)));
  }

  @Test
  void namesComeAndGo() throws IOException {
    Path copy = copy();
    Path names =
        TinyPictures.text(
            folder.resolve("names.json"),
            "{\"names\": {\"0\": {\"0\": \"a red disc </script>\"}, \"2\": {\"1\": \"glow\"}}}");
    Percept named = Percept.run("report", copy, "--names", names);
    assertEquals(ExitCode.OK, named.status(), named.err());
    String page = Files.readString(copy.resolve("report.html"));
    assertTrue(page.contains("a red disc"), "the name is on the page");
    assertTrue(page.contains("glow"));
    assertFalse(page.contains("disc </script>"), "and can do nothing there");
    assertEquals(
        Set.of("report.html"),
        Written.in(bundle).differing(Written.in(copy)),
        "names change the page alone");
    assertEquals(ExitCode.OK, Percept.run("report", copy).status());
    assertEquals(Set.of(), Written.in(bundle).differing(Written.in(copy)));
  }

  @Test
  void namesOfOthersAreMentioned() throws IOException {
    Path names =
        TinyPictures.text(
            folder.resolve("strangers.json"),
            "{\"names\": {\"9\": {\"0\": \"x\"}, \"1\": {\"7\": \"y\"}}}");
    Percept run = Percept.run("report", copy(), "--names", names);
    assertEquals(ExitCode.OK, run.status(), run.err());
    assertTrue(run.err().contains("class 9"), run.err());
    assertTrue(run.err().contains("concept 7 of class 1"), run.err());
  }

  @Test
  void namesAreTakenByExplainToo() {
    Path out = folder.resolve("named");
    Path names =
        TinyPictures.text(
            folder.resolve("red.json"), "{\"names\": {\"0\": {\"0\": \"crimson thing\"}}}");
    Percept run =
        Percept.explain(
            folder.resolve("tiny.onnx"), folder.resolve("pictures"), "0", out, "--names", names);
    assertEquals(ExitCode.OK, run.status(), run.err());
    assertEquals(List.of("report.html"), Written.in(out).holding("crimson thing"));
  }

  @Test
  void whatIsNoBundleIsRefused() {
    refused(folder.resolve("nowhere"), "there is no folder");
    refused(folder.resolve("pictures"), "is no Percept bundle");
    refused(folder.resolve("labels.txt"), "there is no folder");
  }

  @Test
  void aBundleThatWasCutShortIsRefused() throws IOException {
    for (String name : List.of("bundle.json", "importance.json", "codes.safetensors")) {
      Path copy = copy();
      byte[] bytes = Files.readAllBytes(copy.resolve(name));
      Files.write(copy.resolve(name), Arrays.copyOf(bytes, bytes.length / 2));
      refused(copy, name);
    }
    Path without = copy();
    Files.delete(without.resolve("dictionary.safetensors"));
    refused(without, "dictionary.safetensors");
    Path bare = copy();
    Files.delete(bare.resolve("bundle.json"));
    refused(bare, "cut short: it has no bundle.json");
  }

  @Test
  void aChangedBundleIsRefused() throws IOException {
    Path copy = copy();
    Path codes = copy.resolve("codes.safetensors");
    byte[] bytes = Files.readAllBytes(codes);
    bytes[bytes.length - 1] ^= 1;
    Files.write(codes, bytes);
    refused(copy, "codes.safetensors");
    Path excerpt = copy();
    Files.copy(
        excerpt.resolve("excerpts/class-0/c0-top-1.jpg"),
        excerpt.resolve("excerpts/class-1/c0-top-1.jpg"),
        StandardCopyOption.REPLACE_EXISTING);
    refused(excerpt, "excerpts/class-1/c0-top-1.jpg");
  }

  @Test
  void aNewerFormatIsRefused() throws IOException {
    Path copy = copy();
    Path json = copy.resolve("bundle.json");
    Files.writeString(
        json, Files.readString(json).replace("percept.bundle/1.2", "percept.bundle/2.0"));
    refused(copy, "percept.bundle/2.0");
  }

  private void refused(Path where, String part) {
    Percept run = Percept.run("report", where);
    assertEquals(ExitCode.UNFIT, run.status(), run.err());
    assertEquals(1, run.errors().size(), run.err());
    assertTrue(run.err().startsWith("percept: "), run.err());
    assertTrue(run.err().contains(part), run.err());
    assertEquals("", run.out());
  }
}
