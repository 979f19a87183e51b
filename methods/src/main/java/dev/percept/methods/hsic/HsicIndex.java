package dev.percept.methods.hsic;

/**
 * How far an output depends on one coordinate of a design.
 *
 * @param value HSIC; depends on the kernels, so compare it only with others of the same measurement
 * @param normalised {@code HSIC(x, y) / √(HSIC(x, x) HSIC(y, y))}, the correlation of the two
 *     kernel matrices: 0 for independence, 1 where they are the same up to a factor; 0 where a
 *     variable is constant. Like every such estimate it is above 0 by chance, unless unbiased
 * @param chance the mean of {@code normalised} over all permutations of the outputs: what
 *     independence gives; 0 if unbiased
 * @param chance95 its 95 % point, so 1 of 20 coordinates that do not matter lies above
 */
public record HsicIndex(double value, double normalised, double chance, double chance95) {}
