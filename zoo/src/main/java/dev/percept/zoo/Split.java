package dev.percept.zoo;

/**
 * Which scenes are used for what. Scenes of different splits come from different random streams, so
 * nothing is trained, tuned and examined on the same picture.
 */
public enum Split {
  /** Scenes that the committed model learns from. */
  TRAIN(0),
  /** Scenes on which its accuracy is stated. */
  TEST(1),
  /** Scenes for choosing settings by hand: of the network, of the exam. */
  TUNE(2),
  /** Scenes of the demonstration. */
  DEMO(3),
  /** Scenes of the exam; nothing else may look at them. */
  EXAM(4);

  private final int stream;

  Split(int stream) {
    this.stream = stream;
  }

  /** The number of its random stream, never to be changed. */
  public int stream() {
    return stream;
  }
}
