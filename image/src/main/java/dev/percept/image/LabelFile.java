package dev.percept.image;

import dev.percept.core.Labels;
import dev.percept.core.PerceptException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the names of a model's classes (UTF-8), in one of these forms:
 *
 * <ul>
 *   <li>one name a line, or {@code wnid name} a line (space or tab);
 *   <li>tab-separated {@code index, name} or {@code index, wnid, name}, with or without a header,
 *       in any order;
 *   <li>JSON: an array of names; an object from index to name or to {@code [wnid, name]}; an object
 *       that has such a thing under {@code id2label}.
 * </ul>
 */
public final class LabelFile {
  private static final long MAX_BYTES = 16 << 20;
  private static final Pattern WNID_NAME = Pattern.compile("(n\\d{8})\\s+(.+)");

  private LabelFile() {}

  /** One class of a file, before the classes are put in order. */
  record Entry(int index, @Nullable String wnid, String name) {}

  /**
   * Reads labels.
   *
   * @throws PerceptException if the file cannot be read, is in none of the forms, or leaves out or
   *     repeats an index
   */
  public static Labels read(Path file) {
    String name = String.valueOf(file.getFileName());
    String text = text(file, name).strip();
    if (text.isEmpty()) {
      throw new PerceptException("labels: " + name + " is empty; one name a line is expected");
    }
    try {
      boolean json = text.startsWith("[") || text.startsWith("{");
      return labels(json ? LabelJson.parse(text) : lines(text));
    } catch (IllegalArgumentException e) {
      throw new PerceptException(name + ": " + e.getMessage(), e);
    }
  }

  /** What {@link #read} reads as {@code labels}: one line a class, before its name its wnid. */
  public static String text(Labels labels) {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < labels.size(); i++) {
      labels.wnid(i).ifPresent(wnid -> lines.append(wnid).append('\t'));
      lines.append(labels.name(i)).append('\n');
    }
    return lines.toString();
  }

  private static String text(Path file, String name) {
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new PerceptException("labels: " + name + " has more than 16 MB; is it a label file?");
      }
      String text =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
              .toString();
      return text.startsWith("\ufeff") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw new PerceptException("labels: " + name + " is not UTF-8 text; save it as UTF-8", e);
    } catch (IOException e) {
      throw new PerceptException("labels: cannot read " + file + "; check the path", e);
    }
  }

  private static List<Entry> lines(String text) {
    List<String> lines = text.lines().toList();
    boolean wnids = lines.stream().allMatch(line -> WNID_NAME.matcher(line.strip()).matches());
    if (!wnids && lines.stream().allMatch(line -> line.contains("\t"))) {
      return table(lines);
    }
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (line.isEmpty()) {
        throw new IllegalArgumentException(
            "line " + (i + 1) + " is empty, so the classes after it would be off by one");
      }
      Matcher m = WNID_NAME.matcher(line);
      entries.add(
          wnids && m.matches() ? new Entry(i, m.group(1), m.group(2)) : new Entry(i, null, line));
    }
    return entries;
  }

  private static List<Entry> table(List<String> lines) {
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String[] cells = lines.get(i).split("\t", -1);
      if (i == 0 && !cells[0].strip().matches("\\d+")) {
        continue; // a header
      }
      if (cells.length < 2 || cells.length > 3 || !cells[0].strip().matches("\\d{1,9}")) {
        throw new IllegalArgumentException(
            "line " + (i + 1) + ": expected index, name or index, wnid, name, separated by tabs");
      }
      entries.add(
          new Entry(
              Integer.parseInt(cells[0].strip()),
              cells.length == 3 ? cells[1].strip() : null,
              cells[cells.length - 1]));
    }
    return entries;
  }

  /** Puts classes in the order of their indices, which must be 0 to n - 1. */
  private static Labels labels(List<Entry> entries) {
    int size = entries.size();
    @Nullable Entry[] ordered = new @Nullable Entry[size];
    for (Entry entry : entries) {
      if (entry.index >= size) {
        throw new IllegalArgumentException(
            "index "
                + entry.index
                + " among "
                + size
                + " classes: indices must be 0 to "
                + (size - 1)
                + " without gaps");
      }
      if (ordered[entry.index] != null) {
        throw new IllegalArgumentException("index " + entry.index + " stands twice");
      }
      ordered[entry.index] = entry;
    }
    List<String> names = new ArrayList<>();
    List<String> wnids = new ArrayList<>();
    for (Entry entry : ordered) {
      if (entry != null) { // none is: size distinct indices below size
        names.add(entry.name);
        if (entry.wnid != null) {
          wnids.add(entry.wnid);
        }
      }
    }
    return Labels.of(names, wnids);
  }
}
