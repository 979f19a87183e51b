/** B-cos networks: for every input they say by which matrix they multiply it. */
@NullMarked
@Experimental
package dev.percept.fact.bcos;

import dev.percept.core.Experimental;
import org.jspecify.annotations.NullMarked;
