/** Opens ONNX models with gradients, executed by libtorch; training primitives. */
@NullMarked
@Experimental
package dev.percept.engine.torch;

import dev.percept.core.Experimental;
import org.jspecify.annotations.NullMarked;
