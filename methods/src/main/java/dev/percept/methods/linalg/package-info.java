/**
 * Dense linear algebra on OpenBLAS: blocks of rows in direct memory, one native thread a call, and
 * parallelism from Java. Results do not depend on the number of threads.
 */
@NullMarked
@Experimental
package dev.percept.methods.linalg;

import dev.percept.core.Experimental;
import org.jspecify.annotations.NullMarked;
