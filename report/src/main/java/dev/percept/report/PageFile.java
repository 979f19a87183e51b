package dev.percept.report;

import dev.percept.bundle.AtomicFile;
import dev.percept.core.PerceptException;
import java.io.IOException;
import java.nio.file.Path;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/** The data of pages and the files that they are written to. */
final class PageFile {
  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder().enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER).build())
          .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .addModule(
              new SimpleModule()
                  .addSerializer(Double.class, new NumberOrNull())
                  .addSerializer(Double.TYPE, new NumberOrNull()))
          .build();

  private PageFile() {}

  /** {@code value} as the page's script reads it: equal values give equal text. */
  static String json(Object value) {
    return MAPPER.writeValueAsString(value);
  }

  /**
   * Writes {@code page} to {@code file}, beside it first and then renamed.
   *
   * @throws PerceptException if the disk does not take it; an older page then stands as before
   */
  static void write(Path file, byte[] page) {
    try {
      AtomicFile.write(file, page);
    } catch (IOException e) {
      throw new PerceptException(
          "cannot write the page "
              + file
              + " ("
              + e
              + "); make room on the disk or choose a place where you may write",
          e);
    }
  }

  /** JSON has no NaN: it becomes null, which the page shows as unknown. */
  private static final class NumberOrNull extends StdSerializer<Double> {
    NumberOrNull() {
      super(Double.class);
    }

    @Override
    public void serialize(Double value, JsonGenerator json, SerializationContext context) {
      if (Double.isFinite(value)) {
        json.writeNumber(value.doubleValue());
      } else {
        json.writeNull();
      }
    }
  }
}
