package dev.percept.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What lies in a folder, read for a test. */
final class Written {
  private static final JsonMapper MAPPER = new JsonMapper();

  private final Map<String, byte[]> files = new TreeMap<>();

  private Written() {}

  static Written in(Path folder) {
    Written written = new Written();
    try (Stream<Path> walk = Files.walk(folder)) {
      for (Path file : walk.filter(Files::isRegularFile).toList()) {
        written.files.put(
            folder.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return written;
  }

  /** The names of the files, with forward slashes. */
  Set<String> names() {
    return new TreeSet<>(files.keySet());
  }

  /** The names of the files whose bytes are not the same here and there, or that one lacks. */
  Set<String> differing(Written other) {
    Set<String> all = names();
    all.addAll(other.names());
    all.removeIf(name -> Arrays.equals(files.get(name), other.files.get(name)));
    return all;
  }

  /** The names of the files in which {@code text} stands, in UTF-8. */
  List<String> holding(String text) {
    // One character a byte, so that String can search binary files.
    String bytes = latin(text.getBytes(StandardCharsets.UTF_8));
    return files.entrySet().stream()
        .filter(e -> latin(e.getValue()).contains(bytes))
        .map(Map.Entry::getKey)
        .toList();
  }

  JsonNode json(String name) {
    return tree(text(name));
  }

  String text(String name) {
    byte[] bytes = files.get(name);
    if (bytes == null) {
      throw new AssertionError("no file " + name + " in " + names());
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  static JsonNode tree(String json) {
    return MAPPER.readTree(json);
  }

  private static String latin(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
