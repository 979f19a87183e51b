package dev.percept.engine.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import dev.percept.core.Dictionary;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import dev.percept.onnx.SubGraphs;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sends large batches through sessions piece by piece, over buffers that are used again. */
final class Passes {
  private final String file;
  private final int fixedBatch;
  private final Staging staging = new Staging();

  /**
   * @param file what to call the model in a message
   * @param fixedBatch the batch that the file fixes; 0 where any will do
   */
  Passes(String file, int fixedBatch) {
    this.file = file;
    this.fixedBatch = fixedBatch;
  }

  /**
   * What goes in and comes out.
   *
   * @param input the name of what goes in
   * @param each the shape of one input
   * @param output the name of what comes out
   * @param inside the shape of one output as the graph makes it
   * @param outside its shape as it is returned
   */
  record Ends(String input, Shape each, String output, Shape inside, Shape outside) {}

  /** Sends {@code values} through a session, {@code batch} at once. */
  Tensor run(
      Session session, Ends ends, Tensor values, int batch, @Nullable Dictionary dictionary) {
    Shape each = ends.each();
    Shape inside = ends.inside();
    Shape found = values.shape();
    if (found.rank() != each.rank() + 1 || !found.example().equals(each)) {
      throw new IllegalArgumentException("expected n x " + each + ", found " + found);
    }
    int n = values.rows();
    float[] result = new float[Math.multiplyExact(n, inside.size())];
    session.requireOpen();
    int step = fixedBatch > 0 ? fixedBatch : Math.min(batch, n);
    OrtEnvironment environment = Natives.environment();
    try (Staging.Lease in = staging.take(step * each.size());
        Staging.Lease out = staging.take(step * inside.size());
        Bank bank = new Bank(environment, dictionary)) {
      for (int from = 0; from < n; from += step) {
        int count = Math.min(step, n - from);
        int size = fixedBatch > 0 ? fixedBatch : count;
        FloatBuffer source = piece(values, from, count, size, each.size(), in.buffer());
        FloatBuffer target = out.buffer().limit(size * inside.size()).slice();
        try (OnnxTensor x = tensor(environment, source, each.batch(size));
            OnnxTensor y = tensor(environment, target, inside.batch(size))) {
          Map<String, OnnxTensor> inputs = new LinkedHashMap<>(bank.inputs());
          inputs.put(ends.input(), x);
          session.run(inputs, Map.of(ends.output(), y));
        }
        target.get(0, result, from * inside.size(), count * inside.size());
      }
    } catch (OrtException e) {
      throw Natives.failure(file + " cannot be run", e);
    }
    return Tensor.wrap(ends.outside().batch(n), result);
  }

  /** Inputs {@code from ... from + count} in direct memory, the last repeated to fill the batch. */
  private static FloatBuffer piece(
      Tensor values, int from, int count, int size, int each, FloatBuffer staged) {
    FloatBuffer all = values.buffer();
    FloatBuffer part = all.position(from * each).limit((from + count) * each).slice();
    if (part.isDirect() && count == size) {
      return part;
    }
    staged.clear();
    staged.put(part);
    for (int i = count; i < size; i++) {
      staged.put(all.duplicate().position((from + count - 1) * each).limit((from + count) * each));
    }
    return staged.flip().slice();
  }

  static OnnxTensor tensor(OrtEnvironment environment, FloatBuffer values, Shape shape)
      throws OrtException {
    long[] dims = new long[shape.rank()];
    for (int i = 0; i < dims.length; i++) {
      dims[i] = shape.dim(i);
    }
    return OnnxTensor.createTensor(environment, values, dims);
  }

  /** Drops the buffers. */
  void clear() {
    staging.clear();
  }

  /** The dictionary as inputs of h∘decode; nothing where there is none. */
  private final class Bank implements AutoCloseable {
    private final Map<String, OnnxTensor> tensors = new LinkedHashMap<>();
    private final List<Staging.Lease> leases = new ArrayList<>();

    Bank(OrtEnvironment environment, @Nullable Dictionary dictionary) throws OrtException {
      if (dictionary == null) {
        return;
      }
      Tensor offset = dictionary.offset();
      add(environment, SubGraphs.ATOMS, dictionary.atoms());
      add(
          environment,
          SubGraphs.OFFSET,
          offset == null ? Tensor.zeros(Shape.of(dictionary.features())) : offset);
    }

    private void add(OrtEnvironment environment, String name, Tensor values) throws OrtException {
      Staging.Lease lease = staging.take(values.shape().size());
      leases.add(lease);
      FloatBuffer buffer = lease.buffer();
      buffer.put(values.buffer()).flip();
      tensors.put(name, tensor(environment, buffer, values.shape()));
    }

    Map<String, OnnxTensor> inputs() {
      return tensors;
    }

    @Override
    public void close() {
      tensors.values().forEach(OnnxTensor::close);
      leases.forEach(Staging.Lease::close);
    }
  }
}
