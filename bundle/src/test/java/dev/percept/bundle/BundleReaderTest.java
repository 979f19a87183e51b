package dev.percept.bundle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.core.PerceptException;
import dev.percept.core.Shape;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

@NullUnmarked // a null fails the test
class BundleReaderTest {
  @TempDir Path folder;
  private Path dir;

  @BeforeEach
  void write() {
    dir = SampleBundle.write(folder.resolve("b"));
  }

  @Test
  void readsBackWhatWasWritten() {
    LoadedBundle loaded = BundleReader.read(dir);
    assertEquals(SampleBundle.bundle(), loaded.bundle());
    assertEquals(SampleBundle.timings(), loaded.timings().orElseThrow());
    Importances.OfConcept last = loaded.importances().classes().get(0).concepts().get(1);
    assertEquals(1e-5, last.total());
    assertNull(last.reliability());
    assertTrue(Double.isNaN(last.consistency()));
    assertEquals(SampleBundle.importances(), loaded.importances());
    assertEquals(Shape.of(1, 2, 2, 3), loaded.maps().get("class-7/saliency").shape());
    assertEquals(6, loaded.dictionary().get("class-7/dictionary").get(1, 2));
    assertEquals(
        "crop", new String(loaded.bytes("excerpts/kite/c0-top-1.jpg"), StandardCharsets.UTF_8));
  }

  @Test
  void timesAndPageMayBeMissing() throws Exception {
    Files.delete(dir.resolve("timings.json"));
    assertTrue(BundleReader.read(dir).timings().isEmpty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bundle.json",
        "importance.json",
        "dictionary.safetensors",
        "maps.safetensors",
        "codes.safetensors",
        "excerpts/kite/c0-top-1.jpg",
        "pictures/kite/1.jpg"
      })
  void aFileCutShortChangedOrMissingIsRecognised(String name) throws Exception {
    Path file = dir.resolve(name);
    byte[] whole = Files.readAllBytes(file);
    for (int n : new int[] {0, 1, whole.length / 2, whole.length - 2}) {
      Files.write(file, Arrays.copyOf(whole, n));
      refused(name);
    }
    byte[] flipped = whole.clone();
    flipped[whole.length / 2] ^= 0x40;
    Files.write(file, flipped);
    assertThrows(PerceptException.class, () -> BundleReader.read(dir));
    Files.delete(file);
    refused(name);
    Files.write(file, whole);
    BundleReader.read(dir);
  }

  @ParameterizedTest
  @CsvSource({
    "percept.bundle/2.0, is of format percept.bundle/2.0",
    "percept.bundle/0.9, is of format percept.bundle/0.9",
    "percept.bundle/1, its schema is not",
    "tensorboard/1.0, its schema is not",
  })
  void anotherFormatIsRefused(String schema, String found) throws Exception {
    edit("percept.bundle/1.2", schema);
    refused(found);
  }

  /** As Percept wrote them before there were maps and trees. */
  @Test
  void anOlderMinorVersionIsRead() throws Exception {
    Path file = dir.resolve("bundle.json");
    ObjectNode root = (ObjectNode) Json.strict().readTree(Files.readAllBytes(file));
    root.put("schema", "percept.bundle/1.0");
    ObjectNode part = (ObjectNode) root.get("classes").get(0);
    part.remove("maps");
    part.remove("tree");
    ArrayNode files = (ArrayNode) root.get("files");
    for (int i = files.size() - 1; i >= 0; i--) {
      if (files.get(i).get("path").asString().equals("maps.safetensors")) {
        files.remove(i);
      }
    }
    Files.write(file, Json.bytes(root));
    LoadedBundle loaded = BundleReader.read(dir);
    assertEquals(List.of(), loaded.bundle().classes().get(0).maps());
    assertNull(loaded.bundle().classes().get(0).tree());
    assertTrue(loaded.maps().isEmpty());
    edit("percept.bundle/1.0", "percept.bundle/1.2");
    refused("maps");
  }

  /** As Percept wrote them before there were tokens that are no place. */
  @Test
  void aBundleThatKnowsOnlyPlacesIsRead() throws Exception {
    Path file = dir.resolve("bundle.json");
    ObjectNode root = (ObjectNode) Json.strict().readTree(Files.readAllBytes(file));
    root.put("schema", "percept.bundle/1.1");
    ((ObjectNode) root.get("model")).remove(List.of("leading", "trailing"));
    ((ObjectNode) root.get("classes").get(0)).remove("rectification");
    ((ObjectNode) root.get("classes").get(0)).remove("texts");
    Files.write(file, Json.bytes(root));
    LoadedBundle loaded = BundleReader.read(dir);
    assertEquals(0, loaded.bundle().model().leading());
    assertEquals(0, loaded.bundle().model().trailing());
    assertNull(loaded.bundle().classes().get(0).rectification());
    edit("percept.bundle/1.1", "percept.bundle/1.2");
    refused("leading");
  }

  @Test
  void codesOfOtherTokensAreAskedForWhereTheCutHasThem() throws Exception {
    edit("\"leading\" : 0", "\"leading\" : 1");
    refused("tokens");
  }

