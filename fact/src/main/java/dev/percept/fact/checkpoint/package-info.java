/** Weights from files of other programs; nothing in a file is ever executed. */
@NullMarked
@Experimental
package dev.percept.fact.checkpoint;

import dev.percept.core.Experimental;
import org.jspecify.annotations.NullMarked;
