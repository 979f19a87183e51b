package dev.percept.core;

/**
 * The world is not as it should be: a file, a model, a picture, a disk. The message is one sentence
 * for the user that names the thing, says what was found and what to do next.
 */
public class PerceptException extends RuntimeException {
  /** A failure with a message for the user. */
  public PerceptException(String message) {
    super(message);
  }

  /** A failure with a message for the user and its cause. */
  public PerceptException(String message, Throwable cause) {
    super(message, cause);
  }
}
