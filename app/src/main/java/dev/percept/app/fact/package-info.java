/** What the commands about B-cos networks and sparse autoencoders share. */
@NullMarked
@Experimental
package dev.percept.app.fact;

import dev.percept.core.Experimental;
import org.jspecify.annotations.NullMarked;
