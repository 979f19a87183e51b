package dev.percept.bundle;

import dev.percept.core.PerceptException;
import dev.percept.core.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A folder that 'percept fact explain' has written: {@code fact.json}, {@code values.safetensors},
 * pictures and input maps. Reading compares every file with its SHA-256.
 *
 * @param folder where it lies
 * @param explanation what its JSON says
 * @param values {@code presence} (pictures of the sample x concepts of the last cut) and {@code
 *     contributions/<i>} (scores x concepts) of trace i
 */
public record FactFolder(Path folder, FactExplanation explanation, Map<String, Tensor> values) {
  /** What the folder holds. */
  public static final ResultFolder.Kind KIND =
      new ResultFolder.Kind(
          "fact explain",
          "fact.json",
          Pattern.compile(
              "fact\\.json|values\\.safetensors|report\\.html|pictures/\\d{4,}\\.jpg"
                  + "|maps/\\d{4,}-\\d+-\\d+\\.png"));

  /** The file of the tensors. */
  public static final String VALUES = "values.safetensors";

  /** The file of the page. */
  public static final String PAGE = "report.html";

  private static final String COMMAND = "percept fact explain";
  private static final String FILES = "files";
  private static final long MAX_BYTES = 256L << 20;
  private static final Pattern SCHEMA = Pattern.compile("percept\\.fact/(\\d{1,4})\\.(\\d{1,4})");
  private static final int MAJOR = 1;
  private static final int MINOR = 0;

  public FactFolder {
    values = Map.copyOf(values);
  }

  /** Whether {@code folder} holds a {@code fact.json}. */
  public static boolean isThere(Path folder) {
    return KIND.holds(folder);
  }

  /**
   * Writes everything but the page to a folder that is being made.
   *
   * @param files pictures and maps by their path
   * @throws IllegalArgumentException if the parts do not belong together
   * @throws PerceptException if the disk does not take it
   */
  public static void write(
      ResultFolder staged,
      FactExplanation explanation,
      Map<String, Tensor> values,
      Map<String, byte[]> files) {
    FactCheck.check(explanation, values, files.keySet());
    staged.tensors(VALUES, values);
    for (Map.Entry<String, byte[]> file : new TreeMap<>(files).entrySet()) {
      if (!KIND.files().matcher(file.getKey()).matches()) {
        throw new IllegalArgumentException("files: no name of such a folder: " + file.getKey());
      }
      staged.bytes(file.getKey(), file.getValue());
    }
    List<FileEntry> entries = new ArrayList<>();
    Set<String> names = new HashSet<>(files.keySet());
    names.add(VALUES);
    try {
      for (String name : names.stream().sorted().toList()) {
        entries.add(FileEntry.of(staged.folder(), name));
      }
    } catch (IOException e) {
      throw new PerceptException("cannot read what was just written (" + e + "); try again", e);
    }
    ObjectNode root = Json.strict().valueToTree(explanation);
    root.set(FILES, Json.strict().valueToTree(entries));
    // Last: a folder without fact.json is none.
    staged.json(KIND.marker(), root);
  }

  /**
   * Reads a folder.
   *
   * @throws PerceptException if it is not whole and as it was written
   */
  public static FactFolder read(Path folder) {
    if (!Files.isRegularFile(folder.resolve(KIND.marker()), LinkOption.NOFOLLOW_LINKS)) {
      throw new PerceptException(
          folder + " holds no fact.json: make an explanation with " + COMMAND);
    }
    ObjectNode root = root(folder);
    JsonMapper mapper = mapper(folder, root);
    try {
      JsonNode list = root.remove(FILES);
      if (list == null || !list.isArray()) {
        throw unfit(folder, "fact.json has no list 'files'");
      }
      Set<String> names = new HashSet<>();
      for (FileEntry entry : mapper.treeToValue(list, FileEntry[].class)) {
        Complete.check("files", entry);
        verify(folder, entry);
        if (!names.add(entry.path())) {
          throw unfit(folder, "it lists '" + BundlePaths.shown(entry.path()) + "' twice");
        }
      }
      if (!names.contains(VALUES)) {
        throw unfit(folder, "it does not list its file " + VALUES);
      }
      FactExplanation explanation = mapper.treeToValue(root, FactExplanation.class);
      Map<String, Tensor> values = Safetensors.read(folder.resolve(VALUES));
      Complete.check("fact", explanation);
      FactCheck.check(explanation, values, names);
      return new FactFolder(folder, explanation, values);
    } catch (JacksonException e) {
      throw unfit(folder, "fact.json is not as described: " + e.getOriginalMessage());
    } catch (IllegalArgumentException | NullPointerException e) {
      throw unfit(folder, String.valueOf(e.getMessage()));
    }
  }

  /**
   * A picture or a map.
   *
   * @throws PerceptException if it cannot be read
   */
  public byte[] bytes(String name) {
    try {
      return Files.readAllBytes(BundlePaths.file(folder, name, COMMAND));
    } catch (IOException e) {
      throw unfit(folder, "'" + name + "' cannot be read (" + e.getMessage() + ")");
    }
  }

  private static ObjectNode root(Path folder) {
    Path file = BundlePaths.file(folder, KIND.marker(), COMMAND);
    try {
      long bytes = Files.size(file);
      if (bytes > MAX_BYTES) {
        throw unfit(
            folder, "fact.json has " + bytes + " bytes (at most " + MAX_BYTES + " are read)");
      }
      if (Json.strict().readTree(Files.readAllBytes(file)) instanceof ObjectNode root) {
        return root;
      }
      throw unfit(folder, "fact.json is no JSON object");
    } catch (IOException e) {
      throw unfit(folder, "fact.json cannot be read (" + e.getMessage() + ")");
    } catch (JacksonException e) {
      throw unfit(folder, "fact.json is no whole JSON (" + e.getOriginalMessage() + ")");
    }
  }

  private static JsonMapper mapper(Path folder, ObjectNode root) {
    JsonNode schema = root.get("schema");
    Matcher matcher = SCHEMA.matcher(schema == null ? "" : schema.asString(""));
    if (!matcher.matches()) {
      throw unfit(folder, "its schema is not " + FactExplanation.SCHEMA);
    }
    if (Integer.parseInt(matcher.group(1)) != MAJOR) {
      throw new PerceptException(
          folder
              + " is of format "
              + matcher.group()
              + " and this Percept reads "
              + FactExplanation.SCHEMA
              + "; use the Percept that made it, or make it again with "
              + COMMAND);
    }
    return Integer.parseInt(matcher.group(2)) > MINOR ? Json.lenient() : Json.strict();
  }

  private static void verify(Path folder, FileEntry entry) {
    if (!KIND.files().matcher(entry.path()).matches()) {
      throw unfit(folder, "it lists '" + BundlePaths.shown(entry.path()) + "', no file of its own");
    }
    BundlePaths.file(folder, entry.path(), COMMAND);
    try {
      if (!FileEntry.of(folder, entry.path()).equals(entry)) {
        throw unfit(
            folder, "'" + entry.path() + "' is not what was written (its size or SHA-256 differs)");
      }
    } catch (IOException e) {
      throw unfit(folder, "'" + entry.path() + "' cannot be read (" + e.getMessage() + ")");
    }
  }

  private static PerceptException unfit(Path folder, String found) {
    return new PerceptException(
        folder
            + " cannot be used: "
            + found
            + "; copy it again whole, or make it again with "
            + COMMAND);
  }
}
