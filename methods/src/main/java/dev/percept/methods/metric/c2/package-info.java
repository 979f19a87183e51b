/** Whether what a concept shows in different pictures is one and the same thing: the C²-score. */
@NullMarked
@Experimental
package dev.percept.methods.metric.c2;

import dev.percept.core.Experimental;
import org.jspecify.annotations.NullMarked;
