/** The command line: wiring only. */
@NullMarked
@Experimental
package dev.percept.app;

import dev.percept.core.Experimental;
import org.jspecify.annotations.NullMarked;
