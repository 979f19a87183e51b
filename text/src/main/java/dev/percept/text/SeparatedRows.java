package dev.percept.text;

import dev.percept.core.PerceptException;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/** Rows of columns: CSV as RFC 4180 has it, or TSV, where a quote is a quote. */
record SeparatedRows(String file, TextColumns columns, char separator, boolean quotes) {

  boolean read(Reader reader, Consumer<TextRow> to) throws IOException {
    CSVFormat format =
        CSVFormat.Builder.create(CSVFormat.DEFAULT)
            .setDelimiter(separator)
            .setQuote(quotes ? '"' : null)
            .setIgnoreEmptyLines(true)
            .build();
    CSVParser parser = CSVParser.parse(reader, format);
    Iterator<CSVRecord> rows = parser.iterator();
    CSVRecord first = next(rows, parser);
    if (first == null) {
      return false;
    }
    boolean named = !isNumber(columns.text()) || first.toList().contains(columns.text());
    ColumnNames names =
        new ColumnNames(
            named
                ? first.toList()
                : IntStream.rangeClosed(1, first.size()).mapToObj(Integer::toString).toList(),
            file);
    int text = names.text(columns.text());
    int label = names.label(columns.label(), text);
    CSVRecord row = named ? next(rows, parser) : first;
    while (row != null) {
      hand(row, text, label, names.names(), to);
      row = next(rows, parser);
    }
    return label >= 0;
  }

  private void hand(CSVRecord row, int text, int label, List<String> names, Consumer<TextRow> to) {
    if (row.size() <= Math.max(text, label)) {
      throw new PerceptException(
          "'"
              + file
              + "', row "
              + row.getRecordNumber()
              + ": "
              + row.size()
              + " columns where "
              + names.size()
              + " are named"
              + (quotes ? "; a text with a comma needs quotes around it" : ""));
    }
    to.accept(
        new TextRow(
            row.get(text), label < 0 ? null : row.get(label).strip(), row.getRecordNumber()));
  }

  private @Nullable CSVRecord next(Iterator<CSVRecord> rows, CSVParser parser) {
    try {
      return rows.hasNext() ? rows.next() : null;
    } catch (UncheckedIOException | IllegalStateException e) {
      Throwable cause = e.getCause();
      if (cause instanceof CharacterCodingException coding) {
        throw new UncheckedIOException(coding);
      }
      throw new PerceptException(
          "'"
              + file
              + "', near line "
              + parser.getCurrentLineNumber()
              + ": quotes that do not close or stand within a text; write a quote in a text twice",
          e);
    }
  }

  private static boolean isNumber(@Nullable String column) {
    return column != null && column.matches("[1-9]\\d{0,3}");
  }
}
