package dev.percept.engine.torch.graph;

import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import dev.percept.onnx.ElementType;
import dev.percept.onnx.OnnxModel;
import dev.percept.onnx.TensorData;
import dev.percept.onnx.proto.TensorProto;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Between Java's memory, a model file's and libtorch's. Everything is copied. */
public final class Memory {
  private Memory() {}

  /** A tensor of the host with a copy of {@code values} in single precision. */
  public static org.bytedeco.pytorch.Tensor load(Tensor values) {
    Shape shape = values.shape();
    org.bytedeco.pytorch.Tensor t = empty(longs(shape), ScalarType.Float);
    if (shape.size() > 0) {
      FloatPointer memory = new FloatPointer(t.data_ptr()).capacity(shape.size());
      memory.asBuffer().put(values.buffer());
    }
    return t;
  }

  /** A copy in Java's memory, in single precision, under {@code shape}. */
  public static Tensor read(org.bytedeco.pytorch.Tensor tensor, Shape shape) {
    float[] values = new float[shape.size()];
    if (values.length > 0) {
      org.bytedeco.pytorch.Tensor plain = host(tensor, ScalarType.Float);
      FloatPointer memory = new FloatPointer(plain.data_ptr()).capacity(values.length);
      memory.asBuffer().get(values);
    }
    return Tensor.wrap(shape, values);
  }

  static long[] longs(org.bytedeco.pytorch.Tensor tensor) {
    long[] values = new long[(int) tensor.numel()];
    if (values.length > 0) {
      org.bytedeco.pytorch.Tensor plain = host(tensor, ScalarType.Long);
      LongPointer memory = new LongPointer(plain.data_ptr()).capacity(values.length);
      memory.asBuffer().get(values);
    }
    return values;
  }

  /** A copy in double precision, row-major. */
  public static double[] doubles(org.bytedeco.pytorch.Tensor tensor) {
    double[] values = new double[(int) tensor.numel()];
    if (values.length > 0) {
      org.bytedeco.pytorch.Tensor plain = host(tensor, ScalarType.Double);
      DoublePointer memory = new DoublePointer(plain.data_ptr()).capacity(values.length);
      memory.asBuffer().get(values);
    }
    return values;
  }

  private static org.bytedeco.pytorch.Tensor host(
      org.bytedeco.pytorch.Tensor tensor, ScalarType type) {
    return tensor.detach().to(new org.bytedeco.pytorch.Device("cpu"), type).contiguous();
  }

  /** A vector of int64 on the host. */
  static org.bytedeco.pytorch.Tensor of(long... values) {
    org.bytedeco.pytorch.Tensor t = empty(new long[] {values.length}, ScalarType.Long);
    if (values.length > 0) {
      LongPointer memory = new LongPointer(t.data_ptr()).capacity(values.length);
      memory.asBuffer().put(values);
    }
    return t;
  }

  /** A tensor of doubles on the host. */
  public static org.bytedeco.pytorch.Tensor of(long[] dims, double... values) {
    org.bytedeco.pytorch.Tensor t = empty(dims, ScalarType.Double);
    if (values.length > 0) {
      DoublePointer memory = new DoublePointer(t.data_ptr()).capacity(values.length);
      memory.asBuffer().put(values);
    }
    return t;
  }

  /** A weight of a model file on the host, in the type that it is computed in. */
  static org.bytedeco.pytorch.Tensor weight(OnnxModel model, TensorProto t, Precision precision) {
    ElementType type = TensorData.type(t);
    ScalarType wanted = precision.of(type);
    long[] dims = TensorData.dims(t);
    if (!TensorData.isExternal(t) && !t.hasRawData()) {
      return typed(t, type, dims).to(wanted);
    }
    ByteBuffer bytes =
        TensorData.isExternal(t)
            ? model.weight(t)
            // slice() matters: a view at an offset would be read from the start of its buffer.
            : t.getRawData().asReadOnlyByteBuffer().slice();
    if (wanted == ScalarType.Long && type != ElementType.INT64) {
      TensorProto inside =
          t.toBuilder()
              .clearDataLocation()
              .setRawData(com.google.protobuf.ByteString.copyFrom(bytes))
              .build();
      return of(TensorData.longs(inside)).reshape(dims);
    }
    ScalarType stored =
        switch (type) {
          case FLOAT -> ScalarType.Float;
          case FLOAT16 -> ScalarType.Half;
          case BFLOAT16 -> ScalarType.BFloat16;
          default -> wanted;
        };
    org.bytedeco.pytorch.Tensor made = empty(dims, stored);
    if (made.numel() > 0) {
      BytePointer memory = new BytePointer(made.data_ptr()).capacity(bytes.remaining());
      memory.asBuffer().put(bytes.order(ByteOrder.nativeOrder()));
    }
    return made.to(wanted);
  }

  /** Values in fields of the message: small tensors of some exporters. */
  private static org.bytedeco.pytorch.Tensor typed(TensorProto t, ElementType type, long[] dims) {
    if (type == ElementType.DOUBLE) {
      return of(dims, t.getDoubleDataList().stream().mapToDouble(Double::doubleValue).toArray());
    }
    if (type.isFloating()) {
      int[] small = new int[dims.length];
      for (int i = 0; i < dims.length; i++) {
        small[i] = Math.toIntExact(dims[i]);
      }
      return load(Tensor.wrap(Shape.of(small), TensorData.floats(t)));
    }
    return of(TensorData.longs(t)).reshape(dims);
  }

  private static org.bytedeco.pytorch.Tensor empty(long[] dims, ScalarType type) {
    return torch.empty(dims, new TensorOptions(type), new MemoryFormatOptional());
  }

  static long[] longs(Shape shape) {
    long[] dims = new long[shape.rank()];
    for (int i = 0; i < dims.length; i++) {
      dims[i] = shape.dim(i);
    }
    return dims;
  }
}
