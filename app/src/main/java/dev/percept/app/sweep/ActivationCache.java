package dev.percept.app.sweep;

import dev.percept.bundle.Safetensors;
import dev.percept.core.PerceptException;
import dev.percept.core.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Activations on disk, so that no point of a grid and no second start computes them again. A file
 * is named by a hash of everything that it depends on and appears whole or not at all. Where there
 * is no room, the files that were used longest ago go first; what is larger than all the room is
 * not kept.
 */
final class ActivationCache {
  private static final String TENSOR = "activations";

  private final Path folder;
  private final long limit;
  private int computed;

  ActivationCache(Path folder, long limit) {
    this.folder = folder;
    this.limit = limit;
  }

  /** The tensor of {@code key}, from disk or from {@code compute}. */
  Tensor get(String key, Supplier<Tensor> compute) {
    Path file = folder.resolve(Keys.file(key) + ".safetensors");
    if (Files.isRegularFile(file)) {
      try {
        Tensor kept = Safetensors.read(file).get(TENSOR);
        if (kept != null) {
          Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
          return kept;
        }
      } catch (PerceptException | IOException e) {
        // Damaged, by a full disk for example: made again below.
      }
    }
    Tensor made = compute.get();
    computed++;
    store(file, made);
    return made;
  }

  /** How many tensors were computed because they were not there. */
  int computed() {
    return computed;
  }

  private void store(Path file, Tensor tensor) {
    long bytes = 4L * tensor.shape().size() + 4096;
    if (bytes > limit) {
      return;
    }
    Path beside = file.resolveSibling(file.getFileName() + ".part");
    try {
      Files.createDirectories(folder);
      makeRoom(file, limit - bytes);
      Safetensors.write(beside, Map.of(TENSOR, tensor));
      Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new PerceptException(
          "cannot keep activations in "
              + folder
              + " ("
              + e
              + "); make room on the disk, or lower --cache",
          e);
    }
  }

  private void makeRoom(Path coming, long left) throws IOException {
    record Entry(Path file, long bytes, FileTime used) {}
    List<Entry> entries = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path each : files.filter(f -> !f.equals(coming)).toList()) {
        entries.add(new Entry(each, Files.size(each), Files.getLastModifiedTime(each)));
      }
    }
    entries.sort(Comparator.comparing(Entry::used));
    long all = entries.stream().mapToLong(Entry::bytes).sum();
    for (Entry entry : entries) {
      boolean unfinished = entry.file().toString().endsWith(".part");
      if (all > left || unfinished) {
        Files.deleteIfExists(entry.file());
        all -= entry.bytes();
      }
    }
  }
}
