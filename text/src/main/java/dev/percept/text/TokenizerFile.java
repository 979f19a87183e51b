package dev.percept.text;

import dev.percept.core.PerceptException;
import dev.percept.core.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A tokenizer as it lies on disk: Hugging Face's {@code tokenizer.json}, a WordPiece {@code
 * vocab.txt}, or a plain vocabulary with one word a line, with or without its number behind it.
 * Which of these it is, its content says.
 *
 * @param tokenizer makes the tokens
 * @param kind {@code tokenizer.json}, {@code wordpiece} or {@code vocabulary}
 * @param file its name, without the folder
 * @param sha256 of the file, lower-case hexadecimal
 */
public record TokenizerFile(Tokenizer tokenizer, String kind, String file, String sha256)
    implements AutoCloseable {
  /** Far beyond the vocabularies of language models, and far below what fills the memory. */
  private static final long LARGEST = 256L << 20;

  private static final Pattern NUMBERED = Pattern.compile("(.*)[ \t](\\d{1,8})");

  /**
   * Reads one.
   *
   * @param path a file, or a folder with {@code tokenizer.json} or {@code vocab.txt} in it
   * @throws PerceptException if it cannot be read or is none of these
   */
  public static TokenizerFile open(Path path) {
    Path file = Files.isDirectory(path) ? inside(path) : path;
    String name = String.valueOf(file.getFileName());
    byte[] bytes = read(file, name);
    String content = decode(bytes, name);
    String sha256 = Sha256.of(bytes);
    if (content.stripLeading().startsWith("{")) {
      return new TokenizerFile(
          FastTokenizer.of(whole(content, name), name), "tokenizer.json", name, sha256);
    }
    List<String> lines = content.lines().toList();
    if (lines.contains(WordPiece.UNKNOWN)
        && (lines.contains(WordPiece.BEGIN) || lines.stream().anyMatch(l -> l.startsWith("##")))) {
      boolean lowerCase = LowerCase.of(file, lines);
      return new TokenizerFile(
          FastTokenizer.of(WordPiece.json(lines, lowerCase, name), name),
          "wordpiece",
          name,
          sha256);
    }
    return new TokenizerFile(
        new PlainVocabulary(words(lines, name), name), "vocabulary", name, sha256);
  }

  private static Path inside(Path folder) {
    for (String name : List.of("tokenizer.json", "vocab.txt")) {
      if (Files.isRegularFile(folder.resolve(name))) {
        return folder.resolve(name);
      }
    }
    throw new PerceptException(
        "'"
            + folder.getFileName()
            + "' is a folder without tokenizer.json or vocab.txt; name the tokenizer's file");
  }

  private static byte[] read(Path file, String name) {
    try {
      if (!Files.isRegularFile(file)) {
        throw new PerceptException(
            "no tokenizer '"
                + name
                + "'; --tokenizer names the file that was saved with the model");
      }
      if (Files.size(file) > LARGEST) {
        throw new PerceptException(
            "'" + name + "' has " + (Files.size(file) >> 20) + " MiB; no tokenizer is that large");
      }
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new PerceptException("'" + name + "' cannot be read: " + e.getMessage(), e);
    }
  }

  private static String decode(byte[] bytes, String name) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw new PerceptException(
          "'"
              + name
              + "' is no UTF-8 text, so no tokenizer.json, vocab.txt or list of words; a"
              + " SentencePiece .model must be converted to tokenizer.json first",
          e);
    }
  }

  /** The same tokenizer without limits of its own on the number of tokens. */
  private static String whole(String content, String name) {
    JsonNode root;
    try {
      root = new JsonMapper().readTree(content);
    } catch (JacksonException e) {
      throw new PerceptException(
          "'" + name + "' is broken JSON: " + e.getOriginalMessage() + "; download it again", e);
    }
    if (!(root instanceof ObjectNode object) || !root.path("model").isObject()) {
      throw new PerceptException(
          "'"
              + name
              + "' has no \"model\", so it is no tokenizer.json; a vocab.json or"
              + " tokenizer_config.json alone is not enough, take the tokenizer.json beside it");
    }
    object.putNull("truncation");
    object.putNull("padding");
    return object.toString();
  }

  private static Map<String, Integer> words(List<String> lines, String name) {
    // A blank line at the end is an editor's.
    int count = lines.size();
    while (count > 0 && lines.get(count - 1).isEmpty()) {
      count--;
    }
    List<String> entries = lines.subList(0, count);
    if (entries.isEmpty()) {
      throw new PerceptException("'" + name + "' is empty; a tokenizer has at least one word");
    }
    boolean numbered = entries.stream().allMatch(line -> NUMBERED.matcher(line).matches());
    Map<String, Integer> ids = new LinkedHashMap<>();
    for (int i = 0; i < entries.size(); i++) {
      Matcher matcher = NUMBERED.matcher(entries.get(i));
      boolean split = numbered && matcher.matches();
      String word = split ? matcher.group(1) : entries.get(i);
      int id = split ? Integer.parseInt(matcher.group(2)) : i;
      if (ids.putIfAbsent(word, id) != null) {
        throw new PerceptException(
            "'"
                + name
                + "': the word '"
                + word
                + "' stands twice, the second time on line "
                + (i + 1)
                + "; a vocabulary has each word once");
      }
    }
    return ids;
  }

  @Override
  public void close() {
    tokenizer.close();
  }
}
