/**
 * The vocabulary of Percept: no algorithm and no input or output lives here.
 *
 * <p>Notation, everywhere the same: a model is {@code f = h∘g}; {@code g} maps inputs to
 * activations {@code A} (n x p), {@code h} maps activations to logits; a concept bank {@code W} is
 * r x p, one row a concept; codes {@code U} are n x r, and {@code A ≈ U W}.
 */
@NullMarked
@Experimental
package dev.percept.core;

import org.jspecify.annotations.NullMarked;
