package dev.percept.fact.checkpoint;

import dev.percept.core.Tensor;
import dev.percept.fact.checkpoint.PickleWriter.Made;
import dev.percept.fact.checkpoint.PickleWriter.Name;
import dev.percept.fact.checkpoint.PickleWriter.Outside;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes files of exactly the layouts of {@code torch.save}. */
public final class TorchFiles {
  private final List<byte[]> storages = new ArrayList<>();

  /** A contiguous float32 tensor in a storage of its own. */
  Object tensor(Tensor tensor) {
    ByteBuffer bytes =
        ByteBuffer.allocate(4 * tensor.shape().size()).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : tensor.toArray()) {
      bytes.putFloat(value);
    }
    int[] sizes = tensor.shape().toArray();
    int[] steps = new int[sizes.length];
    int step = 1;
    for (int i = sizes.length - 1; i >= 0; i--) {
      steps[i] = step;
      step *= sizes[i];
    }
    return view(storage("FloatStorage", bytes.array(), tensor.shape().size()), 0, sizes, steps);
  }

  /** Adds a storage and gives a reference to it. */
  Outside storage(String type, byte[] bytes, int count) {
    storages.add(bytes);
    return reference(type, String.valueOf(storages.size() - 1), count);
  }

  static Outside reference(String type, String key, int count) {
    return new Outside(List.of("storage", new Name("torch", type), key, "cpu", count));
  }

  static Object view(Outside storage, int offset, int[] sizes, int[] steps) {
    return new Made(
        new Name("torch._utils", "_rebuild_tensor_v2"),
        List.of(
            storage,
            offset,
            java.util.Arrays.stream(sizes).boxed().toList(),
            java.util.Arrays.stream(steps).boxed().toList(),
            false,
            new Made(new Name("collections", "OrderedDict"), List.of())));
  }

  /** Since 1.6: stored entries, data aligned to 64 bytes by padding in the extra field. */
  void zip(Path file, Object top) {
    zip(file, PickleWriter.bytes(top), "little");
  }

  void zip(Path file, byte[] pickle, String byteOrder) {
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      entry(zip, "archive/data.pkl", pickle);
      entry(zip, "archive/.format_version", text("1"));
      entry(zip, "archive/.storage_alignment", text("64"));
      entry(zip, "archive/byteorder", text(byteOrder));
      for (int i = 0; i < storages.size(); i++) {
        entry(zip, "archive/data/" + i, storages.get(i));
      }
      entry(zip, "archive/version", text("3\n"));
      entry(zip, "archive/.data/serialization_id", text("0123456789"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static void entry(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(bytes.length);
    CRC32 sum = new CRC32();
    sum.update(bytes);
    entry.setCrc(sum.getValue());
    // A field of kind "FB", filled with Z, as PyTorch writes it.
    byte[] padding = new byte[4 + 37];
    java.util.Arrays.fill(padding, (byte) 'Z');
    ByteBuffer.wrap(padding)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put((byte) 'F')
        .put((byte) 'B')
        .putShort((short) 37);
    entry.setExtra(padding);
    zip.putNextEntry(entry);
    zip.write(bytes);
    zip.closeEntry();
  }

  /** Before 1.6. */
  void legacy(Path file, Object top, int bytesOfValue) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] magic = new BigInteger("1950a86a20f9469cfc6c", 16).toByteArray();
    out.writeBytes(new byte[] {(byte) 0x80, 2, (byte) 0x8a, (byte) magic.length});
    for (int i = magic.length - 1; i >= 0; i--) {
      out.write(magic[i]);
    }
    out.write('.');
    out.writeBytes(PickleWriter.bytes(1001));
    out.writeBytes(PickleWriter.bytes(Map.of("protocol_version", 1001, "little_endian", true)));
    out.writeBytes(PickleWriter.bytes(top));
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < storages.size(); i++) {
      keys.add(String.valueOf(i));
    }
    out.writeBytes(PickleWriter.bytes(keys));
    for (byte[] storage : storages) {
      out.writeBytes(
          ByteBuffer.allocate(8)
              .order(ByteOrder.LITTLE_ENDIAN)
              .putLong(storage.length / bytesOfValue)
              .array());
      out.writeBytes(storage);
    }
    Files.write(file, out.toByteArray());
  }

  /** A state dict as {@code torch.save(model.state_dict())} writes it. */
  public static void write(Path file, Map<String, Tensor> tensors) {
    TorchFiles files = new TorchFiles();
    Map<String, Object> all = new java.util.LinkedHashMap<>();
    tensors.forEach((name, tensor) -> all.put(name, files.tensor(tensor)));
    files.zip(file, new PickleWriter.Ordered(all));
  }
}
