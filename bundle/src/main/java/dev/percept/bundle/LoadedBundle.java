package dev.percept.bundle;

import dev.percept.core.PerceptException;
import dev.percept.core.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * A bundle that was read and checked.
 *
 * @param folder where it lies
 * @param dictionary by name, for example {@code class-701/dictionary}
 * @param codes by name, for example {@code class-701/codes}
 * @param maps by name, for example {@code class-701/saliency}; empty where there are none
 * @param timings empty where the file was left out
 */
public record LoadedBundle(
    Path folder,
    Bundle bundle,
    Importances importances,
    Map<String, Tensor> dictionary,
    Map<String, Tensor> codes,
    Map<String, Tensor> maps,
    Optional<Timings> timings) {

  /**
   * The contents of one of its files.
   *
   * @param name relative, for example {@code excerpts/class-701/c0-top-1.jpg}
   * @throws PerceptException if there is no such file in the folder
   */
  public byte[] bytes(String name) {
    try {
      return Files.readAllBytes(BundlePaths.file(folder, name));
    } catch (IOException e) {
      throw new PerceptException(
          "cannot read '" + name + "' of the bundle " + folder + ": " + e.getMessage(), e);
    }
  }

  /**
   * The contents of one of its texts.
   *
   * @throws IllegalArgumentException if it is no UTF-8
   */
  public String text(String name) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes(name))).toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(name + ": expected UTF-8 text", e);
    }
  }

  /** Words by one way: W x r. */
  public Tensor words(Bundle.ClassPart part, ClassTexts.Method by) {
    Tensor tensor = maps.get(part.key() + "/" + by.name());
    if (tensor == null) {
      throw new IllegalArgumentException("words: the class has none by " + by.name());
    }
    return tensor;
  }

  /**
   * A tensor of {@code codes.safetensors} of a class: {@code codes}, {@code crops} or {@code
   * importance}.
   */
  public Tensor codes(Bundle.ClassPart part, String name) {
    Tensor tensor = codes.get(part.key() + "/" + name);
    if (tensor == null) {
      throw new IllegalArgumentException(
          "name: expected codes, crops or importance, found " + name);
    }
    return tensor;
  }

  /** The maps of a class by one method: pictures x concepts x rows x columns. */
  public Tensor maps(Bundle.ClassPart part, ConceptMaps of) {
    Tensor tensor = maps.get(part.key() + "/" + of.method());
    if (tensor == null) {
      throw new IllegalArgumentException("maps: the class has none by " + of.method());
    }
    return tensor;
  }
}
