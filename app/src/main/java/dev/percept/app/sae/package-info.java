/** From a network and pictures to trained sparse autoencoders, their table and page. */
@NullMarked
@Experimental
package dev.percept.app.sae;

import dev.percept.core.Experimental;
import org.jspecify.annotations.NullMarked;