  @Test
  void aNewerMinorVersionMayHaveMore() throws Exception {
    edit("\"kind\"", "\"mood\" : \"calm\",\n  \"kind\"");
    refused("mood");
    edit("percept.bundle/1.2", "percept.bundle/1.7");
    BundleReader.read(dir);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"extractor\" : \"nmf\" | \"extractor\" : null | bundle.extractor",
        "\"extractor\" : \"nmf\" | \"extractor\" : 5 | extractor",
        "\"extractor\" : \"nmf\", | '' | extractor",
        "\"patch\" : 4 | \"patch\" : 4.5 | patch",
        "\"maxAbsDiff\" : 1.0E-6 | \"maxAbsDiff\" : 1e999 | beyond the range",
        "\"maxAbsDiff\" : 1.0E-6 | \"maxAbsDiff\" : \"1\" | expected a number",
        "\"seed\" : 0, | \"seed\" : 0, \"seed\" : 1, | no whole JSON",
        "\"key\" : \"class-7\" | \"key\" : \"class-8\" | class-8/dictionary",
        "\"key\" : \"class-7\" | \"key\" : \"../7\" | bundle.classes.key",
        "\"order\" : [ 1, 0 ] | \"order\" : [ 1, 1 ] | ids 0 to 1",
        "\"order\" : [ 1, 0 ] | \"order\" : [ 1, null ] | order[1]",
        "\"x\" : 0.5 | \"x\" : 0.6 | a box inside the picture",
        "\"x\" : 0.5 | \"x\" : null | a box inside the picture",
        "\"picture\" : 2 | \"picture\" : 3 | a picture from 0 to 2",
        "\"chosen\" : 2 | \"chosen\" : 3 | expected the number of concepts, 2",
        "\"concepts\" : 3, | \"concepts\" : 1, | ascending",
        "\"heldOutR2\" : 0.7, | \"heldOutR2\" : null, | finite values",
        "\"index\" : 7 | \"index\" : 6 | same target",
        "\"method\" : \"saliency\" | \"method\" : \"rise\" | tensor class-7/rise",
        "\"method\" : \"occlusion\" | \"method\" : \"saliency\" | each method once",
        "\"method\" : \"saliency\" | \"method\" : \"../x\" | lower-case letters",
        "\"pictures\" : [ 1 ] | \"pictures\" : [ 0 ] | shown pictures",
        "\"columns\" : 3, | \"columns\" : 2, | tensor class-7/saliency",
        "\"about\" : \"How fast.\", | '' | about",
        "\"threshold\" : 0.2, | \"threshold\" : null, | threshold",
        "\"depth\" : 1, | \"depth\" : 2, | a layer a level",
        "\"path\" : [ 0, 0 ] | \"path\" : [ 0, 1 ] | path",
        "\"outcome\" : \"split\" | \"outcome\" : \"depth\" | exactly where",
        "\"outcome\" : \"split\" | \"outcome\" : \"torn\" | expected one of",
        "\"members\" : [ 3, 0 ] | \"members\" : [ 4, 0 ] | crops of the class",
        "\"features\" : 5, | \"features\" : 4, | tree-0/dictionary",
      })
  void whatIsNotAsDescribedIsRefused(String from, String to, String found) throws Exception {
    edit(from, to);
    refused(found);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../secret.jpg",
        "/etc/passwd",
        "excerpts/../../secret.jpg",
        "C:\\\\secret",
        "./a",
        "a//b",
        ".hidden",
        ""
      })
  void noPathLeavesTheFolder(String path) throws Exception {
    Files.writeString(folder.resolve("secret.jpg"), "crop");
    edit("\"path\" : \"excerpts/kite/c0-top-1.jpg\"", "\"path\" : \"" + path + "\"");
    refused("no plain path");
    assertThrows(PerceptException.class, () -> BundleReader.read(folder.resolve("b")).bytes(path));
  }

  @Test
  void noLinkLeavesTheFolder() throws Exception {
    Path file = dir.resolve("excerpts/kite/c0-top-1.jpg");
    Files.move(file, folder.resolve("outside.jpg"));
    Files.createSymbolicLink(file, folder.resolve("outside.jpg"));
    refused("link out of the folder");
    Files.delete(file);
    Files.createDirectory(file);
    refused("no file");
  }

  @Test
  void aFolderThatIsNoBundleIsRefused() throws Exception {
    Path other = Files.createDirectory(folder.resolve("other"));
    String message =
        assertThrows(PerceptException.class, () -> BundleReader.read(other)).getMessage();
    assertTrue(message.contains("is no Percept bundle"), message);
    assertThrows(PerceptException.class, () -> BundleReader.read(folder.resolve("none")));
    Files.writeString(other.resolve("bundle.json"), "[]");
    assertThrows(PerceptException.class, () -> BundleReader.read(other));
  }

  private void edit(String from, String to) throws Exception {
    Path file = dir.resolve("bundle.json");
    String text = Files.readString(file);
    assertTrue(text.contains(from), from);
    Files.writeString(
        file,
        text.replaceFirst(
            java.util.regex.Pattern.quote(from), java.util.regex.Matcher.quoteReplacement(to)));
  }

  private void refused(String found) {
    PerceptException e = assertThrows(PerceptException.class, () -> BundleReader.read(dir));
    assertTrue(e.getMessage().contains(found), e.getMessage());
    assertFalse(e.getMessage().contains("\n"), e.getMessage());
  }
}
