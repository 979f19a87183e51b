package dev.percept.bundle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.core.PerceptException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NullUnmarked // a null fails the test
class BundleWriterTest {
  /** No process has it: beyond the largest id of every system. */
  private static final String DEAD = "999999999999-0";

  @TempDir Path folder;

  @Test
  void equalExplanationsAreEqualBytesInAnyFolder() throws Exception {
    Path one = SampleBundle.write(folder.resolve("one"));
    Path two = SampleBundle.write(folder.resolve("deeper/down/two"));
    for (String file : tree(one)) {
      assertArrayEquals(
          Files.readAllBytes(one.resolve(file)), Files.readAllBytes(two.resolve(file)), file);
    }
    assertEquals(tree(one), tree(two));
    assertEquals(List.of("one"), names(folder.resolve("."), "one"));
  }

  @Test
  void jsonIsPlain() throws Exception {
    Path dir = SampleBundle.write(folder.resolve("b"));
    String importance = Files.readString(dir.resolve("importance.json"));
    // Shortest digits that read back as the same double; what is no number is null.
    assertTrue(importance.contains("\"total\" : 0.30000000000000004,"), importance);
    assertTrue(importance.contains("\"total\" : 1.0E-5,"), importance);
    assertTrue(importance.contains("\"reliability\" : null"), importance);
    assertTrue(importance.contains("\"consistency\" : null"), importance);
    assertFalse(importance.contains("NaN"), importance);
    assertFalse(importance.contains("\r"), importance);
    String bundle = Files.readString(dir.resolve("bundle.json"));
    assertTrue(bundle.startsWith("{\n  \"schema\" : \"percept.bundle/1.2\",\n"), bundle);
    // Fields in the order of the record, maps in the order of their keys, the list of files last.
    assertTrue(bundle.indexOf("\"concepts\" : \"2\"") < bundle.indexOf("\"seed\" : \"0\""));
    assertTrue(bundle.indexOf("\"classes\"") < bundle.lastIndexOf("\"files\""));
    assertFalse(bundle.contains(folder.toString()), "no absolute path");
  }

  @Test
  void anOlderBundleIsReplaced() throws Exception {
    Path dir = SampleBundle.write(folder.resolve("b"));
    Files.writeString(dir.resolve("report.html"), "old page");
    try (StagedBundle staged = SampleBundle.stage(dir)) {
      Files.writeString(staged.folder().resolve("report.html"), "new page");
      assertEquals("old page", Files.readString(dir.resolve("report.html")));
      staged.commit(SampleBundle.timings());
    }
    assertEquals("new page", Files.readString(dir.resolve("report.html")));
    assertEquals(List.of("b"), names(folder));
  }

  @Test
  void anEmptyFolderIsTaken() throws Exception {
    Path dir = Files.createDirectories(folder.resolve("b/inner")).getParent();
    SampleBundle.write(dir);
    BundleReader.read(dir);
    assertEquals(List.of("b"), names(folder));
  }

  @Test
  void whatIsNoBundleIsLeftAlone() throws Exception {
    Path dir = Files.createDirectory(folder.resolve("b"));
    Files.writeString(dir.resolve("thesis.tex"), "years of work");
    PerceptException e = assertThrows(PerceptException.class, () -> BundleWriter.checkTarget(dir));
    assertTrue(e.getMessage().contains("thesis.tex"), e.getMessage());
    assertThrows(PerceptException.class, () -> SampleBundle.stage(dir));
    assertEquals(List.of("thesis.tex"), tree(dir));
    assertEquals(List.of("b"), names(folder));
    Path file = dir.resolve("thesis.tex");
    assertTrue(
        assertThrows(PerceptException.class, () -> BundleWriter.checkTarget(file))
            .getMessage()
            .contains("is a file"));
  }

  @Test
  void aReadersOwnFileInABundleIsNotLost() throws Exception {
    Path dir = SampleBundle.write(folder.resolve("b"));
    Files.writeString(dir.resolve("names.json"), "{}");
    PerceptException e = assertThrows(PerceptException.class, () -> SampleBundle.stage(dir));
    assertTrue(e.getMessage().contains("names.json"), e.getMessage());
    Files.delete(dir.resolve("names.json"));
    BundleWriter.checkTarget(dir);
  }

  @Test
  void closingWithoutCommitLeavesNothing() throws Exception {
    try (StagedBundle staged = SampleBundle.stage(folder.resolve("b"))) {
      assertTrue(Files.exists(staged.folder()));
    }
    assertEquals(List.of(), names(folder));
  }

