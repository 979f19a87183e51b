package dev.percept.methods.contrast;

/** An answer that an interval allows. */
public enum Decision {
  /** The whole interval says yes. */
  YES,
  /** The whole interval says no. */
  NO,
  /** The interval crosses a threshold, or there is too little data for one. */
  UNDECIDED;

  /** What this says together with another one, of which either would be enough. */
  Decision or(Decision other) {
    if (this == YES || other == YES) {
      return YES;
    }
    return this == NO && other == NO ? NO : UNDECIDED;
  }

  /** What this says together with another one, of which both are needed. */
  Decision and(Decision other) {
    if (this == NO || other == NO) {
      return NO;
    }
    return this == YES && other == YES ? YES : UNDECIDED;
  }
}
