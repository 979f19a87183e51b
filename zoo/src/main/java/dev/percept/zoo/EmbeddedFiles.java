package dev.percept.zoo;

import dev.percept.core.PerceptException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Files that come with the program.
 *
 * @param home the class beside which they lie
 */
public record EmbeddedFiles(Class<?> home) {
  /** The content of one. */
  public byte[] bytes(String name) {
    try (InputStream in = home.getResourceAsStream(name)) {
      if (in == null) {
        throw new PerceptException(
            name + " is missing from this build; make it again with 'percept zoo train'");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new PerceptException(name + " cannot be read from this build", e);
    }
  }

  /**
   * Writes a model and what lies beside it, the model last, into a folder, which is made if it is
   * missing.
   *
   * @return the path of the model
   * @throws PerceptException if the folder cannot be written to
   */
  public Path copy(Path folder, String model, String... beside) {
    try {
      Files.createDirectories(folder);
      List<String> names = new ArrayList<>(List.of(beside));
      names.add(model);
      for (String name : names) {
        Path part = folder.resolve(name + ".part");
        Files.createDirectories(part.getParent());
        Files.write(part, bytes(name));
        Files.move(part, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
      }
      return folder.resolve(model);
    } catch (IOException e) {
      throw new PerceptException(
          "cannot write the embedded model to "
              + folder
              + " ("
              + e.getMessage()
              + "); choose a folder that can be written to",
          e);
    }
  }
}
