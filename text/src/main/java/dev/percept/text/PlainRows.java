package dev.percept.text;

import dev.percept.core.PerceptException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A text a line. */
final class PlainRows {
  private PlainRows() {}

  static boolean read(Reader reader, String file, TextColumns columns, Consumer<TextRow> to)
      throws IOException {
    if (columns.label() != null) {
      throw new PerceptException(
          "'"
              + file
              + "' has no columns, so there is no --label-column '"
              + columns.label()
              + "'; name the column of texts too (--text-column 1) if tabs separate them");
    }
    Lines lines = new Lines(reader, file);
    for (String line = lines.next(); line != null; line = lines.next()) {
      // An empty line is no text that was left out.
      if (!line.isBlank()) {
        to.accept(new TextRow(line, null, lines.number()));
      }
    }
    return false;
  }

  /** Lines of a bounded length. */
  static final class Lines {
    private final BufferedReader reader;
    private final String file;
    private long number;

    Lines(Reader reader, String file) {
      this.reader = reader instanceof BufferedReader b ? b : new BufferedReader(reader);
      this.file = file;
    }

    /** The next line; null at the end. */
    @Nullable String next() throws IOException {
      StringBuilder line = new StringBuilder();
      int c = reader.read();
      if (c < 0) {
        return null;
      }
      number++;
      for (; c >= 0 && c != '\n' && c != '\r'; c = reader.read()) {
        if (line.length() == TextFile.LONGEST) {
          throw new PerceptException(
              "'"
                  + file
                  + "', line "
                  + number
                  + ": longer than "
                  + TextFile.LONGEST
                  + " characters, so it is no line of text; give one text a line");
        }
        line.append((char) c);
      }
      if (c == '\r') {
        reader.mark(1);
        if (reader.read() != '\n') {
          reader.reset();
        }
      }
      return line.toString();
    }

    /** Of the line that was read last, from 1. */
    long number() {
      return number;
    }
  }
}
