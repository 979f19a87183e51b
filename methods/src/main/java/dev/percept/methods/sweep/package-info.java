/** What changes in an explanation when one of its settings does: the figures of a sweep. */
@NullMarked
@Experimental
package dev.percept.methods.sweep;

import dev.percept.core.Experimental;
import org.jspecify.annotations.NullMarked;
