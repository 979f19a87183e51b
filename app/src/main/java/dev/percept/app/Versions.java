package dev.percept.app;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import picocli.CommandLine;

/** Versions of Percept and of what it runs on, for {@code --version} and for provenance. */
public final class Versions implements CommandLine.IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {"percept " + percept()};
  }

  /** Percept's own version. */
  public static String percept() {
    return properties().getProperty("percept", "unknown");
  }

  /** What goes into a bundle: everything that can change a number. */
  public static Map<String, String> all() {
    Map<String, String> versions = new TreeMap<>();
    properties().forEach((name, value) -> versions.put(name.toString(), value.toString()));
    versions.put("java", System.getProperty("java.version", "unknown"));
    versions.put(
        "platform",
        System.getProperty("os.name", "unknown") + " " + System.getProperty("os.arch", "unknown"));
    return versions;
  }

  private static Properties properties() {
    Properties properties = new Properties();
    try (InputStream in = Versions.class.getResourceAsStream("versions.properties")) {
      if (in != null) {
        properties.load(in);
      }
    } catch (IOException e) {
      throw new IllegalStateException("versions.properties cannot be read", e);
    }
    return properties;
  }
}
