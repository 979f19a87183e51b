package dev.percept.fact.checkpoint;

import dev.percept.bundle.ElementFormat;
import dev.percept.core.PerceptException;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import dev.percept.fact.checkpoint.Pickled.Call;
import dev.percept.fact.checkpoint.Pickled.Global;
import dev.percept.fact.checkpoint.Pickled.Persistent;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the tensors in what a checkpoint's pickle describes. */
final class TensorTree {
  /** Keys under which trainers keep the weights, the better first. */
  private static final List<String> NESTS =
      List.of("state_dict", "model_state_dict", "model", "weights", "net");

  /** What a tensor is called that a file holds without a name. */
  private static final String LONE = "tensor";

  private static final Map<String, ElementFormat> STORAGES =
      Map.of(
          "FloatStorage", ElementFormat.F32,
          "DoubleStorage", ElementFormat.F64,
          "HalfStorage", ElementFormat.F16,
          "BFloat16Storage", ElementFormat.BF16,
          "LongStorage", ElementFormat.I64,
          "IntStorage", ElementFormat.I32,
          "ShortStorage", ElementFormat.I16,
          "CharStorage", ElementFormat.I8,
          "ByteStorage", ElementFormat.U8,
          "BoolStorage", ElementFormat.BOOL);

  /** Where the bytes of storages are. */
  @FunctionalInterface
  interface Storages {
    /**
     * The bytes of a storage, little-endian.
     *
     * @param key its name in the file
     * @param bytes how many it must have
     */
    ByteBuffer bytes(String key, long bytes);
  }

  private final Path file;
  private final Storages storages;
  private final Map<String, ByteBuffer> read = new LinkedHashMap<>();

  TensorTree(Path file, Storages storages) {
    this.file = file;
    this.storages = storages;
  }

  /** The tensors at the top, or under the key where a trainer keeps them. */
  StateDict stateDict(Object top) {
    if (isTensor(top)) {
      return new StateDict(Map.of(LONE, tensor(LONE, top)), List.of(), List.of());
    }
    List<String> path = new ArrayList<>();
    Object at = top;
    while (at instanceof Map<?, ?> map && map.values().stream().noneMatch(TensorTree::isTensor)) {
      String key = NESTS.stream().filter(map::containsKey).findFirst().orElse(null);
      if (key == null || path.size() == NESTS.size()) {
        break;
      }
      path.add(key);
      at = map.get(key);
    }
    if (at instanceof Call call) {
      throw new PerceptException(
          file
              + " holds a whole object"
              + (call.callable() instanceof Global type ? " (" + type + ")" : "")
              + ", which only the program that made it can read; save its weights with"
              + " torch.save(model.state_dict(), ...)");
    }
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    List<String> ignored = new ArrayList<>();
    if (at instanceof Map<?, ?> map) {
      for (Map.Entry<?, ?> e : map.entrySet()) {
        String name = String.valueOf(e.getKey());
        if (isTensor(e.getValue())) {
          tensors.put(name, tensor(name, e.getValue()));
        } else {
          ignored.add(name);
        }
      }
    }
    if (tensors.isEmpty()) {
      throw new PerceptException(
          file
              + " holds no named tensors"
              + (ignored.isEmpty() ? "" : " (only " + String.join(", ", ignored) + ")")
              + "; save the weights with torch.save(model.state_dict(), ...)");
    }
    return new StateDict(Prefixes.without(tensors), ignored, path);
  }

  private static boolean isTensor(@Nullable Object value) {
    return value instanceof Call call
        && (call.of("torch._utils", "_rebuild_tensor_v2")
            || call.of("torch._utils", "_rebuild_tensor")
            || isParameter(call));
  }

  private static boolean isParameter(Call call) {
    return (call.of("torch._utils", "_rebuild_parameter")
            || call.of("torch._utils", "_rebuild_parameter_with_state"))
        && !call.arguments().isEmpty()
        && isTensor(call.arguments().get(0));
  }

