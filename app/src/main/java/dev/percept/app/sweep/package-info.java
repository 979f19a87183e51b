/** Explanations under changing settings: the wiring behind {@code percept sweep}. */
@NullMarked
@Experimental
package dev.percept.app.sweep;

import dev.percept.core.Experimental;
import org.jspecify.annotations.NullMarked;
