/** Whether an explanation can be trusted: each number comes with what chance gives. */
@NullMarked
@Experimental
package dev.percept.methods.metric;

import dev.percept.core.Experimental;
import org.jspecify.annotations.NullMarked;
