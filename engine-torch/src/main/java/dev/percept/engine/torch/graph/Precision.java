package dev.percept.engine.torch.graph;

import dev.percept.core.PerceptException;
import dev.percept.onnx.ElementType;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * In what numbers and where a graph is computed. Half precision in a file is a way to store: it is
 * computed in {@code real}, too, which is more exact and has a kernel for everything.
 *
 * @param real what float32, float16 and bfloat16 of the file become
 * @param device {@code cpu}, {@code cuda}, {@code cuda:1} ...
 */
public record Precision(ScalarType real, String device) {
  /** Single precision on the processor. */
  public static final Precision SINGLE = new Precision(ScalarType.Float, "cpu");

  /** Double precision on the processor, to check gradients against finite differences. */
  public static final Precision DOUBLE = new Precision(ScalarType.Double, "cpu");

  boolean onHost() {
    return device.equals("cpu");
  }

  /** The same values where the graph is computed. */
  Tensor here(Tensor host) {
    return onHost() ? host : host.to(new Device(device), host.scalar_type().intern());
  }

  /** Numbers of the host as the graph takes them. */
  public Tensor in(Tensor host) {
    Tensor typed = host.to(real);
    return here(typed);
  }

  /** The type that elements of {@code type} are computed in. */
  ScalarType of(ElementType type) {
    return switch (type) {
      case FLOAT, FLOAT16, BFLOAT16 -> real;
      case DOUBLE -> ScalarType.Double;
      case BOOL -> ScalarType.Bool;
      case INT8 -> ScalarType.Char;
      case UINT8 -> ScalarType.Byte;
      case INT16 -> ScalarType.Short;
      case INT32 -> ScalarType.Int;
      case INT64, UINT16, UINT32, UINT64 -> ScalarType.Long;
      case STRING, COMPLEX64, COMPLEX128, OTHER ->
          throw new PerceptException(
              "values of type "
                  + type
                  + " cannot be differentiated; use methods that only run the"
                  + " model");
    };
  }

  /** Options of new tensors of floating-point numbers. */
  TensorOptions reals() {
    return options(real);
  }

  /** Options of new tensors where the graph is computed. */
  TensorOptions options(ScalarType type) {
    TensorOptions options = new TensorOptions(type);
    return onHost()
        ? options
        : options.device(new org.bytedeco.pytorch.DeviceOptional(new Device(device)));
  }

  /**
   * Refuses a device that this machine or this libtorch has not.
   *
   * @throws PerceptException with what to do
   */
  public void requireDevice() {
    if (!onHost() && !torch.cuda_is_available()) {
      throw new PerceptException(
          "device "
              + device
              + ": this libtorch sees no such device; use cpu, or put the native library"
              + " org.bytedeco:pytorch with a -gpu classifier on the class path");
    }
  }
}
