package dev.percept.onnx;

import dev.percept.core.PerceptException;
import dev.percept.onnx.proto.ValueInfoProto;

/** The axes of a model's input, with what the file leaves open filled in. */
final class InputAxes {
  private static final int COLOURS = 3;

  private InputAxes() {}

  /** Whether pictures go in with their channels last (as TensorFlow keeps them). */
  static boolean channelsLast(long[] dims) {
    return dims.length == 4 && few(dims[3]) && (dims[1] < 0 || dims[1] > 4);
  }

  private static boolean few(long channels) {
    return channels == 1 || channels == COLOURS || channels == 4;
  }

  /** The declared axes, the batch -1 where open, everything else positive. */
  static long[] resolve(OnnxModel model, CutOptions options) {
    ValueInfoProto input = model.graph().input();
    TextInputs texts = model.texts();
    if (texts != null) {
      return texts.axes();
    }
    ElementType type = Types.type(input);
    String what = model.name() + ": input '" + input.getName() + "'";
    if (!type.isFloating() && type != ElementType.INT64 && type != ElementType.INT32) {
      throw new PerceptException(
          what + " takes " + type + "; a model to explain takes float32: export it so");
    }
    long[] dims = Types.dims(input);
    if (dims == null || dims.length < 2) {
      throw new PerceptException(
          what + " declares no shape of n x something; export it with the shape of its input");
    }
    boolean picture = dims.length == 4;
    boolean last = channelsLast(dims);
    for (int axis = 1; axis < dims.length; axis++) {
      boolean side = picture && axis != (last ? 3 : 1);
      if (side && options.inputSize() > 0) {
        if (dims[axis] > 0 && dims[axis] != options.inputSize()) {
          throw new PerceptException(
              what
                  + " is fixed at "
                  + dims[axis]
                  + " pixels, --input-size says "
                  + options.inputSize()
                  + "; leave --input-size out");
        }
        dims[axis] = options.inputSize();
      } else if (picture && !side && dims[axis] < 0) {
        dims[axis] = COLOURS;
      } else if (dims[axis] < 0) {
        throw new PerceptException(
            picture
                ? what + " takes pictures of any size; say which with --input-size, for example 224"
                : what + " leaves axis " + axis + " open; export it with a fixed size");
      }
    }
    return dims;
  }
}
