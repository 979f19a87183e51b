/** Training primitives on libtorch. */
@NullMarked
@Experimental
package dev.percept.engine.torch;

import dev.percept.core.Experimental;
import org.jspecify.annotations.NullMarked;
