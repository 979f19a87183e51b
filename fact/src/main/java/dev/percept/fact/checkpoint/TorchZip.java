package dev.percept.fact.checkpoint;

import dev.percept.core.PerceptException;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * PyTorch's format since 1.6: a zip with {@code NAME/data.pkl}, which says what there is, and
 * {@code NAME/data/0}, {@code NAME/data/1} ... with the bytes.
 */
final class TorchZip {
  private static final String PICKLE = "/data.pkl";
  private static final int LARGEST_PICKLE = 256 << 20;

  private TorchZip() {}

  static StateDict read(Path file) {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      String root = root(file, zip);
      if (zip.getEntry(root + "/constants.pkl") != null) {
        throw new PerceptException(
            file
                + " is a TorchScript program, not weights; save them with"
                + " torch.save(model.state_dict(), ...)");
      }
      ZipEntry order = zip.getEntry(root + "/byteorder");
      if (order != null && !text(file, zip, order).equals("little")) {
        throw TensorTree.unfit(file, "its numbers are not little-endian");
      }
      ByteBuffer pickle = bytes(file, zip, zip.getEntry(root + PICKLE), LARGEST_PICKLE);
      TensorTree tree = new TensorTree(file, (key, bytes) -> storage(file, zip, root, key, bytes));
      return tree.stateDict(PickleReader.read(pickle));
    } catch (PickleReader.Malformed e) {
      throw TensorTree.unfit(file, "its description is damaged (" + e.getMessage() + ")");
    } catch (IOException e) {
      throw TensorTree.unfit(file, "it is a damaged zip file (" + e.getMessage() + ")");
    }
  }

  private static String root(Path file, ZipFile zip) {
    List<String> found =
        zip.stream().map(ZipEntry::getName).filter(n -> n.endsWith(PICKLE)).toList();
    if (found.size() != 1) {
      throw new PerceptException(
          file
              + " is a zip file, but not one of torch.save: "
              + found.size()
              + " entries are called data.pkl; give a checkpoint (.pth, .pt, .safetensors)");
    }
    String name = found.get(0);
    return name.substring(0, name.length() - PICKLE.length());
  }

  private static ByteBuffer storage(
      Path file, ZipFile zip, String root, String key, long expected) {
    ZipEntry entry = zip.getEntry(root + "/data/" + key);
    if (entry == null) {
      throw TensorTree.unfit(file, "the data of storage " + key + " are missing");
    }
    if (entry.getSize() < expected) {
      throw TensorTree.unfit(
          file,
          "storage " + key + " has " + entry.getSize() + " bytes and should have " + expected);
    }
    try {
      return bytes(file, zip, entry, Integer.MAX_VALUE - 8);
    } catch (IOException e) {
      throw TensorTree.unfit(
          file, "the data of storage " + key + " are damaged (" + e.getMessage() + ")");
    }
  }

  private static ByteBuffer bytes(Path file, ZipFile zip, @Nullable ZipEntry entry, int largest)
      throws IOException {
    if (entry == null || entry.getSize() < 0 || entry.getSize() > largest) {
      throw TensorTree.unfit(file, "a part of it is missing or larger than " + largest + " bytes");
    }
    byte[] bytes = new byte[(int) entry.getSize()];
    try (InputStream in = zip.getInputStream(entry);
        DataInputStream whole = new DataInputStream(in)) {
      whole.readFully(bytes);
      if (in.read() >= 0) { // only at its end the checksum is looked at
        throw new IOException("an entry is longer than it says");
      }
    }
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static String text(Path file, ZipFile zip, ZipEntry entry) throws IOException {
    return new String(bytes(file, zip, entry, 1 << 10).array(), StandardCharsets.UTF_8).strip();
  }
}
