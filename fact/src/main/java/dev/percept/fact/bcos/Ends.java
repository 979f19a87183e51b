package dev.percept.fact.bcos;

import dev.percept.core.Shape;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Tensor;

/**
 * A function between two places of a network.
 *
 * @param each the shape of one input
 * @param out the shape of one output
 * @param body from one to the other
 */
record Ends(Shape each, Shape out, UnaryOperator<Tensor> body) {}
