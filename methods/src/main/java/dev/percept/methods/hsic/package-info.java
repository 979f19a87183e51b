/**
 * The Hilbert-Schmidt independence criterion (Gretton et al., ALT 2005) as a sensitivity measure:
 * how far an output depends on each coordinate of a random design, in any way at all.
 */
@NullMarked
@Experimental
package dev.percept.methods.hsic;

import dev.percept.core.Experimental;
import org.jspecify.annotations.NullMarked;