  private Tensor tensor(String name, Object value) {
    Call call = (Call) value;
    if (isParameter(call)) {
      return tensor(name, call.arguments().get(0));
    }
    List<Object> arguments = call.arguments();
    if (arguments.size() < 4
        || !(arguments.get(0) instanceof Persistent persistent)
        || !(arguments.get(1) instanceof Long offset)
        || !(arguments.get(2) instanceof List<?> sizes)
        || !(arguments.get(3) instanceof List<?> steps)
        || sizes.size() != steps.size()) {
      throw unfit("tensor '" + name + "' is not described as tensors are");
    }
    if (!(persistent.id() instanceof List<?> id)
        || id.size() < 5
        || !(id.get(1) instanceof Global type)
        || !(id.get(2) instanceof String key)
        || !(id.get(4) instanceof Long count)) {
      throw unfit("tensor '" + name + "' lies in a storage that is not described");
    }
    ElementFormat format = format(type);
    if (count < 0 || count > Integer.MAX_VALUE) {
      throw unfit("tensor '" + name + "' lies in a storage of " + count + " values");
    }
    if (format == null) {
      throw unfit("tensor '" + name + "' is of the type " + type + ", which is not read");
    }
    return gather(name, format, bytes(key, format, count), new Layout(offset, sizes, steps), count);
  }

  /** The type of the values of a storage; null for one that is not read. */
  static @Nullable ElementFormat format(Global storage) {
    return storage.module().startsWith("torch") ? STORAGES.get(storage.name()) : null;
  }

  /** Tensors may share a storage; what was read once is kept while this file is read. */
  private ByteBuffer bytes(String key, ElementFormat format, long count) {
    long bytes = count * format.bytes();
    ByteBuffer known = read.get(key);
    if (known != null && known.capacity() >= bytes) {
      return known;
    }
    ByteBuffer found = storages.bytes(key, bytes);
    read.clear(); // they are most often in order, each used once
    read.put(key, found);
    return found;
  }

  private record Layout(long offset, List<?> sizes, List<?> steps) {}

  private Tensor gather(
      String name, ElementFormat format, ByteBuffer bytes, Layout layout, long stored) {
    int rank = layout.sizes().size();
    if (rank > 8) {
      throw unfit("tensor '" + name + "' has " + rank + " axes");
    }
    int[] sizes = new int[rank];
    long[] steps = new long[rank];
    long count = 1;
    long last = layout.offset();
    for (int i = 0; i < rank; i++) {
      if (!(layout.sizes().get(i) instanceof Long size)
          || !(layout.steps().get(i) instanceof Long step)
          || size < 0
          || step < 0
          || size > Integer.MAX_VALUE
          || step > Integer.MAX_VALUE) {
        throw unfit("tensor '" + name + "' has a size or a step that is none");
      }
      sizes[i] = size.intValue();
      steps[i] = step;
      count = Math.min(stored + 1, count * size); // both factors are below 2^31
      last += Math.max(0, size - 1) * step;
    }
    // More values than the storage has would be repeated ones: no weights, and no memory for them.
    if (count > stored
        || layout.offset() < 0
        || layout.offset() > stored
        || (count > 0 && last >= stored)) {
      throw unfit("tensor '" + name + "' reaches beyond its storage");
    }
    float[] values = new float[(int) count];
    int[] at = new int[rank];
    long from = layout.offset();
    for (int i = 0; i < values.length; i++) {
      values[i] = format.read(bytes, Math.toIntExact(from * format.bytes()));
      for (int d = rank - 1; d >= 0; d--) {
        from += steps[d];
        if (++at[d] < sizes[d]) {
          break;
        }
        from -= steps[d] * sizes[d];
        at[d] = 0;
      }
    }
    return Tensor.wrap(Shape.of(sizes), values);
  }

  private PerceptException unfit(String why) {
    return unfit(file, why);
  }

  /** A file that cannot be used. */
  static PerceptException unfit(Path file, String why) {
    return new PerceptException(
        "the checkpoint "
            + file
            + " cannot be used: "
            + why
            + "; copy it again whole, or save it again");
  }
}
