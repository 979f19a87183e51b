/**
 * Two classes that may overlap: what they share, what tells them apart, and which of it the model
 * uses.
 */
@NullMarked
@Experimental
package dev.percept.methods.contrast;

import dev.percept.core.Experimental;
import org.jspecify.annotations.NullMarked;
