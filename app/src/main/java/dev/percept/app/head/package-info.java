/** Trains a linear classifier on a frozen network and writes both as one model. */
@NullMarked
@Experimental
package dev.percept.app.head;

import dev.percept.core.Experimental;
import org.jspecify.annotations.NullMarked;
