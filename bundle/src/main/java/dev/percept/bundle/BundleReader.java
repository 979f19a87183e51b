package dev.percept.bundle;

import dev.percept.core.PerceptException;
import dev.percept.core.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads a bundle, or refuses it in one sentence: cut short, changed, of a newer major version, or
 * with a path that leaves its folder. Nothing of a bundle is ever run.
 */
public final class BundleReader {
  /** The largest JSON file that is read. */
  public static final long MAX_JSON_BYTES = 256L << 20;

  private static final Pattern SCHEMA = Pattern.compile("percept\\.bundle/(\\d{1,4})\\.(\\d{1,4})");
  private static final int MAJOR = 1;
  private static final int MINOR = 2;

  private BundleReader() {}

  /**
   * Reads the bundle in {@code folder} and compares every file with its SHA-256.
   *
   * @throws PerceptException if it is not whole and as it was written
   */
  public static LoadedBundle read(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new PerceptException(Siblings.missing(folder));
    }
    ObjectNode root = root(folder);
    JsonMapper mapper = mapper(folder, root);
    List<FileEntry> files = files(folder, mapper, root.remove(BundleFiles.FILES));
    Set<String> names = new HashSet<>();
    for (FileEntry file : files) {
      if (!names.add(file.path())) {
        throw unfit(folder, "it lists '" + BundlePaths.shown(file.path()) + "' twice");
      }
      file.verify(folder);
    }
    for (String part : BundleFiles.PARTS) {
      if (!names.contains(part)) {
        throw unfit(folder, "it does not list its file " + part);
      }
    }
    Bundle bundle = convert(folder, mapper, root, BundleFiles.BUNDLE, Bundle.class);
    Importances importances =
        convert(
            folder,
            mapper,
            json(folder, BundleFiles.IMPORTANCE),
            BundleFiles.IMPORTANCE,
            Importances.class);
    Map<String, Tensor> dictionary =
        Safetensors.read(BundlePaths.file(folder, BundleFiles.DICTIONARY));
    Map<String, Tensor> codes = Safetensors.read(BundlePaths.file(folder, BundleFiles.CODES));
    Map<String, Tensor> maps =
        names.contains(BundleFiles.MAPS)
            ? Safetensors.read(BundlePaths.file(folder, BundleFiles.MAPS))
            : Map.of();
    try {
      BundleCheck.check(bundle, importances, dictionary, codes, maps, names);
    } catch (IllegalArgumentException e) {
      throw unfit(folder, String.valueOf(e.getMessage()));
    }
    LoadedBundle loaded =
        new LoadedBundle(
            folder, bundle, importances, dictionary, codes, maps, timings(folder, mapper));
    try {
      TextsCheck.files(loaded);
    } catch (IllegalArgumentException e) {
      throw unfit(folder, String.valueOf(e.getMessage()));
    }
    return loaded;
  }

  /** Whether {@code folder} holds a {@code bundle.json} of Percept, whatever its state. */
  static boolean isBundle(Path folder) {
    try {
      JsonNode schema = root(folder).get("schema");
      return schema != null && SCHEMA.matcher(schema.asString("")).matches();
    } catch (PerceptException e) {
      return false;
    }
  }

  /**
   * The paths that the bundle in {@code folder} lists, for a bundle that is about to be replaced.
   */
  static Set<String> listed(Path folder) {
    Set<String> names = new HashSet<>();
    for (FileEntry file : files(folder, Json.lenient(), root(folder).get(BundleFiles.FILES))) {
      names.add(file.path());
    }
    return names;
  }

  private static Optional<Timings> timings(Path folder, JsonMapper mapper) {
    if (!Files.exists(folder.resolve(BundleFiles.TIMINGS), LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    Timings timings =
        convert(
            folder, mapper, json(folder, BundleFiles.TIMINGS), BundleFiles.TIMINGS, Timings.class);
    try {
      Complete.check("timings", timings);
    } catch (IllegalArgumentException e) {
      throw unfit(folder, String.valueOf(e.getMessage()));
    }
    return Optional.of(timings);
  }

  private static ObjectNode root(Path folder) {
    if (!Files.exists(folder.resolve(BundleFiles.BUNDLE), LinkOption.NOFOLLOW_LINKS)) {
      throw new PerceptException(
          folder
              + " is no Percept bundle, or was cut short: it has no bundle.json; make one with"
              + " percept explain");
    }
    if (json(folder, BundleFiles.BUNDLE) instanceof ObjectNode root) {
      return root;
    }
    throw unfit(folder, "its bundle.json is no JSON object");
  }

  private static JsonMapper mapper(Path folder, ObjectNode root) {
    JsonNode schema = root.get("schema");
    Matcher matcher = SCHEMA.matcher(schema == null ? "" : schema.asString(""));
    if (!matcher.matches()) {
      throw unfit(folder, "its schema is not percept.bundle/" + MAJOR + "." + MINOR);
    }
    int major = Integer.parseInt(matcher.group(1));
    if (major != MAJOR) {
      throw new PerceptException(
          "the bundle "
              + folder
              + " is of format "
              + matcher.group()
              + " and this Percept reads percept.bundle/"
              + MAJOR
              + "; use the Percept that made it, or make it again with percept explain");
    }
    int minor = Integer.parseInt(matcher.group(2));
    if (minor < 1) {
      sinceOne(root);
    }
    if (minor < 2) {
      sinceTwo(root);
    }
    return minor > MINOR ? Json.lenient() : Json.strict();
  }

  /** Fields that came with 1.1, as an older bundle means them. */
  private static void sinceOne(ObjectNode root) {
    if (root.get("classes") instanceof ArrayNode classes) {
      for (JsonNode part : classes) {
        if (part instanceof ObjectNode fields && !fields.has("maps") && !fields.has("tree")) {
          fields.putArray("maps");
          fields.putNull("tree");
        }
      }
    }
  }

  /** Fields that came with 1.2: older bundles know places only and rectify nothing. */
  private static void sinceTwo(ObjectNode root) {
    if (root.get("model") instanceof ObjectNode model && !model.has("leading")) {
      model.put("leading", 0);
      model.put("trailing", 0);
    }
    if (root.get("classes") instanceof ArrayNode classes) {
      for (JsonNode part : classes) {
        if (part instanceof ObjectNode fields && !fields.has("rectification")) {
          fields.putNull("rectification");
          fields.putNull("texts");
        }
      }
    }
  }

  private static List<FileEntry> files(Path folder, JsonMapper mapper, JsonNode node) {
    if (node == null || !node.isArray()) {
      throw unfit(folder, "its bundle.json has no list 'files'");
    }
    FileEntry[] files = convert(folder, mapper, node, BundleFiles.BUNDLE, FileEntry[].class);
    for (FileEntry file : files) {
      if (file == null || file.path() == null || file.sha256() == null) {
        throw unfit(folder, "its list 'files' has an entry without path or SHA-256");
      }
    }
    return List.of(files);
  }

  private static JsonNode json(Path folder, String name) {
    Path file = BundlePaths.file(folder, name);
    try {
      long bytes = Files.size(file);
      if (bytes > MAX_JSON_BYTES) {
        throw unfit(
            folder, name + " has " + bytes + " bytes (at most " + MAX_JSON_BYTES + " are read)");
      }
      return Json.strict().readTree(Files.readAllBytes(file));
    } catch (IOException e) {
      throw unfit(folder, name + " cannot be read (" + e.getMessage() + ")");
    } catch (JacksonException e) {
      throw unfit(folder, name + " is no whole JSON (" + e.getOriginalMessage() + ")");
    }
  }

  private static <T> T convert(
      Path folder, JsonMapper mapper, JsonNode node, String name, Class<T> type) {
    try {
      return mapper.treeToValue(node, type);
    } catch (JacksonException e) {
      String where = e.getPathReference().replaceAll("[\\w.$]+\\.([\\w$]+\\[)", "$1");
      throw unfit(folder, name + " is not as described: " + e.getOriginalMessage() + " " + where);
    }
  }

  private static PerceptException unfit(Path folder, String found) {
    return new PerceptException(
        "the bundle "
            + folder
            + " cannot be used: "
            + found
            + "; copy it again whole, or make it again with percept explain");
  }
}
