/**
 * Executes the graph of an ONNX model operator by operator in libtorch, so that gradients flow
 * through it.
 */
@NullMarked
@Experimental
package dev.percept.engine.torch.graph;

import dev.percept.core.Experimental;
import org.jspecify.annotations.NullMarked;
