package dev.percept.image;

import dev.percept.core.PerceptException;
import dev.percept.core.Progress;
import dev.percept.core.Run;
import dev.percept.core.Sha256;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The views of many pictures in bounded memory: as many as fit into a budget are kept (the first
 * ones: what is read over and over in order would push everything else out), the others are decoded
 * again when needed, once for consecutive reads of one thread.
 */
final class ViewStore {
  private record Last(int index, View view) {}

  private final List<PictureFile> files;
  private final Geometry geometry;
  private final PictureReader reader;
  private final int kept;
  private final AtomicReferenceArray<@Nullable View> views;
  private final AtomicReferenceArray<@Nullable String> hashes;
  private final AtomicReferenceArray<@Nullable String> failures;

  @SuppressWarnings("ThreadLocalUsage") // one store's picture must not push out another's
  private final ThreadLocal<@Nullable Last> last = new ThreadLocal<>();

  private ViewStore(List<PictureFile> files, Geometry geometry, PictureReader reader, long budget) {
    this.files = files;
    this.geometry = geometry;
    this.reader = reader;
    this.kept = (int) Math.min(files.size(), budget / (3L * geometry.width() * geometry.height()));
    this.views = new AtomicReferenceArray<>(kept);
    this.hashes = new AtomicReferenceArray<>(files.size());
    this.failures = new AtomicReferenceArray<>(files.size());
  }

  /** Reads every picture once, so that it is known which can be read. */
  static ViewStore open(
      List<PictureFile> files, Geometry geometry, PictureReader reader, long budget, Run run) {
    ViewStore store = new ViewStore(files, geometry, reader, budget);
    try (Progress.Stage stage = run.stage("pictures", files.size())) {
      run.parallel(
          files.size(),
          i -> {
            try {
              byte[] content = reader.bytes(files.get(i).path());
              View view = geometry.apply(reader.decode(content));
              store.hashes.set(i, Sha256.of(content));
              if (i < store.kept) {
                store.views.set(i, view);
              }
            } catch (UnreadablePictureException e) {
              store.failures.set(i, e.getMessage());
            }
            stage.advance(1);
          });
    }
    return store;
  }

  PictureFile file(int index) {
    return files.get(index);
  }

  /** The SHA-256 of the file, in hexadecimal. */
  String hash(int index) {
    String hash = hashes.get(index);
    return hash == null ? "" : hash;
  }

  /** The indices of what could be read. */
  List<Integer> readable() {
    List<Integer> indices = new ArrayList<>();
    for (int i = 0; i < files.size(); i++) {
      if (failures.get(i) == null) {
        indices.add(i);
      }
    }
    return indices;
  }

  /** What could not be read, and why. */
  List<SkippedPicture> skipped() {
    List<SkippedPicture> skipped = new ArrayList<>();
    for (int i = 0; i < files.size(); i++) {
      String reason = failures.get(i);
      if (reason != null) {
        skipped.add(new SkippedPicture(files.get(i).name(), reason));
      }
    }
    return skipped;
  }

  View view(int index) {
    View view = index < kept ? views.get(index) : null;
    if (view != null) {
      return view;
    }
    Last recent = last.get();
    if (recent != null && recent.index == index) {
      return recent.view;
    }
    View decoded = decodeAgain(index);
    last.set(new Last(index, decoded));
    return decoded;
  }

  private View decodeAgain(int index) {
    PictureFile file = files.get(index);
    try {
      byte[] content = reader.bytes(file.path());
      if (!Sha256.of(content).equals(hash(index))) {
        throw new PerceptException(
            "picture " + file.name() + " changed while it was being explained; run again");
      }
      return geometry.apply(reader.decode(content));
    } catch (UnreadablePictureException e) {
      throw new PerceptException(
          "picture " + file.name() + " can no longer be read: " + e.getMessage(), e);
    }
  }
}
