/** Texts: files of texts, tokenizers, words, clauses and sentences. */
@NullMarked
@Experimental
package dev.percept.text;

import dev.percept.core.Experimental;
import org.jspecify.annotations.NullMarked;
