package dev.percept.text;

import dev.percept.core.PerceptException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * A file of texts, read line by line however large it is: CSV with quotes and a line of names, TSV
 * without quotes, JSON objects one a line, or plain text with one text a line. What its name ends
 * in says which ({@code .csv}, {@code .tsv}, {@code .jsonl} or {@code .ndjson}, {@code .txt}).
 * UTF-8, with or without a byte order mark.
 *
 * @param path the file
 * @param columns where texts and labels stand
 */
public record TextFile(Path path, TextColumns columns) {
  /** Nobody reads longer texts, and a file without line ends must not fill the memory. */
  static final int LONGEST = 1 << 20;

  /**
   * What was read.
   *
   * @param texts with something in them
   * @param empty texts with nothing in them, left out
   * @param labelled whether the file has labels
   * @param sha256 of the file
   */
  public record Summary(long texts, long empty, boolean labelled, String sha256) {}

  /** Its name, without the folder. */
  public String name() {
    return String.valueOf(path.getFileName());
  }

  /**
   * Hands over the texts, from the first to the last.
   *
   * @throws PerceptException if the file cannot be read, is no UTF-8, or has not the columns that
   *     are asked for, or if there is no text in it
   */
  public Summary read(Consumer<TextRow> to) {
    if (!Files.isRegularFile(path)) {
      throw new PerceptException(
          "no file '" + name() + "'; --texts names a CSV, TSV, JSONL or TXT file");
    }
    MessageDigest digest = sha256();
    Counted rows = new Counted(to);
    boolean labelled;
    try (Reader reader =
        new BufferedReader(
            new InputStreamReader(
                new DigestInputStream(Files.newInputStream(path), digest),
                StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)))) {
      skipMark(reader);
      labelled = rows(reader, rows);
    } catch (CharacterCodingException e) {
      throw notUtf8(rows, e);
    } catch (UncheckedIOException e) {
      if (e.getCause() instanceof CharacterCodingException) {
        throw notUtf8(rows, e);
      }
      throw new PerceptException("'" + name() + "' cannot be read: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new PerceptException("'" + name() + "' cannot be read: " + e.getMessage(), e);
    }
    if (rows.texts == 0) {
      throw new PerceptException(
          "'"
              + name()
              + (rows.empty == 0
                  ? "' has no texts in it"
                  : "' has " + rows.empty + " texts, all of them empty")
              + "; name a file with one text a row");
    }
    return new Summary(rows.texts, rows.empty, labelled, HexFormat.of().formatHex(digest.digest()));
  }

  private boolean rows(Reader reader, Consumer<TextRow> to) throws IOException {
    String lower = name().toLowerCase(Locale.ROOT);
    if (lower.endsWith(".csv")) {
      return new SeparatedRows(name(), columns, ',', true).read(reader, to);
    }
    if (lower.endsWith(".tsv") || (lower.endsWith(".txt") && columns.text() != null)) {
      return new SeparatedRows(name(), columns, '\t', false).read(reader, to);
    }
    if (lower.endsWith(".jsonl") || lower.endsWith(".ndjson")) {
      return new JsonRows(name(), columns).read(reader, to);
    }
    if (lower.endsWith(".txt")) {
      return PlainRows.read(reader, name(), columns, to);
    }
    throw new PerceptException(
        "'"
            + name()
            + "' ends in none of .csv, .tsv, .jsonl, .ndjson and .txt, which say how to read it;"
            + " rename it");
  }

  private static void skipMark(Reader reader) throws IOException {
    reader.mark(1);
    if (reader.read() != '\uFEFF') {
      reader.reset();
    }
  }

  private PerceptException notUtf8(Counted rows, Exception cause) {
    return new PerceptException(
        "'"
            + name()
            + "' is no UTF-8 behind row "
            + (rows.texts + rows.empty)
            + "; save it as UTF-8",
        cause);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Leaves empty texts out, and counts. */
  private static final class Counted implements Consumer<TextRow> {
    private final Consumer<TextRow> to;
    private long texts;
    private long empty;

    Counted(Consumer<TextRow> to) {
      this.to = to;
    }

    @Override
    public void accept(TextRow row) {
      if (Pieces.trim(row.text(), 0, row.text().length()).length() == 0) {
        empty++;
        return;
      }
      texts++;
      to.accept(row);
    }
  }
}
