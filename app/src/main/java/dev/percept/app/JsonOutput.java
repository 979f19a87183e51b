package dev.percept.app;

import java.io.PrintWriter;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** What {@code --json} prints: records, field by field in their order, indented. */
final class JsonOutput {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private JsonOutput() {}

  static void print(Object value, PrintWriter out) {
    out.println(MAPPER.writeValueAsString(value));
  }
}
