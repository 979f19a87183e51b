/** Sparse autoencoders as concept banks, and how they are trained. */
@NullMarked
@Experimental
package dev.percept.fact.sae;

import dev.percept.core.Experimental;
import org.jspecify.annotations.NullMarked;
