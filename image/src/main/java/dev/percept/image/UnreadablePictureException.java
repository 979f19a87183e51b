package dev.percept.image;

import dev.percept.core.PerceptException;

/** A file is not a picture that can be read. The message says why, without the file's name. */
public final class UnreadablePictureException extends PerceptException {
  /** A picture that cannot be read, because of {@code reason}. */
  public UnreadablePictureException(String reason) {
    super(reason);
  }

  /** A picture that cannot be read, with what the decoder said. */
  public UnreadablePictureException(String reason, Throwable cause) {
    super(reason, cause);
  }
}
