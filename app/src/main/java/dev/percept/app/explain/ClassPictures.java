package dev.percept.app.explain;

import dev.percept.core.Target;
import dev.percept.image.Pictures;

/**
 * A class whose pictures can be read.
 *
 * @param target the class
 * @param pictures its pictures, as the model takes them
 */
public record ClassPictures(Target target, Pictures pictures) {}
