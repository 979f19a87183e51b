/** Evaluates attribution methods on a model and pictures. */
@NullMarked
@Experimental
package dev.percept.app.evaluate;

import dev.percept.core.Experimental;
import org.jspecify.annotations.NullMarked;
