/** What carries a concept in a text: token by token, word by word, and beside other texts. */
@NullMarked
@Experimental
package dev.percept.methods.text;

import dev.percept.core.Experimental;
import org.jspecify.annotations.NullMarked;
