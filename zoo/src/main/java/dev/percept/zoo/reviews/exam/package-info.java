/** Marks explanations of texts against {@link dev.percept.zoo.reviews.Reviews}. */
@NullMarked
@Experimental
package dev.percept.zoo.reviews.exam;

import dev.percept.core.Experimental;
import org.jspecify.annotations.NullMarked;
