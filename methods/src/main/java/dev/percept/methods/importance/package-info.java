/**
 * How much each concept matters to a score: exact where the head is affine in the masks, sampled
 * with an interval where it is not.
 */
@NullMarked
@Experimental
package dev.percept.methods.importance;

import dev.percept.core.Experimental;
import org.jspecify.annotations.NullMarked;
