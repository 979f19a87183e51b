package dev.percept.bundle;

import dev.percept.core.PerceptException;
import dev.percept.core.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes a bundle beside its place and moves it there whole, so that a kill at any point leaves
 * either the old bundle or the new one.
 */
public final class BundleWriter {
  private BundleWriter() {}

  /**
   * Checks that a bundle could be written to {@code dir}: it is absent, empty, or a bundle of
   * Percept with no file but its own. Call it before a long computation.
   *
   * @throws PerceptException if not, with what to do
   */
  public static void checkTarget(Path dir) {
    Place.of(dir);
  }

  /**
   * Writes everything but the page and the times to a new folder beside {@code dir}. Write the page
   * into {@link StagedBundle#folder()}, then {@link StagedBundle#commit}; closing without that
   * removes the new folder.
   *
   * @param dir where the bundle will lie; parents are made
   * @param dictionary tensors of {@code dictionary.safetensors}
   * @param codes tensors of {@code codes.safetensors}
   * @param files excerpts and pictures by their path in the bundle; not modified
   * @throws IllegalArgumentException if the parts do not belong together
   * @throws PerceptException if {@code dir} is not fit for a bundle or the disk does not take it
   */
  public static StagedBundle stage(
      Path dir,
      Bundle bundle,
      Importances importances,
      Map<String, Tensor> dictionary,
      Map<String, Tensor> codes,
      Map<String, byte[]> files) {
    return stage(dir, bundle, importances, dictionary, codes, Map.of(), files);
  }

  /**
   * As {@link #stage(Path, Bundle, Importances, Map, Map, Map)}, with concept maps.
   *
   * @param maps tensors of {@code maps.safetensors}; the file is written only where there are any
   */
  public static StagedBundle stage(
      Path dir,
      Bundle bundle,
      Importances importances,
      Map<String, Tensor> dictionary,
      Map<String, Tensor> codes,
      Map<String, Tensor> maps,
      Map<String, byte[]> files) {
    for (String name : files.keySet()) {
      if (!BundlePaths.isValid(name)
          || BundleFiles.PARTS.contains(name)
          || name.equals(BundleFiles.MAPS)
          || BundleFiles.UNLISTED.contains(name)) {
        throw new IllegalArgumentException(
            "files: expected plain relative paths, found '" + BundlePaths.shown(name) + "'");
      }
    }
    if (!bundle.schema().equals(Bundle.SCHEMA)) {
      throw new IllegalArgumentException(
          "bundle.schema: expected " + Bundle.SCHEMA + ", found " + bundle.schema());
    }
    BundleCheck.check(bundle, importances, dictionary, codes, maps, files.keySet());
    Place place = Place.of(dir);
    Path folder = place.create();
    try {
      Files.write(folder.resolve(BundleFiles.IMPORTANCE), Json.bytes(importances));
      Safetensors.write(folder.resolve(BundleFiles.DICTIONARY), dictionary);
      Safetensors.write(folder.resolve(BundleFiles.CODES), codes);
      for (Map.Entry<String, byte[]> file : new TreeMap<>(files).entrySet()) {
        Path path = folder.resolve(file.getKey());
        Files.createDirectories(path.getParent());
        Files.write(path, file.getValue());
      }
      TreeSet<String> names = new TreeSet<>(files.keySet());
      names.addAll(BundleFiles.PARTS);
      if (!maps.isEmpty()) {
        Safetensors.write(folder.resolve(BundleFiles.MAPS), maps);
        names.add(BundleFiles.MAPS);
      }
      List<FileEntry> entries = new ArrayList<>();
      for (String name : names) {
        entries.add(FileEntry.of(folder, name));
      }
      ObjectNode root = Json.strict().valueToTree(bundle);
      root.set(BundleFiles.FILES, Json.strict().valueToTree(entries));
      // Last: a folder without bundle.json is no bundle.
      Files.write(folder.resolve(BundleFiles.BUNDLE), Json.bytes(root));
      return new StagedBundle(place, folder);
    } catch (IOException | RuntimeException e) {
      Siblings.delete(folder);
      if (e instanceof RuntimeException failure) {
        throw failure;
      }
      throw new PerceptException(
          "cannot write the bundle "
              + dir
              + " ("
              + e
              + "): nothing was changed; make room on the disk or choose another folder",
          e);
    }
  }
}
