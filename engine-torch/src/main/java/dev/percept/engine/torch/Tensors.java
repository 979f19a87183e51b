package dev.percept.engine.torch;

import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import java.nio.FloatBuffer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.global.torch;

/** Between Java's memory and libtorch's. */
final class Tensors {
  private Tensors() {}

  /** A tensor of libtorch with a copy of {@code values}. */
  static org.bytedeco.pytorch.Tensor of(Shape shape, float[] values) {
    return over(shape, new FloatPointer(values)).clone();
  }

  /** A tensor of libtorch with a copy of {@code tensor}. */
  static org.bytedeco.pytorch.Tensor of(Tensor tensor) {
    return of(tensor.shape(), tensor.toArray());
  }

  /** A tensor of libtorch over a direct buffer, which must outlive it. */
  static org.bytedeco.pytorch.Tensor over(Shape shape, FloatBuffer direct) {
    return over(shape, new FloatPointer(direct));
  }

  private static org.bytedeco.pytorch.Tensor over(Shape shape, Pointer memory) {
    long[] dims = new long[shape.rank()];
    for (int i = 0; i < dims.length; i++) {
      dims[i] = shape.dim(i);
    }
    return torch.from_blob(memory, dims);
  }

  /** A Java tensor with a copy of the values. */
  static Tensor toJava(org.bytedeco.pytorch.Tensor tensor) {
    org.bytedeco.pytorch.Tensor plain = tensor.detach().contiguous();
    int[] dims = new int[(int) plain.dim()];
    for (int i = 0; i < dims.length; i++) {
      dims[i] = (int) plain.size(i);
    }
    Shape shape = Shape.of(dims);
    float[] values = new float[shape.size()];
    new FloatPointer(plain.data_ptr()).get(values);
    return Tensor.wrap(shape, values);
  }
}
