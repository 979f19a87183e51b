/** The ONNX format: messages, graph, shape and sign inference, clean cuts, sub-graphs, writer. */
@NullMarked
@Experimental
package dev.percept.onnx;

import dev.percept.core.Experimental;
import org.jspecify.annotations.NullMarked;
