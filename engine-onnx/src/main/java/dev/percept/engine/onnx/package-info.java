/** Runs g, h and h after decode in ONNX Runtime. */
@NullMarked
@Experimental
package dev.percept.engine.onnx;

import dev.percept.core.Experimental;
import org.jspecify.annotations.NullMarked;
