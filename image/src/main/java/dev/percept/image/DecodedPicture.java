package dev.percept.image;

import java.awt.image.BufferedImage;

/** A picture as it is stored, and how to turn it upright. */
record DecodedPicture(BufferedImage image, Orientation orientation) {
  int uprightWidth() {
    return orientation.transposed() ? image.getHeight() : image.getWidth();
  }

  int uprightHeight() {
    return orientation.transposed() ? image.getWidth() : image.getHeight();
  }
}
