package dev.percept.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.core.PerceptException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenizerFileTest {
  private static final String WORDPIECE = "[PAD]\n[UNK]\n[CLS]\n[SEP]\nhello\n##s\n";

  @TempDir Path folder;

  private Path write(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }

  private String refusal(String content) throws IOException {
    return refusal(write("t", content));
  }

  private static String refusal(Path file) {
    return String.valueOf(
        assertThrows(PerceptException.class, () -> TokenizerFile.open(file)).getMessage());
  }

  @Test
  void theContentSaysWhatItIs() throws IOException {
    try (TokenizerFile pieces = TokenizerFile.open(write("a.bin", WORDPIECE));
        TokenizerFile json =
            TokenizerFile.open(
                write(
                    "b.txt", WordPiece.json(WORDPIECE.lines().toList(), true, "b.txt").indent(2)));
        TokenizerFile words = TokenizerFile.open(write("c.txt", "<PAD> 0\n<UNK> 1\nhello 7\n"));
        TokenizerFile lines = TokenizerFile.open(write("d.txt", "<PAD>\n<UNK>\nhello\n\n"))) {
      assertEquals("wordpiece", pieces.kind());
      assertEquals("tokenizer.json", json.kind());
      assertEquals("vocabulary", words.kind());
      assertEquals("vocabulary", lines.kind());
      assertEquals(List.of(2, 4, 5, 3), pieces.tokenizer().encode("Hellos", 9).ids());
      assertEquals(List.of(2, 4, 5, 3), json.tokenizer().encode("Hellos", 9).ids());
      assertEquals(List.of(7, 1), words.tokenizer().encode("hello you", 9).ids());
      assertEquals(List.of(2, 1), lines.tokenizer().encode("hello you", 9).ids());
      assertEquals(64, words.sha256().length());
    }
  }

  @Test
  void aFolderHoldsItsTokenizer() throws IOException {
    write("vocab.txt", WORDPIECE);
    try (TokenizerFile found = TokenizerFile.open(folder)) {
      assertEquals("vocab.txt", found.file());
    }
  }

  @Test
  void theConfigurationBesideSaysWhetherCapitalsCount() throws IOException {
    Path file = write("vocab.txt", WORDPIECE);
    write("tokenizer_config.json", "{\"do_lower_case\": false}");
    try (TokenizerFile found = TokenizerFile.open(file)) {
      assertEquals(List.of(2, 1, 3), found.tokenizer().encode("Hello", 9).ids());
    }
    write("tokenizer_config.json", "{\"do_lower_case\": true}");
    try (TokenizerFile found = TokenizerFile.open(file)) {
      assertEquals(List.of(2, 4, 3), found.tokenizer().encode("Hello", 9).ids());
    }
  }

  @Test
  void whatIsWrongIsSaidInOneSentence() throws IOException {
    assertEquals("'t' is empty; a tokenizer has at least one word", refusal(""));
    assertTrue(refusal("{\"a\": 1}").startsWith("'t' has no \"model\""));
    assertTrue(refusal("{\"model\": ").startsWith("'t' is broken JSON"));
    assertTrue(refusal("{\"model\": {\"type\": \"X\"}}").contains("no tokenizer that can be used"));
    assertTrue(refusal("a 1\na 2\n").contains("'a' stands twice, the second time on line 2"));
    assertTrue(refusal("hello\n").contains("no entry for unknown words"));
    assertEquals(
        "no tokenizer 'none'; --tokenizer names the file that was saved with the model",
        refusal(folder.resolve("none")));
    Path binary = Files.write(folder.resolve("m"), new byte[] {(byte) 0xC3, 0x28, 0, 1});
    assertTrue(refusal(binary).contains("no UTF-8 text"));
    Path nothing = Files.createDirectory(folder.resolve("empty"));
    assertTrue(refusal(nothing).contains("a folder without tokenizer.json or vocab.txt"));
  }

  @Test
  void aByteOrderMarkIsNoPartOfTheFirstWord() throws IOException {
    Path file =
        Files.write(folder.resolve("bom"), "\uFEFF<UNK>\nhello\n".getBytes(StandardCharsets.UTF_8));
    try (TokenizerFile found = TokenizerFile.open(file)) {
      assertEquals(List.of(1, 0), found.tokenizer().encode("hello you", 9).ids());
    }
  }

  @Test
  void theLibraryLeavesNothingBehindAndCallsNobody() {
    WordPiece.of(WORDPIECE.lines().toList(), true).close();
    assertEquals("true", System.getProperty("OPT_OUT_TRACKING"));
    assertNull(System.getProperty("ENGINE_CACHE_DIR"));
    assertNull(System.getProperty("ai.djl.offline"));
    Path home = Path.of(System.getProperty("user.home"), ".djl.ai");
    assertFalse(Files.exists(home), "the library made a folder in the user's home");
  }

  @Test
  void aClosedTokenizerSaysSo() {
    Tokenizer tokenizer = WordPiece.of(WORDPIECE.lines().toList(), true);
    tokenizer.close();
    assertThrows(IllegalStateException.class, () -> tokenizer.encode("hello", 9));
  }
}
