/** The offline page, made from a bundle alone. */
@NullMarked
@Experimental
package dev.percept.report;

import dev.percept.core.Experimental;
import org.jspecify.annotations.NullMarked;
