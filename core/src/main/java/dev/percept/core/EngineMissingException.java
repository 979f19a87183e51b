package dev.percept.core;

/** A native engine cannot be loaded on this machine. */
public final class EngineMissingException extends PerceptException {
  /** A failure with a message for the user and its cause. */
  public EngineMissingException(String message, Throwable cause) {
    super(message, cause);
  }
}
