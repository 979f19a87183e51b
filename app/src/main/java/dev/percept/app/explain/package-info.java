/** From models and pictures to a bundle and its page: the wiring behind {@code percept explain}. */
@NullMarked
@Experimental
package dev.percept.app.explain;

import dev.percept.core.Experimental;
import org.jspecify.annotations.NullMarked;
