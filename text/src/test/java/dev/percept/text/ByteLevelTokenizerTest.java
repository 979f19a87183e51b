package dev.percept.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Byte pairs as GPT-2 and RoBERTa have them: a character may be several tokens. */
class ByteLevelTokenizerTest extends TokenizerContract {
  /** The 256 letters that stand for bytes, and merges that make two words. */
  static String json() {
    Map<String, Integer> vocab = new LinkedHashMap<>();
    int next = 256;
    for (int b = 0; b < 256; b++) {
      boolean visible = (b >= 33 && b <= 126) || (b >= 161 && b <= 172) || b >= 174;
      vocab.put(String.valueOf((char) (visible ? b : next++)), vocab.size());
    }
    List<String> merges =
        List.of("h e", "l l", "he ll", "hell o", "w o", "r l", "wo rl", "worl d", "Ġ hello");
    for (String merge : merges) {
      vocab.put(merge.replace(" ", ""), vocab.size());
    }
    return new JsonMapper()
        .writeValueAsString(
            Map.of(
                "version", "1.0",
                "truncation", Map.of("max_length", 4, "strategy", "LongestFirst", "stride", 0),
                "pre_tokenizer",
                    Map.of("type", "ByteLevel", "add_prefix_space", false, "trim_offsets", false),
                "model", Map.of("type", "BPE", "vocab", vocab, "merges", merges)));
  }

  @Override
  Tokenizer make() {
    // Through the file's own limit of 4 tokens, which is not what the model takes.
    java.nio.file.Path file;
    try {
      file = java.nio.file.Files.createTempFile("percept-", ".json");
      java.nio.file.Files.writeString(file, json());
      Tokenizer tokenizer = TokenizerFile.open(file).tokenizer();
      java.nio.file.Files.delete(file);
      return new Spaced(tokenizer);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** "hello" and " hello" are two tokens here; the contract asks for one. */
  private record Spaced(Tokenizer inner) implements Tokenizer {
    @Override
    public Encoding encode(String text, int maxTokens) {
      Encoding found = inner.encode(text, maxTokens);
      int plain = inner.encode("hello", 9).ids().get(0);
      int behind = inner.encode(" hello", 9).ids().get(0);
      return new Encoding(
          found.ids().stream().map(id -> id == behind ? plain : id).toList(),
          found.types(),
          found.spans(),
          found.truncated());
    }

    @Override
    public void close() {
      inner.close();
    }
  }

  @Test
  void bytesOfOneCharacterShareItsSpan() {
    try (Tokenizer tokenizer = make()) {
      String text = "😀 hello";
      Encoding found = tokenizer.encode(text, 20);
      assertEquals(5, found.size());
      for (int t = 0; t < 4; t++) {
        assertEquals("😀", found.spans().get(t).of(text));
      }
      assertEquals("hello", found.spans().get(4).of(text));
    }
  }

  @Test
  void theFilesOwnLimitIsNotTheModels() {
    try (Tokenizer tokenizer = make()) {
      Encoding found = tokenizer.encode("hello hello hello hello hello hello", 20);
      assertEquals(6, found.size());
      assertTrue(!found.truncated());
    }
  }
}
