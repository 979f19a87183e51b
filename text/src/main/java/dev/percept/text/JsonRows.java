package dev.percept.text;

import dev.percept.core.PerceptException;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A JSON object a line. */
record JsonRows(String file, TextColumns columns) {
  private static final JsonMapper MAPPER = new JsonMapper();

  boolean read(Reader reader, Consumer<TextRow> to) throws IOException {
    PlainRows.Lines lines = new PlainRows.Lines(reader, file);
    @Nullable String text = null;
    @Nullable String label = null;
    for (String line = lines.next(); line != null; line = lines.next()) {
      if (line.isBlank()) {
        continue;
      }
      JsonNode row = parse(line, lines.number());
      if (text == null) {
        List<String> keys = new ArrayList<>(row.propertyNames());
        ColumnNames names = new ColumnNames(keys, file);
        int at = names.text(columns.text());
        int labels = names.label(columns.label(), at);
        text = keys.get(at);
        label = labels < 0 ? null : keys.get(labels);
      }
      JsonNode found = row.path(text);
      if (!found.isString()) {
        throw new PerceptException(
            place(lines.number()) + "no text under \"" + text + "\"; every line needs one");
      }
      to.accept(new TextRow(found.asString(), label(row, label, lines.number()), lines.number()));
    }
    return label != null;
  }

  private JsonNode parse(String line, long number) {
    try {
      JsonNode row = MAPPER.readTree(line);
      if (row.isObject()) {
        return row;
      }
    } catch (JacksonException e) {
      throw new PerceptException(
          place(number) + "broken JSON: " + e.getOriginalMessage() + "; give one object a line", e);
    }
    throw new PerceptException(place(number) + "no JSON object; give one object a line");
  }

  private @Nullable String label(JsonNode row, @Nullable String key, long number) {
    if (key == null) {
      return null;
    }
    JsonNode found = row.path(key);
    if (!found.isString() && !found.isIntegralNumber()) {
      throw new PerceptException(
          place(number) + "no label under \"" + key + "\"; every line needs a name or a number");
    }
    return found.asString().strip();
  }

  private String place(long number) {
    return "'" + file + "', line " + number + ": ";
  }
}
