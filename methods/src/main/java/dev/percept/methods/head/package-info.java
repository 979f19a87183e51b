/** Linear classifiers on features of a frozen network, and how well they do on what is left out. */
@NullMarked
@Experimental
package dev.percept.methods.head;

import dev.percept.core.Experimental;
import org.jspecify.annotations.NullMarked;
