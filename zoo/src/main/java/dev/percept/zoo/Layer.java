package dev.percept.zoo;

import java.awt.Paint;
import java.awt.Shape;

/**
 * One painted area of a scene, in pixels. Every layer is opaque.
 *
 * @param part what it belongs to
 */
record Layer(Part part, Shape area, Paint paint) {}
