/** Percept takes its own exam: the wiring behind {@code percept exam}. */
@NullMarked
@Experimental
package dev.percept.app.exam;

import dev.percept.core.Experimental;
import org.jspecify.annotations.NullMarked;
