/** JMH and end-to-end measurements; not published. */
@NullMarked
@Experimental
package dev.percept.benchmarks;

import dev.percept.core.Experimental;
import org.jspecify.annotations.NullMarked;
