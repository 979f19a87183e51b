/** Concepts that are part of the forward pass: their contributions add up to the logit. */
@NullMarked
@Experimental
package dev.percept.fact;

import dev.percept.core.Experimental;
import org.jspecify.annotations.NullMarked;
