package dev.percept.bundle;

import dev.percept.core.PerceptException;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;

/**
 * A folder that 'percept attribute' has written, read back.
 *
 * @param maps what its JSON says
 * @param values maps by the name of their method, n x c x h x w
 * @param pictures files of the pictures, in their order
 */
public record AttributionFolder(
    AttributionMaps maps, Map<String, Tensor> values, List<Path> pictures) {
  /** What the folder holds. */
  public static final ResultFolder.Kind KIND =
      new ResultFolder.Kind(
          "attribute",
          "attribution.json",
          Pattern.compile(
              "attribution\\.json|maps\\.safetensors|report\\.html|pictures/\\d{4,}\\.jpg"));

  /** The file of the maps. */
  public static final String MAPS = "maps.safetensors";

  /** The file of the page. */
  public static final String PAGE = "report.html";

  public AttributionFolder {
    values = Map.copyOf(values);
    pictures = List.copyOf(pictures);
  }

  /**
   * Reads a folder.
   *
   * @throws PerceptException if something is missing or does not belong together
   */
  public static AttributionFolder read(Path folder) {
    Path file = BundlePaths.file(folder, KIND.marker());
    AttributionMaps maps;
    try {
      maps = Json.strict().readValue(Files.readAllBytes(file), AttributionMaps.class);
    } catch (JacksonException e) {
      throw unfit(file, e.getOriginalMessage());
    } catch (IOException e) {
      throw unfit(file, String.valueOf(e.getMessage()));
    }
    if (!maps.schema().equals(AttributionMaps.SCHEMA)) {
      throw unfit(
          file,
          "its schema is "
              + BundlePaths.shown(maps.schema())
              + ", this version of Percept reads "
              + AttributionMaps.SCHEMA);
    }
    Map<String, Tensor> values = Safetensors.read(BundlePaths.file(folder, MAPS));
    int n = maps.pictures().size();
    for (AttributionMaps.Method method : maps.methods()) {
      Tensor tensor = values.get(method.name());
      Shape shape = tensor == null ? Shape.of() : tensor.shape();
      if (shape.rank() != 4 || shape.dim(0) != n || shape.size() == 0) {
        throw unfit(
            file,
            "method '"
                + BundlePaths.shown(method.name())
                + "' has no maps of "
                + n
                + " pictures in "
                + MAPS);
      }
      if (method.gaps() != null && method.gaps().size() != n) {
        throw unfit(file, "method '" + method.name() + "' has not one gap a picture");
      }
    }
    return new AttributionFolder(
        maps,
        values,
        maps.pictures().stream().map(p -> BundlePaths.file(folder, p.file())).toList());
  }

  /** The maps of a method, n x c x h x w. */
  public Tensor of(AttributionMaps.Method method) {
    return Objects.requireNonNull(values.get(method.name()), method.name());
  }

  private static PerceptException unfit(Path file, String found) {
    return new PerceptException(
        file + " cannot be used: " + found + "; make it again with percept attribute");
  }
}
