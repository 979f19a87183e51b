package dev.percept.bundle;

import dev.percept.core.PerceptException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;

/**
 * One record in a file of its own, as JSON: fields in the order of the record, written beside its
 * place and renamed. Reading is strict: no field missing, unknown or twice, no text for a number.
 */
public final class JsonFile {
  private static final long MAX_BYTES = 16L << 20;

  private JsonFile() {}

  /** The file's content, UTF-8; equal records give equal bytes. */
  public static byte[] bytes(Record value) {
    return Json.bytes(value);
  }

  /**
   * Writes {@code value}.
   *
   * @throws IOException if the disk does not take it; an older file then stands as before
   */
  public static void write(Path file, Record value) throws IOException {
    AtomicFile.write(file, bytes(value));
  }

  /**
   * Reads what {@link #write} wrote; {@code type} and the records inside it are public.
   *
   * @param what such a file is, for messages, for example {@code "description of a network"}
   * @throws PerceptException if it is missing, too large, or not such a record, with what is wrong
   */
  public static <T extends Record> T read(Path file, Class<T> type, String what) {
    try {
      long size = Files.size(file);
      if (size > MAX_BYTES) {
        throw unfit(file, what, "it has " + size + " bytes (at most " + MAX_BYTES + " are read)");
      }
      T value = Json.strict().readValue(Files.readAllBytes(file), type);
      if (value == null) {
        throw unfit(file, what, "it is empty");
      }
      Complete.check(what, value);
      return value;
    } catch (NoSuchFileException e) {
      throw new PerceptException("there is no file " + file + " (" + what + ")", e);
    } catch (IOException e) {
      throw unfit(file, what, "it cannot be read (" + e.getMessage() + ")");
    } catch (JacksonException e) {
      throw unfit(file, what, e.getOriginalMessage());
    } catch (IllegalArgumentException e) {
      throw unfit(file, what, String.valueOf(e.getMessage()));
    }
  }

  private static PerceptException unfit(Path file, String what, String why) {
    return new PerceptException(file + " is no " + what + ": " + why);
  }
}
