/** An explanation on disk: safetensors and JSON, versioned, strictly read. */
@NullMarked
@Experimental
package dev.percept.bundle;

import dev.percept.core.Experimental;
import org.jspecify.annotations.NullMarked;
