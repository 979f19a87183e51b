/**
 * How much each part of a picture matters to a score: methods that only ask for scores, and methods
 * that look at gradients.
 */
@NullMarked
@Experimental
package dev.percept.methods.attribution;

import dev.percept.core.Experimental;
import org.jspecify.annotations.NullMarked;
