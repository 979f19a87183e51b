/** The algorithms: crops, factorisation, importance, maps, metrics, and the Craft facade. */
@NullMarked
@Experimental
package dev.percept.methods;

import dev.percept.core.Experimental;
import org.jspecify.annotations.NullMarked;
