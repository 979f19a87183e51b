package dev.percept.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.core.PerceptException;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextFileTest {
  @TempDir Path folder;

  private Path write(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }

  private static List<String> read(Path file, @Nullable String text, @Nullable String label) {
    List<String> rows = new ArrayList<>();
    new TextFile(file, new TextColumns(text, label))
        .read(row -> rows.add(row.number() + " " + row.label() + " " + row.text()));
    return rows;
  }

  private String refusal(String name, String content) throws IOException {
    return refusal(write(name, content), null, null);
  }

  private static String refusal(Path file, @Nullable String text, @Nullable String label) {
    return String.valueOf(
        assertThrows(PerceptException.class, () -> read(file, text, label)).getMessage());
  }

  @Test
  void quotesAndLineEndsBelongToATextOfACsv() throws IOException {
    Path file =
        write(
            "a.csv", "\uFEFFid,text,label\r\n1,\"a, \"\"b\"\"\nc\",pos\r\n2,d, neg \r\n3,,pos\r\n");
    assertEquals(List.of("2 pos a, \"b\"\nc", "3 neg d"), read(file, null, null));
    TextFile.Summary summary = new TextFile(file, TextColumns.GUESSED).read(row -> {});
    assertEquals(2, summary.texts());
    assertEquals(1, summary.empty());
    assertTrue(summary.labelled());
  }

  @Test
  void columnsHaveNamesOrNumbers() throws IOException {
    Path csv = write("a.csv", "a,B\nx,y\n");
    assertEquals(List.of("2 null y"), read(csv, "b", null));
    assertEquals(List.of("2 x y"), read(csv, "B", "a"));
    Path tabs = write("b.txt", "he said \"no\t0\nyes\t1\n");
    assertEquals(List.of("1 0 he said \"no", "2 1 yes"), read(tabs, "1", "2"));
    assertEquals(List.of("1 null he said \"no\t0", "2 null yes\t1"), read(tabs, null, null));
  }

  @Test
  void objectsStandOneALine() throws IOException {
    Path file =
        write(
            "a.jsonl",
            "{\"review\": \"a\\u0000\\ud83d\\ude00\", \"label\": 1}\n\n{\"label\": \"x\","
                + " \"review\": \"b\"}\n");
    assertEquals(List.of("1 1 a\u0000😀", "3 x b"), read(file, null, null));
  }

  @Test
  void plainTextHasATextALine() throws IOException {
    Path file = write("a.txt", "\uFEFFone\r\ntwo\rthree\n\n  \nfo\u0085ur");
    assertEquals(
        List.of("1 null one", "2 null two", "3 null three", "6 null fo\u0085ur"),
        read(file, null, null));
    assertFalse(new TextFile(file, TextColumns.GUESSED).read(row -> {}).labelled());
  }

  @Test
  void whatIsAmbiguousIsAsked() throws IOException {
    assertEquals(
        "which column of 'a.csv' holds the texts? Say so with --text-column: one, two",
        refusal("a.csv", "one,two\na,b\n"));
    assertEquals(
        "which column of 'a.csv' holds the texts? Say so with --text-column: text, review",
        refusal("a.csv", "text,review\na,b\n"));
    assertEquals(
        "which column of 'a.csv' holds the labels? Say so with --label-column: text, label, class",
        refusal("a.csv", "text,label,class\na,b,c\n"));
    assertEquals(
        "'a.csv' has no column 'x' (--text-column); it has text, label",
        refusal(write("a.csv", "text,label\na,b\n"), "x", null));
    assertEquals(
        "'a.csv' has no column 'x' (--label-column); it has text, label",
        refusal(write("a.csv", "text,label\na,b\n"), null, "x"));
  }

  @Test
  void whatIsWrongIsSaidInOneSentence() throws IOException {
    assertTrue(refusal("a.csv", "").contains("has no texts in it"));
    assertTrue(refusal("a.csv", "text\n\" \"\n\"\"\n").contains("has 2 texts, all of them empty"));
    assertTrue(refusal("a.csv", "text,label\nb\n").contains("row 2: 1 columns where 2 are named"));
    assertTrue(refusal("a.csv", "text,label\n\"b,c\n").contains("quotes that do not close"));
    assertTrue(refusal("a.jsonl", "{\"text\": \"a\"}\n{\n").contains("line 2: broken JSON"));
    assertTrue(refusal("a.jsonl", "[1]\n").contains("line 1: no JSON object"));
    assertTrue(
        refusal("a.jsonl", "{\"text\": \"a\"}\n{\"text\": 3}\n")
            .contains("line 2: no text under \"text\""));
    assertTrue(refusal("a.doc", "a").contains("ends in none of"));
    assertTrue(refusal(write("a.txt", "a"), null, "label").contains("has no columns"));
    assertTrue(refusal(folder.resolve("none.csv"), null, null).contains("no file 'none.csv'"));
    for (String name : List.of("l.csv", "l.txt", "l.jsonl")) {
      Path latin =
          Files.write(folder.resolve(name), "text\ncafé\n".getBytes(StandardCharsets.ISO_8859_1));
      String said = refusal(latin, null, null);
      assertTrue(
          said.contains("is no UTF-8") || said.contains("broken JSON"), () -> name + ": " + said);
    }
  }

  @Test
  void aLineWithoutEndDoesNotFillTheMemory() throws IOException {
    Path file = folder.resolve("a.txt");
    try (BufferedWriter writer = Files.newBufferedWriter(file)) {
      for (int i = 0; i <= TextFile.LONGEST / 64; i++) {
        writer.write("x".repeat(64));
      }
    }
    assertTrue(refusal(file, null, null).contains("line 1: longer than 1048576 characters"));
  }
}