  @Test
  void aFailureWhileWritingLeavesNothing() throws Exception {
    Map<String, byte[]> files = new HashMap<>(SampleBundle.files());
    // No file system takes a name of 300 characters: it stands for a full disk.
    files.put("z".repeat(300), new byte[1]);
    Path dir = folder.resolve("b");
    PerceptException e =
        assertThrows(
            PerceptException.class,
            () ->
                BundleWriter.stage(
                    dir,
                    SampleBundle.bundle(),
                    SampleBundle.importances(),
                    SampleBundle.dictionary(),
                    SampleBundle.codes(),
                    SampleBundle.maps(),
                    files));
    assertTrue(e.getMessage().contains("nothing was changed"), e.getMessage());
    assertEquals(List.of(), names(folder));
  }

  @Test
  void aPlaceWhereNothingCanBeWrittenIsRefused() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "");
    PerceptException e =
        assertThrows(PerceptException.class, () -> BundleWriter.checkTarget(file.resolve("x/b")));
    assertTrue(e.getMessage().contains("file is a file"), e.getMessage());
    assertThrows(PerceptException.class, () -> SampleBundle.stage(file.resolve("x/b")));
    Assumptions.assumeTrue(Files.isDirectory(Path.of("/proc")), "needs /proc");
    assertThrows(PerceptException.class, () -> SampleBundle.stage(Path.of("/proc/percept")));
  }

  @Test
  void aKillBetweenTheTwoRenamesIsUndone() throws Exception {
    Path dir = SampleBundle.write(folder.resolve("b"));
    Path old = folder.resolve(".b.percept-old-" + DEAD);
    Files.move(dir, old);
    Files.move(SampleBundle.write(folder.resolve("c")), folder.resolve(".b.percept-new-" + DEAD));

    PerceptException e = assertThrows(PerceptException.class, () -> BundleReader.read(dir));
    assertTrue(e.getMessage().contains("rename " + old), e.getMessage());

    BundleWriter.checkTarget(dir);
    BundleReader.read(dir);
    assertEquals(List.of("b"), names(folder));
  }

  @Test
  void leftoversOfADeadProcessGoAndThoseOfALivingOneStay() throws Exception {
    SampleBundle.write(folder.resolve("b"));
    Files.createDirectories(folder.resolve(".b.percept-old-" + DEAD + "/excerpts"));
    Path living =
        Files.createDirectory(
            folder.resolve(".b.percept-new-" + ProcessHandle.current().pid() + "-0"));
    Path other = Files.createDirectory(folder.resolve(".bb.percept-new-" + DEAD));
    SampleBundle.write(folder.resolve("b"));
    assertEquals(
        List.of(living.getFileName().toString(), other.getFileName().toString(), "b"),
        names(folder));
  }

  @Test
  void partsThatDoNotBelongTogetherAreTheCallersMistake() {
    Map<String, byte[]> outside = Map.of("../up.jpg", new byte[0]);
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> stageWith(outside));
    assertTrue(e.getMessage().contains("../up.jpg"), e.getMessage());
    assertThrows(
        IllegalArgumentException.class, () -> stageWith(Map.of("bundle.json", new byte[0])));
    e = assertThrows(IllegalArgumentException.class, () -> stageWith(Map.of()));
    assertTrue(e.getMessage().contains("c0-top-1.jpg"), e.getMessage());
    e =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                BundleWriter.stage(
                    folder.resolve("b"),
                    SampleBundle.bundle(),
                    SampleBundle.importances(),
                    Map.of(),
                    SampleBundle.codes(),
                    SampleBundle.maps(),
                    SampleBundle.files()));
    assertEquals("tensor class-7/dictionary: expected 2 x 3, found none", e.getMessage());
  }

  private void stageWith(Map<String, byte[]> files) {
    BundleWriter.stage(
            folder.resolve("b"),
            SampleBundle.bundle(),
            SampleBundle.importances(),
            SampleBundle.dictionary(),
            SampleBundle.codes(),
            SampleBundle.maps(),
            files)
        .close();
  }

  static List<String> tree(Path dir) throws IOException {
    try (Stream<Path> walk = Files.walk(dir)) {
      return walk.filter(Files::isRegularFile)
          .map(p -> dir.relativize(p).toString().replace('\\', '/'))
          .filter(p -> !p.equals("timings.json"))
          .sorted()
          .toList();
    }
  }

  private static List<String> names(Path dir, String... only) throws IOException {
    try (Stream<Path> list = Files.list(dir)) {
      return list.map(p -> p.getFileName().toString())
          .filter(n -> only.length == 0 || List.of(only).contains(n) || n.startsWith("."))
          .sorted()
          .toList();
    }
  }

  @Test
  void timingsAreTheOnlyFileThatMayDiffer() throws Exception {
    Path dir = SampleBundle.write(folder.resolve("b"));
    byte[] bundle = Files.readAllBytes(dir.resolve("bundle.json"));
    assertFalse(new String(bundle, StandardCharsets.UTF_8).contains("timings.json"));
    assertTrue(Files.readString(dir.resolve("timings.json")).contains("\"seconds\" : 1.5"));
  }
}
