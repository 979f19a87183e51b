/**
 * Concept extractors: {@link dev.percept.methods.factorization.Nmf} for non-negative activations,
 * {@link dev.percept.methods.factorization.SemiNmf} for signed ones, and the exact,
 * batch-independent encoding of new inputs. Notation: {@code A ≈ U W}, A n x p, U n x r, W r x p.
 */
@NullMarked
@Experimental
package dev.percept.methods.factorization;

import dev.percept.core.Experimental;
import org.jspecify.annotations.NullMarked;
