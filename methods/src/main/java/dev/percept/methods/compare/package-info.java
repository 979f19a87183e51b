/** Importance estimators beside each other: which of them ranks concepts as the model uses them. */
@NullMarked
@Experimental
package dev.percept.methods.compare;

import dev.percept.core.Experimental;
import org.jspecify.annotations.NullMarked;
