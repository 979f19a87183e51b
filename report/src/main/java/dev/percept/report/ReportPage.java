package dev.percept.report;

import dev.percept.bundle.LoadedBundle;
import dev.percept.bundle.Names;
import dev.percept.core.PerceptException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/**
 * The page: one HTML file that needs no network and says what a bundle says. Its
 * Content-Security-Policy admits its own style and script by their hashes and images from data
 * URLs, and nothing else.
 */
public final class ReportPage {
  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder().enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER).build())
          .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .addModule(
              new SimpleModule()
                  .addSerializer(Double.class, new NumberOrNull())
                  .addSerializer(Double.TYPE, new NumberOrNull()))
          .build();

  private ReportPage() {}

  /**
   * The page of {@code bundle} in UTF-8. The same bundle and names give the same bytes.
   *
   * @param names given to concepts; {@link Names#NONE} where there are none
   */
  public static byte[] render(LoadedBundle bundle, Names names) {
    PageModel model = new PageBuilder(bundle, names).build();
    return Assets.page(model.title(), MAPPER.writeValueAsString(model))
        .getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Writes the page of {@code bundle} to {@code file}, beside it first and then renamed.
   *
   * @throws PerceptException if the disk does not take it; an older page then stands as before
   */
  public static void write(LoadedBundle bundle, Names names, Path file) {
    byte[] page = render(bundle, names);
    Path beside = file.resolveSibling(file.getFileName() + ".part");
    try {
      try {
        Files.write(beside, page);
        Files.move(
            beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(beside);
      }
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
