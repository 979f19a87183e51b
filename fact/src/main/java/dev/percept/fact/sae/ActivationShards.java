package dev.percept.fact.sae;

import dev.percept.bundle.JsonFile;
import dev.percept.core.PerceptException;
import dev.percept.core.Progress;
import dev.percept.core.Run;
import dev.percept.core.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/**
 * Activations on disk, written once and read in any order: files {@code 00000.f32}, {@code
 * 00001.f32}, ... of float32 rows, little-endian, and {@code index.json}. They are mapped, so there
 * may be more than fits in memory. Writing that was stopped goes on behind the last whole file.
 */
public final class ActivationShards {
  /** The file that says what there is; written last. */
  public static final String INDEX = "index.json";

  /** The same before the rows are there: what is going to be written. */
  private static final String PLAN = "plan.json";

  private static final long SHARD_BYTES = 32L << 20;

  private final ShardIndex index;
  private final FloatBuffer[] shards;

  private ActivationShards(ShardIndex index, FloatBuffer[] shards) {
    this.index = index;
    this.shards = shards;
  }

  /** Where rows come from. */
  public interface Source {
    /** What they are activations of. */
    ShardIndex.Source source();

    /** How many pictures there are. */
    int pictures();

    /** Rows of each picture. */
    int positions();

    /** Values of a row. */
    int features();

    /** How many pictures to ask for at once. */
    int batch();

    /**
     * The rows of pictures {@code from} (inclusive) to {@code to} (exclusive), one behind the
     * other.
     */
    Tensor rows(int from, int to);
  }

  /**
   * Writes the rows of {@code source} to {@code folder}, or goes on doing so, and opens them.
   *
   * @throws PerceptException if activations of something else lie there, or the disk does not take
   *     them
   */
  public static ActivationShards write(Path folder, Source source, Run run) {
    return write(folder, source, SHARD_BYTES, run);
  }

  static ActivationShards write(Path folder, Source source, long shardBytes, Run run) {
    long each = 4L * source.positions() * source.features();
    // Whole batches, so that a run that goes on asks for the same ones.
    long batches = Math.max(1, shardBytes / each / source.batch());
    ShardIndex plan =
        new ShardIndex(
            ShardIndex.SCHEMA,
            source.source(),
            source.pictures(),
            source.positions(),
            source.features(),
            (int) Math.min(batches * source.batch(), Integer.MAX_VALUE),
            0,
            0);
    try {
      Files.createDirectories(folder);
      if (Files.exists(folder.resolve(INDEX))) {
        ActivationShards old = open(folder);
        requireSame(folder, old.index().withFigures(0, 0), plan);
        return old;
      }
      if (Files.exists(folder.resolve(PLAN))) {
        requireSame(folder, readIndex(folder.resolve(PLAN)), plan);
      } else {
        JsonFile.write(folder.resolve(PLAN), plan);
      }
      try (Progress.Stage stage = run.stage("activations", plan.pictures())) {
        for (int shard = 0; shard < plan.shards(); shard++) {
          if (!isWhole(folder, plan, shard)) {
            writeShard(folder, plan, shard, source, run);
          }
          stage.advance(plan.picturesOf(shard));
        }
      }
      JsonFile.write(
          folder.resolve(INDEX), new ActivationShards(plan, map(folder, plan)).measured());
      Files.deleteIfExists(folder.resolve(PLAN));
      return open(folder);
    } catch (IOException e) {
      throw new PerceptException(
          "cannot write activations to "
              + folder
              + " ("
              + e
              + "); make room on the disk and start the same command again: it goes on from there",
          e);
    }
  }

  /**
   * Opens a folder that was written whole.
   *
   * @throws PerceptException if it was not
   */
  public static ActivationShards open(Path folder) {
    ShardIndex index = readIndex(folder.resolve(INDEX));
    try {
      for (int shard = 0; shard < index.shards(); shard++) {
        if (!isWhole(folder, index, shard)) {
          throw new PerceptException(
              file(folder, shard)
                  + " has not the size that "
                  + INDEX
                  + " says; remove the folder and let activations be written again");
        }
      }
      return new ActivationShards(index, map(folder, index));
    } catch (IOException e) {
      throw new PerceptException("cannot read activations in " + folder + " (" + e + ")", e);
    }
  }

  private static ShardIndex readIndex(Path file) {
    return JsonFile.read(file, ShardIndex.class, "index of activations");
  }

  private static void requireSame(Path folder, ShardIndex found, ShardIndex plan) {
    if (!found.equals(plan)) {
      throw new PerceptException(
          folder
              + " holds activations of other settings ("
              + found.source()
              + ", "
              + found.pictures()
              + " pictures, "
              + found.positions()
              + " positions each); choose another folder, or remove it");
    }
  }

  private static Path file(Path folder, int shard) {
    return folder.resolve(String.format(Locale.ROOT, "%05d.f32", shard));
  }

  private static long bytes(ShardIndex index, int shard) {
    return 4L * index.picturesOf(shard) * index.positions() * index.features();
  }

  private static boolean isWhole(Path folder, ShardIndex index, int shard) throws IOException {
    Path file = file(folder, shard);
    return Files.isRegularFile(file) && Files.size(file) == bytes(index, shard);
  }

  private static void writeShard(Path folder, ShardIndex plan, int shard, Source source, Run run)
      throws IOException {
    Path file = file(folder, shard);
    Path part = file.resolveSibling(file.getFileName() + ".part");
    int last = shard * plan.shardPictures() + plan.picturesOf(shard);
    try (FileChannel out =
        FileChannel.open(
            part,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      for (int from = shard * plan.shardPictures(); from < last; from += source.batch()) {
        run.throwIfCancelled();
        int to = Math.min(last, from + source.batch());
        Tensor rows = source.rows(from, to);
        if (!rows.isFinite()) {
          throw new PerceptException(
              "activations of pictures "
                  + from
                  + " to "
                  + (to - 1)
                  + " are not finite; check the model and the preprocessing");
        }
        ByteBuffer bytes =
            ByteBuffer.allocate(4 * rows.shape().size()).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(rows.buffer());
        while (bytes.hasRemaining()) {
          out.write(bytes);
        }
      }
    }
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static FloatBuffer[] map(Path folder, ShardIndex index) throws IOException {
    FloatBuffer[] shards = new FloatBuffer[index.shards()];
    for (int shard = 0; shard < shards.length; shard++) {
      try (FileChannel in = FileChannel.open(file(folder, shard))) {
        shards[shard] =
            in.map(FileChannel.MapMode.READ_ONLY, 0, bytes(index, shard))
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer();
      }
    }
    return shards;
  }

  /** What there is. */
  public ShardIndex index() {
    return index;
  }

  /** Copies row {@code row}, p values, to {@code target[at ...]}. */
  public void read(long row, float[] target, int at) {
    long each = (long) index.shardPictures() * index.positions();
    int p = index.features();
    shards[(int) (row / each)].get((int) (row % each) * p, target, at, p);
  }

  private ShardIndex measured() {
    int p = index.features();
    double[] sum = new double[p];
    double[] squares = new double[p];
    float[] row = new float[p];
    for (long i = 0; i < index.rows(); i++) {
      read(i, row, 0);
      for (int j = 0; j < p; j++) {
        sum[j] += row[j];
        squares[j] += (double) row[j] * row[j];
      }
    }
    double square = 0;
    double variance = 0;
    for (int j = 0; j < p; j++) {
      double mean = sum[j] / index.rows();
      square += squares[j] / index.rows();
      variance += Math.max(0, squares[j] / index.rows() - mean * mean);
    }
    return index.withFigures(square, variance);
  }
}
