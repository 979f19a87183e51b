/** Importance estimators beside each other: the wiring behind {@code percept importance}. */
@NullMarked
@Experimental
package dev.percept.app.importance;

import dev.percept.core.Experimental;
import org.jspecify.annotations.NullMarked;
