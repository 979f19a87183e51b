package dev.percept.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LabelsTest {
  private static final Labels LABELS =
      Labels.of(
          List.of(
              "tench, Tinca tinca", "golf ball", "crane", "crane", "Egyptian cat", "7", "maillot"),
          List.of(
              "n01440764",
              "n03445777",
              "n02012849",
              "n03126707",
              "n02124075",
              "n00000005",
              "n00000006"));

  @ParameterizedTest
  @CsvSource({
    "1, 1",
    "n03445777, 1",
    "N03445777, 1",
    "golf ball, 1",
    "Golf_Ball, 1",
    "' golf   ball ', 1",
    "tench, 0",
    "'Tench, tinca_tinca', 0",
    "index:3, 3",
    "name:7, 5",
    "7, 5",
  })
  void aClassIsGivenByIndexWnidOrName(String query, int expected) {
    assertEquals(expected, LABELS.resolve(query).index());
    assertEquals(LABELS.name(expected), LABELS.resolve(query).label());
  }

  @Test
  void foldersOfWnidsAndNamesGiveBoth() {
    List<String> folders = List.of("n01440764_tench", "n03417042_garbage_truck", "n02012849-crane");
    Labels both = Labels.ofFolders(folders);
    assertEquals(List.of("tench", "garbage truck", "crane"), both.names());
    assertEquals("n03417042", both.wnid(1).orElseThrow());
    for (int i = 0; i < folders.size(); i++) {
      assertEquals(OptionalInt.of(i), both.matchFolder(folders.get(i)));
    }
    assertEquals(1, both.resolve("garbage_truck").index());
  }

  @Test
  void otherFoldersAreNamesThemselves() {
    for (List<String> folders :
        List.of(
            List.of("n01440764_tench", "truck"),
            List.of("n01440764", "n03417042"),
            List.of("n01440764_tench", "n01440764_truck"),
            List.of("n01440764_ ", "n03417042_truck"),
            List.<String>of())) {
      assertEquals(folders.stream().map(String::strip).toList(), Labels.ofFolders(folders).names());
      assertTrue(folders.isEmpty() || Labels.ofFolders(folders).wnid(0).isEmpty());
    }
  }

  @Test
  void aNameThatStandsTwiceIsRefusedWithItsIndices() {
    String message = refusal(LABELS, "Crane");
    assertTrue(message.contains("class 2 (crane), class 3 (crane)"), message);
    assertTrue(message.contains("index:N"), message);
  }

  @Test
  void anIndexThatIsAlsoTheNameOfAnotherClassIsRefused() {
    Labels digits = Labels.of(List.of("1", "2", "3"));
    String message = refusal(digits, "1");
    assertTrue(message.contains("class 1 (2), class 0 (1)"), message);
    assertEquals(1, digits.resolve("index:1").index());
    assertEquals(0, digits.resolve("name:1").index());
    assertEquals(1, Labels.numbered(3).resolve("1").index(), "name and index agree");
  }

  @Test
  void anUnknownClassIsAnsweredWithTheNearestNames() {
    String message = refusal(LABELS, "golfball");
    assertTrue(message.startsWith("no class 'golfball'; nearest: 'golf ball'"), message);
    message = refusal(LABELS, "cat");
    assertTrue(message.contains("nearest: 'Egyptian cat'"), message);
    message = refusal(LABELS, "99");
    assertEquals("no class '99'; the classes are 0 to 6", message);
    message = refusal(LABELS, "n99999999");
    assertEquals("no class 'n99999999'; no class has this wnid", message);
    Labels bare = Labels.of(List.of("cat"));
    message = refusal(bare, "n02123159");
    assertTrue(message.contains("have no wnids"), message);
  }

  @ParameterizedTest
  @CsvSource({
    "n03445777_golf_ball, 1",
    "n03445777-golf-ball, 1",
    "n03445777, 1",
    "golf_ball, 1",
    "1, 1",
    "1_golf_ball, 1",
    "n02124075_some_other_word, 4",
    "n99999999_golf_ball, 1",
    "n03126707_crane, 3",
  })
  void aFolderMatchesByIndexWnidNameOrBoth(String folder, int expected) {
    assertEquals(OptionalInt.of(expected), LABELS.matchFolder(folder));
  }

  @ParameterizedTest
  @ValueSource(strings = {"holiday", "2024_photos", "n99999999", "n99999999_unknown", "99"})
  void aFolderThatNamesNoClassMatchesNone(String folder) {
    assertEquals(OptionalInt.empty(), LABELS.matchFolder(folder));
  }

  @ParameterizedTest
  @ValueSource(strings = {"n03445777_tench", "4_golf_ball", "n99999999_crane", "crane"})
  void aFolderThatContradictsItselfOrFitsTwoClassesIsRefused(String folder) {
    assertThrows(PerceptException.class, () -> LABELS.matchFolder(folder));
  }

  @Test
  void aNumberOfLabelsThatDoesNotFitIsExplained() {
    assertTrue(Labels.numbered(1000).mismatch(1000).isEmpty());
    assertTrue(Labels.numbered(1000).mismatch(1001).orElse("").contains("'background' before all"));
    assertTrue(Labels.numbered(1001).mismatch(1000).orElse("").contains("take it out"));
    assertEquals(
        "labels: 10 names, but the model has 1000 logits; take the label file that belongs to this"
            + " model",
        Labels.numbered(10).mismatch(1000).orElse(""));
  }

  private static String refusal(Labels labels, String query) {
    return String.valueOf(
        assertThrows(PerceptException.class, () -> labels.resolve(query)).getMessage());
  }

  @Test
  void badLabelsAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> Labels.of(List.of("a", " ")));
    assertThrows(
        IllegalArgumentException.class, () -> Labels.of(List.of("a"), List.of("n1", "n2")));
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> Labels.of(List.of("a", "b"), List.of("n00000001", "n00000001")))
            .getMessage();
    assertEquals("labels: wnid n00000001 stands twice, at 0 and 1", message);
  }
}
