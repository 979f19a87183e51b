package dev.percept.fact.checkpoint;

import dev.percept.core.PerceptException;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * PyTorch's format before 1.6: pickles one behind the other (a number by which the format is known,
 * its version, the machine, the object, the names of the storages), then for every storage eight
 * bytes with the number of its values, and the values.
 */
final class TorchLegacy {
  private static final BigInteger MAGIC = new BigInteger("1950a86a20f9469cfc6c", 16);
  private static final long VERSION = 1001;

  private TorchLegacy() {}

  static StateDict read(Path file) {
    try (FileChannel channel = FileChannel.open(file)) {
      if (channel.size() > Integer.MAX_VALUE) {
        throw new PerceptException(
            file
                + " is of the format before PyTorch 1.6 and larger than 2 GB; load it there and save"
                + " it again");
      }
      ByteBuffer bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
      if (!MAGIC.equals(PickleReader.read(bytes))) {
        throw new PerceptException(
            file
                + " is a pickle, but not one of torch.save; save the weights with"
                + " torch.save(model.state_dict(), ...)");
      }
      if (!Long.valueOf(VERSION).equals(PickleReader.read(bytes))) {
        throw TensorTree.unfit(file, "its format is not the version " + VERSION);
      }
      if (PickleReader.read(bytes) instanceof Map<?, ?> machine
          && Boolean.FALSE.equals(machine.get("little_endian"))) {
        throw TensorTree.unfit(file, "its numbers are not little-endian");
      }
      Object top = PickleReader.read(bytes);
      if (!(PickleReader.read(bytes) instanceof List<?> keys)) {
        throw TensorTree.unfit(file, "it does not name its storages");
      }
      Map<String, Integer> order = new HashMap<>();
      keys.forEach(key -> order.put(String.valueOf(key), order.size()));
      return new TensorTree(file, storages(file, bytes, order, top)).stateDict(top);
    } catch (PickleReader.Malformed e) {
      throw TensorTree.unfit(file, "its description is damaged (" + e.getMessage() + ")");
    } catch (IOException e) {
      throw new PerceptException("cannot read " + file + " (" + e.getMessage() + ")", e);
    }
  }

  /** Storages are found one behind the other, so the size of every one before must be known. */
  private static TensorTree.Storages storages(
      Path file, ByteBuffer bytes, Map<String, Integer> order, Object top) {
    Map<String, Integer> widths = StorageWidths.of(top);
    String[] keys = new String[order.size()];
    order.forEach((key, index) -> keys[index] = key);
    Map<String, ByteBuffer> found = new HashMap<>();
    int at = bytes.position();
    for (String key : keys) {
      Integer width = widths.get(key);
      if (width == null || bytes.limit() - at < Long.BYTES) {
        throw TensorTree.unfit(file, "it ends before storage " + key);
      }
      long size = bytes.getLong(at) * width;
      at += Long.BYTES;
      if (size < 0 || size > bytes.limit() - at) {
        throw TensorTree.unfit(file, "it ends within storage " + key);
      }
      found.put(key, bytes.slice(at, (int) size).order(ByteOrder.LITTLE_ENDIAN));
      at += (int) size;
    }
    return (key, expected) -> {
      ByteBuffer storage = found.get(key);
      if (storage == null || storage.capacity() < expected) {
        throw TensorTree.unfit(file, "the data of storage " + key + " are missing");
      }
      return storage;
    };
  }
}
