package dev.percept.zoo;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.util.Locale;
import java.util.Properties;

/** The lines of a model card: a properties file; the same card gives the same bytes. */
public final class CardLines {
  private final StringBuilder text = new StringBuilder();

  /** Adds a line. */
  public CardLines add(String key, Object value) {
    text.append(key).append('=').append(value).append('\n');
    return this;
  }

  /** Adds a share, to four digits. */
  public CardLines share(String key, double value) {
    return add(key, String.format(Locale.ROOT, "%.4f", value));
  }

  /** All lines. */
  public String text() {
    return text.toString();
  }

  /** Reads lines. */
  public static Properties read(String text) {
    Properties lines = new Properties();
    try (Reader reader = new StringReader(text)) {
      lines.load(reader);
    } catch (IOException e) {
      throw new IllegalStateException("a string cannot fail to be read", e);
    }
    return lines;
  }

  /**
   * The value of a line.
   *
   * @throws IllegalArgumentException if there is no such line
   */
  public static String get(Properties lines, String key) {
    String value = lines.getProperty(key);
    if (value == null) {
      throw new IllegalArgumentException("model card: no line '" + key + "'");
    }
    return value;
  }
}
