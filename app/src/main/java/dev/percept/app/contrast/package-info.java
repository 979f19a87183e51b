/** Two classes beside each other: the wiring behind {@code percept compare-classes}. */
@NullMarked
@Experimental
package dev.percept.app.contrast;

import dev.percept.core.Experimental;
import org.jspecify.annotations.NullMarked;
